"""``python -m scoring FILE``: judge a submission file. Exit 0 judged (eligible or not), 2 bad input or broken rules."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from indicators import ProblemsError, load_library
from indicators.arguments import ChineseParser, UsageError
from indicators.installation import scheme_id
from indicators.program import REFUSED, add_version, called
from indicators.reading.visible import one_line
from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess
from scoring.judging.schemes import UnknownSchemeError, chosen_scheme
from scoring.local.profile import local_profile
from scoring.local.report import local_as_json, local_lines
from scoring.rehearsal.cli import Stored, rehearsed
from scoring.report import as_json, as_lines
from scoring.submission import LEVELS

if TYPE_CHECKING:
    from indicators.model import Library, Standard
    from scoring.submission import Submission

_LEVELS = (
    "评估层级：county 县级自评（默认）、prefecture 市级基础评价、province 省级实地评估；"
    "默认只看县级填报，后两级以该级认定代替自评结果"
)
REHEARSE = "rehearse"
_WORKBOOKS = ("workbook", "from-workbook")
JUDGED = 0


def parser() -> argparse.ArgumentParser:
    """The options of ``python -m scoring``."""
    made = ChineseParser(
        prog=(program := called("scoring", "county-score")),
        description=f"按指导标准评估一份申报文件，说明结论和理由。规则预演见 {program} rehearse --help，"
        f"离线填报表见 {program} workbook --help 和 from-workbook --help",
    )
    add_version(made)
    made.add_argument("file", metavar="FILE", type=Path, help="申报文件（YAML 或 JSON）；- 读标准输入")
    made.add_argument("--standard", metavar="ID", help="只按这一个标准评估；默认按批次所列的全部标准")
    made.add_argument("--level", choices=LEVELS, default="county", help=_LEVELS)
    made.add_argument("--scheme", metavar="ID", help="计分办法，只用于显示进度；默认为环境变量 SCHEME 所写的或 equal")
    made.add_argument("--rules", metavar="DIR", type=Path, help="规则文件夹；默认为环境变量 RULES_DIR 所指的或自带的")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def main(argv: Sequence[str], out: TextIO, err: TextIO, stored: Stored | None = None) -> int:
    """Run the command; everything that goes wrong is a located line on ``err``, never a traceback."""
    try:
        command, rest = "".join(argv[:1]), argv[1:]
        if command == REHEARSE:
            text = rehearsed(rest, stored)
        elif command in _WORKBOOKS:
            text = _of_workbooks(command, rest)
        else:
            text = _run(parser().parse_args(argv))
    except ProblemsError as error:
        err.writelines(f"{problem}\n" for problem in error.problems)
        return REFUSED
    except (UsageError, UnknownSchemeError) as error:
        err.write(f"{error}\n")
        return REFUSED
    out.write(text)
    out.flush()
    return JUDGED


def _of_workbooks(command: str, rest: Sequence[str]) -> str:
    from scoring.workbook.cli import made_workbook, read_back  # noqa: PLC0415 - a third of the time to start

    return made_workbook(rest) if command == _WORKBOOKS[0] else read_back(rest)


def _run(options: argparse.Namespace) -> str:
    library = load_library(options.rules)
    submission = submission_reader(options.file)(library)
    standards = _standards(options.standard, submission, library)
    scheme = chosen_scheme(library.schemes, options.scheme or scheme_id())
    try:
        assessment = assess(submission, standards, scheme, options.level)
    except ValueError as error:
        raise UsageError(str(error)) from None
    profile = local_profile(submission, library.policies, standards)
    if options.json:
        judged = as_json(submission, assessment, str(options.file)) | {"local": local_as_json(profile)}
        return json.dumps(judged, ensure_ascii=False, indent=2) + "\n"
    # What people typed stands in these lines: it must neither steer the terminal nor forge a line.
    states = library.vocabulary.lists["local_states"]
    lines = (*as_lines(submission, assessment, library, scheme), *local_lines(profile, states))
    return "".join(f"{one_line(line)}\n" for line in lines)


def _standards(only: str | None, submission: Submission, library: Library) -> list[Standard]:
    if only is None:
        return [library.standards[standard] for standard in submission.round.standards]
    if only not in library.standards:
        raise UsageError(f"没有标准“{only}”；可用的有：{'、'.join(library.standards)}")
    return [library.standards[only]]
