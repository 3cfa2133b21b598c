"""``python -m scoring workbook`` and ``from-workbook``: a submission as a workbook to fill in, and back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from indicators import load_library
from indicators.arguments import ChineseParser, UsageError
from indicators.program import called, is_stream, standard_input, write_whole
from indicators.reading.visible import one_line
from scoring.departments import usual_list
from scoring.exchange.reading import submission_reader
from scoring.exchange.writing import write_submission, write_submission_json
from scoring.spreadsheets.opening import MOST_BYTES
from scoring.workbook.part import NoRowsError, printed_part
from scoring.workbook.plan import rows_of
from scoring.workbook.reading import WorkbookError, read_workbook
from scoring.workbook.writing import write_workbook

_RULES = "规则文件夹；默认为环境变量 RULES_DIR 所指的或自带的"


def workbook_parser() -> argparse.ArgumentParser:
    """The options of ``python -m scoring workbook``."""
    made = _parser("workbook", "把一份申报文件做成离线填报表（xlsx），在 WPS、Excel 或 LibreOffice 中填写")
    made.add_argument("file", metavar="FILE", type=Path, help="申报文件（YAML 或 JSON）；- 读标准输入")
    made.add_argument("-o", "--output", metavar="X.xlsx", type=Path, required=True, help="写到哪里；- 写标准输出")
    made.add_argument("--department", metavar="NAME", help="只做这个部门的：它负责或保管材料的各项")
    made.add_argument("--made-on", metavar="DATE", type=_day, help="制表日期，如 2018-06-30；不写就不印")
    made.add_argument("--rules", metavar="DIR", type=Path, help=_RULES)
    return made


def from_workbook_parser() -> argparse.ArgumentParser:
    """The options of ``python -m scoring from-workbook``."""
    made = _parser("from-workbook", "把填好的填报表读成申报文件；有问题逐格说明，什么也不写")
    made.add_argument("file", metavar="X.xlsx", type=Path, help="填报表；- 读标准输入")
    help_ = "申报文件写到哪里，.json 写成 JSON，其余写成 YAML；- 写标准输出"
    made.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help=help_)
    made.add_argument("--rules", metavar="DIR", type=Path, help=_RULES)
    return made


def made_workbook(argv: Sequence[str]) -> str:
    """Writes the workbook; nothing to print. Raises ProblemsError, UsageError."""
    options = workbook_parser().parse_args(argv)
    _not_onto_itself(options)
    library = load_library(options.rules)
    submission = submission_reader(options.file)(library)
    try:
        part = None
        if options.department is not None:
            standards = [library.standards[name] for name in submission.round.standards]
            rows = {row.id: tuple(own for _, own in row.under) for row in rows_of(standards)}
            part = printed_part(submission, rows, usual_list(submission.division.name), options.department)
        content = write_workbook(submission, library, part, options.made_on)
    except NoRowsError as error:
        raise UsageError(str(error)) from None
    write_whole(options.output, content)
    return ""


def read_back(argv: Sequence[str]) -> str:
    """Writes the submission; nothing to print. Raises ProblemsError, UsageError."""
    options = from_workbook_parser().parse_args(argv)
    _not_onto_itself(options)
    library = load_library(options.rules)
    with standard_input() if is_stream(options.file) else options.file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    try:
        submission = read_workbook(content, library).submission
    except WorkbookError as error:
        raise UsageError("\n".join(one_line(f"{options.file}：{fault}") for fault in error.faults)) from None
    written = write_submission_json if options.output.suffix.lower() == ".json" else write_submission
    write_whole(options.output, written(submission).encode())
    return ""


def _parser(command: str, description: str) -> ChineseParser:
    return ChineseParser(prog=f"{called('scoring', 'county-score')} {command}", description=description)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期 {text} 无效，应写作 2018-06-30") from error


def _not_onto_itself(options: argparse.Namespace) -> None:
    file, output = options.file, options.output
    if not is_stream(file) and file.exists() and output.exists() and output.samefile(file):
        raise UsageError(f"{output}：就是要读的文件本身，写在上面会盖掉它；请给 -o 另取一个文件名")
