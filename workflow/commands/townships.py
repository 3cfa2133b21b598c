"""``townships sheet|take``: counts of townships and subdistricts out and in, in the right of the person of --as."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from indicators.program import write_whole
from storage.cli import Command, say
from storage.clock import now
from workflow.carrying.townships import plan_townships, propose_sums, township_sheet
from workflow.commands.opening import acts, office_of, run_subcommand, submission_number
from workflow.commands.submissions import acting_person, name_person
from workflow.errors import Refused


def _sheet_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    parser.add_argument("id", type=submission_number, metavar="申报编号")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="X.xlsx", help="写到哪里，不覆盖；- 标准输出")


def _take_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    parser.add_argument("id", type=submission_number, metavar="申报编号")
    parser.add_argument("file", type=Path, metavar="X.xlsx", help="填好的汇总表")
    parser.add_argument("--check", action="store_true", help="只核对、列出合计，不放入")


def _sheet(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        content = township_sheet(office, acting_person(office, arguments), arguments.id)
    write_whole(arguments.out, content, replace=False)
    if arguments.out != Path("-"):
        say(f"已写出：{arguments.out}")
    return 0


def _take(arguments: Namespace) -> int:
    if not arguments.file.is_file():
        raise Refused("bad_file", f"没有文件 {arguments.file}。请写汇总表（xlsx）的路径。")
    content = arguments.file.read_bytes()
    with office_of(arguments, create=False) as office:
        person = acting_person(office, arguments)
        if arguments.check:
            planned = plan_townships(office, person, arguments.id, content)
        else:
            planned = propose_sums(office, person, arguments.id, content, now())
    for change in planned.changes:
        say(f"{change.count.words}：现有 {change.current or '未填'}，汇总 {change.proposed}")
    for count, lacking in planned.sums.lacking.items():
        say(f"{count.words}：{lacking} 行空着，不汇总")
    done = "没有放入" if arguments.check else "已放入，待确认"
    say(f"{planned.sums.townships} 个乡镇（街道），与现有不同的合计 {len(planned.changes)} 项，{done}。")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    acts(
        parser,
        {
            "sheet": ("写出空的乡镇（街道）汇总表", _sheet_arguments, _sheet),
            "take": ("导入填好的汇总表，合计作为建议，待确认", _take_arguments, _take),
        },
    )


TOWNSHIPS = Command("townships", "乡镇（街道）汇总表（sheet、take）", _arguments, run_subcommand)
