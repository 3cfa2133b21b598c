"""``submission list|export|import``: the exchange file against the store, in the right of the person named by --as."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from indicators.program import STANDARD_INPUT, is_stream, standard_input, write_whole
from storage.cli import Command, add_json, say, say_json
from storage.clock import now
from storage.records import SubmissionRecord
from workflow.accounts.accounts import person_of
from workflow.commands.opening import acts, office_of, run_subcommand, submission_number
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.offline.workbooks import plan_workbook, workbook_of
from workflow.people import Person
from workflow.rounds.rounds import submissions_in_area
from workflow.states import State, state_label
from workflow.submission.exchanging import ImportPlan, export_submission, import_submission, plan_import
from workflow.submission.saving import Saved

_ENDINGS = (".yaml", ".yml", ".json", ".xlsx")


def name_person(parser: ArgumentParser) -> None:
    """Declare ``--as``."""
    parser.add_argument("--as", required=True, dest="username", metavar="用户名", help="以哪个账号的权限办理")


def _list_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    add_json(parser)


def _export_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    parser.add_argument("id", type=submission_number, metavar="申报编号")
    parser.add_argument(
        "-o",
        "--out",
        type=_exchange_file,
        required=True,
        metavar="文件",
        help="写到 .yaml、.json 或 .xlsx（离线填报表）文件（不覆盖）；- 写到标准输出（YAML）",
    )
    parser.add_argument("--department", metavar="部门", help="离线填报表只做这个部门的；名称照本县的部门名单")


def _exchange_file(text: str) -> Path:
    """Where an exchange file goes: its ending tells the format; a device has none, ``-`` and devices take YAML."""
    path = Path(text)
    if path.suffix.lower() in _ENDINGS or is_stream(path) or (path.exists() and not path.is_file()):
        return path
    raise ArgumentTypeError(f"文件名“{text}”看不出格式，请以 {'、'.join(_ENDINGS)} 结尾，或写 -（标准输出）")


def _import_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    parser.add_argument("id", type=submission_number, metavar="申报编号")
    parser.add_argument(
        "file", type=Path, metavar="文件", help="交换文件（YAML 或 JSON）或填好的离线填报表（XLSX）；- 读标准输入"
    )


def acting_person(office: Office, arguments: Namespace) -> Person:
    """Who is named by ``--as``. Raises Refused."""
    with office.store.read() as tx:
        account = tx.accounts.by_username(arguments.username)
    if account is None or account.disabled:
        raise Refused("no_account", f"没有用户名为“{arguments.username}”的账号，或已停用。请核对。")
    return person_of(account)


def _list(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        records = [one.record for one in submissions_in_area(office, acting_person(office, arguments))]
    if arguments.json:
        say_json({"submissions": [_as_json(record) for record in records]})
        return 0
    for record in records:
        division = f"{record.division_code} {record.division_name}"
        say(f"{record.id}\t{division}\t批次 {record.round_id}\t{_state_label(record)}")
    say(f"共 {len(records)} 件申报")
    return 0


def _as_json(record: SubmissionRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "division": {"code": record.division_code, "name": record.division_name},
        "round": record.round_id,
        "state": record.state,
        "state_label": _state_label(record),
    }


def _state_label(record: SubmissionRecord) -> str:
    return state_label(State(record.state), has_prefecture=has_prefecture(record.division_code))


def _export(arguments: Namespace) -> int:
    ending, department = arguments.out.suffix.lower(), arguments.department
    if department is not None and ending != ".xlsx":
        raise Refused("bad_file", "--department 只用于离线填报表：请把 -o 写成 .xlsx 文件。")
    with office_of(arguments, create=False) as office:
        person = acting_person(office, arguments)
        if ending == ".xlsx":
            content = workbook_of(office, person, arguments.id, now(), department)
        else:
            content = export_submission(office, person, arguments.id, as_json=ending == ".json").encode()
    write_whole(arguments.out, content, replace=False)
    if not is_stream(arguments.out):
        say(f"已导出：{arguments.out}")
    return 0


def _import(arguments: Namespace) -> int:
    name, content = _read(arguments.file)
    if arguments.file.suffix.lower() == ".xlsx":
        return _import_workbook(arguments, name, content)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Refused("bad_file", f"{name} 不是 UTF-8 文本。请另存为 UTF-8 后再导入。") from error
    with office_of(arguments, create=False) as office:
        person = acting_person(office, arguments)
        plan = plan_import(office, person, arguments.id, text, name)
        saved = import_submission(office, person, arguments.id, plan, now())
    _say_imported(plan, saved)
    return 0


def _import_workbook(arguments: Namespace, name: str, content: bytes) -> int:
    with office_of(arguments, create=False) as office:
        person = acting_person(office, arguments)
        planned = plan_workbook(office, person, arguments.id, content, name)
        saved = import_submission(office, person, arguments.id, planned.plan, now())
    for old, new in (planned.numbers or {}).items():
        say(f"表中登记的材料 {old}，编号为 {new}。")
    for clash in planned.clashes:
        told = f"{'、'.join((planned.places or {})[clash.target])}：{clash.target.label} 制表以后已由别人改动"
        say(f"没有采用：{told}，保留现有的；要改的，请在页面上导入，逐处选用。")
    for refused in planned.not_taken:
        say(f"没有采用：{'、'.join(refused.places)}：{refused.reason}")
    _say_imported(planned.plan, saved)
    return 0


def _say_imported(plan: ImportPlan, saved: Saved) -> None:
    say(f"已导入 {len(plan.edits)} 处；文件中没有而原有的 {len(plan.standing)} 处保持不变。")
    if plan.kept_out:
        say(f"文件中由上级填写的 {len(plan.kept_out)} 处（评审意见、已给出的县情）没有导入：只能由各级自己填写。")
    for warning in saved.warnings:
        say(f"提醒：{warning}")


def _read(path: Path) -> tuple[str, bytes]:
    """How messages name the file, and its bytes. Raises OSError, Refused."""
    if is_stream(path):
        return STANDARD_INPUT, standard_input().read()
    if path.exists() and not path.is_file():  # 管道、设备不是文件，读它会一直等下去
        raise Refused("bad_file", f"{path} 不是普通文件。请写申报文件（YAML 或 JSON）的路径。")
    return str(path), path.read_bytes()


def _arguments(parser: ArgumentParser) -> None:
    acts(
        parser,
        {
            "list": ("列出辖区内的申报", _list_arguments, _list),
            "export": ("导出为交换文件", _export_arguments, _export),
            "import": ("导入交换文件中的填报内容", _import_arguments, _import),
        },
    )


SUBMISSION = Command("submission", "申报的导出与导入（list、export、import）", _arguments, run_subcommand)
