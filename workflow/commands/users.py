"""``user add|import|list|disable|enable|hand-over|unlock|reset-password``: the first administrator is made here."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from indicators.program import is_stream, standard_input, write_whole
from storage.cli import Command, add_json, say, say_error, say_json
from storage.clock import now
from storage.records import Account
from workflow.accounts.account_lists import COLUMNS
from workflow.accounts.accounts import (
    accounts,
    add_account,
    disable_account,
    reset_password,
    unlock_account,
)
from workflow.accounts.handing_over import hand_over
from workflow.accounts.listed_accounts import make_listed, preview_list
from workflow.accounts.new_account import NewAccount
from workflow.accounts.slips import printed_slips
from workflow.commands.opening import acts, office_of, run_subcommand
from workflow.divisions import WHOLE_COUNTRY, full_name
from workflow.errors import Refused
from workflow.overview.departments import rows_seen
from workflow.people import ROLE_LABELS, Role

_TOLD_EVERY = 50


def _add_arguments(parser: ArgumentParser) -> None:
    roles = "；".join(f"{role.value}（{label}）" for role, label in ROLE_LABELS.items())
    parser.add_argument("username", metavar="用户名", help="小写字母开头，2至32位")
    parser.add_argument("--name", required=True, metavar="名称", help="姓名或单位名称")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role], metavar="角色", help=roles)
    parser.add_argument("--division", default=WHOLE_COUNTRY, metavar="代码", help="六位行政区划代码；管理员不必给出")
    parser.add_argument("--unit", metavar="部门", help="分工填报账号所属部门，如 甲县公安局")


def _username(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar="用户名")


def _add(arguments: Namespace) -> int:
    new = NewAccount(arguments.username, arguments.name, Role(arguments.role), arguments.division, arguments.unit)
    with office_of(arguments) as office:
        account, password = add_account(office, None, new, now())
        unit, code = account.unit, account.division_code
        seen = rows_seen(office, code, (unit,))[unit].words if unit and new.role is Role.COUNTY_DEPARTMENT else ""
    say(f"已新增账号 {account.username}（{account.display_name}，{ROLE_LABELS[new.role]}）")
    if seen:
        say(seen)
    say(f"初始密码：{password}")
    say("初始密码只显示这一次，请当面交给本人；首次登录须修改。")
    return 0


def _import_arguments(parser: ArgumentParser) -> None:
    columns = "、".join(COLUMNS.values())
    parser.add_argument("file", type=Path, metavar="名单", help=f"CSV 或 XLSX，列：{columns}；- 读标准输入")
    doing = parser.add_mutually_exclusive_group(required=True)
    doing.add_argument("-o", "--output", type=Path, metavar="OUT.pdf", help="账号通知单写到哪个文件；- 写到标准输出")
    doing.add_argument("--check", action="store_true", help="只检查名单，不建立")


def _import(arguments: Namespace) -> int:
    content = standard_input().read() if is_stream(arguments.file) else arguments.file.read_bytes()
    with office_of(arguments) as office:
        preview = preview_list(office, None, content)
        if preview.ignored:
            say_error(f"没有采用的列：{'、'.join(preview.ignored)}")
        if preview.faults:
            raise Refused("bad_list", *map(str, preview.faults), f"名单有 {len(preview.faults)} 处要改，没有建立账号。")
        if arguments.check:
            say(f"名单 {len(preview.new)} 行都可建立。")
            return 0
        if not is_stream(arguments.output):
            write_whole(arguments.output, b"")  # 先确知写得进去：密码只有这一次
        made = make_listed(office, None, preview.new, now(), told=_told_of(len(preview.new)))
    slips = printed_slips(None, made)
    write_whole(arguments.output, slips.pdf)
    say_error(f"已建立 {len(made)} 个账号，账号通知单在 {arguments.output}，每页一个。请分发后删去；首次登录须改密码。")
    return 0


def _told_of(count: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if done % _TOLD_EVERY == 0:
            say_error(f"正在生成密码：{done}/{count}")

    return told


def _list(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        everyone = accounts(office, None)
    if arguments.json:
        say_json({"accounts": [_as_json(account) for account in everyone]})
        return 0
    for account in everyone:
        marks = [mark for mark, on in (("演示", account.demo), ("已停用", account.disabled)) if on]
        unit = f" {account.unit}" if account.unit else ""
        shown = f"\t{'、'.join(marks)}" if marks else ""
        role = ROLE_LABELS[Role(account.role)]
        say(f"{account.username}\t{account.display_name}\t{role}\t{full_name(account.division_code)}{unit}{shown}")
    say(f"共 {len(everyone)} 个账号")
    return 0


def _as_json(account: Account) -> dict[str, object]:
    return {
        "username": account.username,
        "display_name": account.display_name,
        "role": account.role,
        "division": account.division_code,
        "unit": account.unit,
        "demo": account.demo,
        "disabled": account.disabled,
    }


def _disable(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        disable_account(office, None, arguments.username, now())
    say(f"已停用账号 {arguments.username}，其登录立即失效。")
    return 0


def _enable(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        disable_account(office, None, arguments.username, now(), disabled=False)
    say(f"已启用账号 {arguments.username}。")
    return 0


def _reset(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        password = reset_password(office, None, arguments.username, now())
    say(f"账号 {arguments.username} 的新密码：{password}")
    say("新密码只显示这一次，请当面交给本人；下次登录须修改。原有登录已失效。")
    return 0


def _hand_over_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar="用户名", help="离任人的账号")
    parser.add_argument("--to", required=True, metavar="用户名", help="接手的账号：同一部门、同一角色")


def _hand_over(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        hand_over(office, None, arguments.username, arguments.to, now())
    say(f"账号 {arguments.username} 的工作已交接给 {arguments.to}；{arguments.username} 已停用，其登录立即失效。")
    return 0


def _unlock(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        forgotten = unlock_account(office, None, arguments.username, now())
    if forgotten:
        say(f"已解除账号 {arguments.username} 的登录限制（此前登录失败 {forgotten} 次），现在就可以登录。")
    else:
        say(f"账号 {arguments.username} 没有登录失败的记录，没有改动。")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    acts(
        parser,
        {
            "add": ("新增账号，初始密码只显示一次", _add_arguments, _add),
            "import": ("照名单建立账号，初始密码印成通知单（PDF，每页一个）", _import_arguments, _import),
            "list": ("列出全部账号", add_json, _list),
            "disable": ("停用账号", _username, _disable),
            "enable": ("重新启用账号", _username, _enable),
            "hand-over": ("离任交接：由同一部门的另一账号接手，原账号停用", _hand_over_arguments, _hand_over),
            "unlock": ("解除登录失败过多的限制", _username, _unlock),
            "reset-password": ("重设密码，新密码只显示一次", _username, _reset),
        },
    )


USER = Command(
    "user",
    "管理账号（add、import、list、disable、enable、hand-over、unlock、reset-password）",
    _arguments,
    run_subcommand,
)
