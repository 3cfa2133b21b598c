"""``package make|take``: a submission with its material from one isolated network to another."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from io import BytesIO
from pathlib import Path

from indicators.program import write_whole
from storage.cli import Command, say
from storage.clock import now
from workflow.commands.opening import acts, office_of, run_subcommand, submission_number
from workflow.commands.submissions import acting_person, name_person
from workflow.errors import Refused
from workflow.offline.incoming_words import told
from workflow.offline.packages import make_package
from workflow.offline.receiving import plan_package, take_package


def _make_arguments(parser: ArgumentParser) -> None:
    name_person(parser)
    parser.add_argument("id", type=submission_number, metavar="申报编号")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="X.zip", help="写到哪里（不覆盖）；- 写标准输出"
    )


def _take_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="X.zip", help="交换包")
    parser.add_argument("--check", action="store_true", help="只核对、列出会改什么，不收入")


def _make(arguments: Namespace) -> int:
    out = BytesIO()
    with office_of(arguments, create=False) as office:
        manifest = make_package(office, acting_person(office, arguments), arguments.id, now(), out)
    write_whole(arguments.out, out.getvalue(), replace=False)
    if arguments.out != Path("-"):
        say(f"已制作交换包：{arguments.out}（{manifest.division[1]}，材料文件 {len(manifest.files) - 1} 个）")
    return 0


def _take(arguments: Namespace) -> int:
    if not arguments.file.is_file():
        raise Refused("bad_file", f"没有文件 {arguments.file}。请写交换包（zip）的路径。")
    with arguments.file.open("rb") as stream, office_of(arguments, create=False) as office:
        check = arguments.check
        incoming = plan_package(office, None, stream, now()) if check else take_package(office, None, stream, now())
    for line in told(incoming):
        say(line)
    if check or not incoming.changes_nothing:
        say("只作核对，没有收入。" if check else "已收入。")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    acts(
        parser,
        {
            "make": ("制作交换包：申报连同材料文件", _make_arguments, _make),
            "take": ("收入另一网络的交换包", _take_arguments, _take),
        },
    )


PACKAGE = Command("package", "两个网络之间的交换包（make、take）", _arguments, run_subcommand)
