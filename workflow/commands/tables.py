"""``table NAME -o X.xlsx|csv|parquet``: tidy tables of rounds, for whoever works them out by program."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from indicators.program import is_stream, write_whole
from scoring.spreadsheets.tables import Table, table_csv, table_xlsx
from storage.cli import Command, say
from storage.clock import now
from workflow.analysis.columns import TIDY_TABLES
from workflow.analysis.tidy import tidy_table
from workflow.commands.opening import office_of
from workflow.commands.submissions import acting_person
from workflow.errors import Refused
from workflow.people import Person, Role

# Who asks where nobody is named: an observer of the whole country.
_ANALYST = Person(0, "analyst", "命令行", Role.OBSERVER, "000000")


def _parquet(table: Table) -> bytes:
    from scoring.spreadsheets.parquet import table_parquet  # noqa: PLC0415 - pyarrow takes a second, for this ending only

    return table_parquet(table)


_MOST_LINES = 200_000  # of XLSX, which is made whole in memory
_WRITERS: Mapping[str, Callable[[Table], bytes]] = {"xlsx": table_xlsx, "csv": table_csv, "parquet": _parquet}


def _out(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower().removeprefix(".") in _WRITERS or is_stream(path):
        return path
    raise ArgumentTypeError(f"文件名“{text}”看不出格式，请以 .xlsx、.csv 或 .parquet 结尾，或写 -（标准输出）")


def _arguments(parser: ArgumentParser) -> None:
    names = "，".join(f"{name} {table.title}" for name, table in TIDY_TABLES.items())
    parser.add_argument("name", choices=tuple(TIDY_TABLES), metavar="表", help=names)
    parser.add_argument("-o", "--out", type=_out, required=True, metavar="文件", help="写到哪里（不覆盖）；- 标准输出")
    parser.add_argument("--format", choices=tuple(_WRITERS), default="csv", help="写标准输出时的格式；默认 csv")
    parser.add_argument("--round", metavar="批次", help="只要这个批次的；不写为全部批次")
    parser.add_argument("--as", dest="username", metavar="用户名", help="以哪个账号的权限；不写为全国的观察员")


def _run(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        person = acting_person(office, arguments) if arguments.username else _ANALYST
        table = tidy_table(office, person, arguments.name, now(), arguments.round)
    ending = arguments.format if is_stream(arguments.out) else arguments.out.suffix.lower().removeprefix(".")
    if ending == "xlsx" and len(table.rows) > _MOST_LINES:
        raise Refused(
            "too_large",
            f"这张表有 {len(table.rows)} 行，xlsx 至多写 {_MOST_LINES} 行。"
            "请写成 csv 或 parquet，或用 --round 只要一个批次。",
        )
    write_whole(arguments.out, _WRITERS[ending](table), replace=False)
    if not is_stream(arguments.out):
        say(f"已写出：{arguments.out}（{table.title}，{len(table.rows)} 行）")
    return 0


TABLE = Command("table", "供分析的表（xlsx、csv、parquet），各列见 docs/tables.md", _arguments, _run)
