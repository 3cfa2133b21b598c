"""``python -m scoring rehearse NEW --against FILE…|--store``: what a change of rules would do, before it counts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from indicators import ProblemsError, load_library
from indicators.arguments import ChineseParser, UsageError
from indicators.comparing.replacement import NoReplacementError, Replacement, not_concerned, replaced_rules, replacement
from indicators.installation import data_folder, scheme_id
from indicators.library import Draft
from indicators.model import Library
from indicators.program import called
from indicators.reading.problems import Problem
from indicators.reading.visible import one_line
from scoring.exchange.reading import submission_reader
from scoring.judging.schemes import chosen_scheme
from scoring.rehearsal.rehearse import RehearsalInput, Skipped, in_place, rehearse
from scoring.rehearsal.report import as_json, as_lines
from scoring.submission import LEVELS, Submission

# The store is above this room: `scoring.__main__` hands in how it is read — (library, data folder, what replaces what).
Stored = Callable[[Library, Path, Replacement], list[RehearsalInput | Skipped]]


def parser() -> argparse.ArgumentParser:
    """The options of ``python -m scoring rehearse``."""
    made = ChineseParser(
        prog=f"{called('scoring', 'county-score')} rehearse",
        description="规则预演：用新标准（或修订草案）重新评估已有的申报，列出哪些结论会改变、为什么。什么也不写入。",
    )
    made.add_argument("new", metavar="NEW", help="已安装的标准编号，或草案文件夹（standard.yaml 和各内容文件）")
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--against", metavar="FILE", nargs="+", type=Path, help="申报文件（YAML 或 JSON），可写多个；- 读标准输入"
    )
    which.add_argument("--store", action="store_true", help="本机数据中的全部申报（数据目录见 --var，或 DATABASE_URL）")
    made.add_argument("--instead-of", metavar="ID", help="代替哪个已安装的标准；默认同编号的，再没有是它所叠加的")
    made.add_argument("--level", choices=LEVELS, default="county", help="评估层级，默认 county 县级自评")
    rules = "规则文件夹；不写用环境变量 RULES_DIR 所指的，再没有用自带的"
    made.add_argument("--rules", metavar="DIR", type=Path, help=rules)
    var = "数据目录；不写用环境变量 DATA_DIR 所指的，再没有是 var"
    made.add_argument("--var", metavar="DIR", type=Path, default=None, help=var)
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def rehearsed(argv: Sequence[str], stored: Stored | None) -> str:
    """What the command prints. Raises ProblemsError (located, all at once), UsageError."""
    options = parser().parse_args(argv)
    library = load_library(options.rules)
    try:
        change = _replacement(options, library)
    except NoReplacementError as error:
        raise UsageError(f"{error}（写作 --instead-of 编号）") from error
    if not options.store:
        given = _from_files(options.against, change)
    elif stored is None:
        raise UsageError("这里不能读取数据；请用 python -m scoring rehearse … --store")
    else:
        given = stored(library, options.var or data_folder(), change)
    rehearsal = rehearse(given, chosen_scheme(library.schemes, scheme_id()), options.level)
    rules = replaced_rules(change, rehearsal.kept, library)
    if options.json:
        return json.dumps(as_json(rehearsal, rules), ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{one_line(line)}\n" for line in as_lines(rehearsal, rules))


def _replacement(options: argparse.Namespace, library: Library) -> Replacement:
    folder = Path(options.new)
    if options.new in library.standards:
        return replacement(library, options.new, options.instead_of)
    if not folder.is_dir():
        known = "、".join(library.standards)
        raise UsageError(f"没有标准“{options.new}”，也没有这个文件夹；请写已安装的标准（{known}）或草案文件夹的路径")
    return replacement(library, Draft(folder, str(folder)), options.instead_of, options.rules)


def _from_files(files: Sequence[Path], change: Replacement) -> list[RehearsalInput | Skipped]:
    given: list[RehearsalInput | Skipped] = []
    problems: list[Problem] = []
    installed = change.reading[0].standards
    for path in dict.fromkeys(files):
        try:
            submission = _read(path, change.reading)
        except ProblemsError as error:
            problems += error.problems
            continue
        pinned = submission.round.standards
        if set(pinned) & set(change.replaced) and set(pinned) <= set(installed):
            standards = tuple(installed[standard_id] for standard_id in pinned)
            given.append(RehearsalInput(str(path), submission, standards, in_place(standards, change.replaced)))
        else:
            given.append(Skipped(str(path), not_concerned(pinned, installed, change)))
    if problems:
        raise ProblemsError(problems)
    return given


def _read(path: Path, libraries: Sequence[Library]) -> Submission:
    """As the installed rules read it; else as the draft does: it may answer what only the draft asks."""
    read, (installed, *drafts) = submission_reader(path), libraries
    try:
        return read(installed)
    except ProblemsError:
        for library in drafts:
            with suppress(ProblemsError):
                return read(library)
        raise
