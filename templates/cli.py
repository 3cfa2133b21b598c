"""``python -m templates form FILE -o OUT.pdf``: print a submission file. Other programs call it."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from indicators import ProblemsError, load_library
from indicators.model import Library
from scoring.assess import assess
from scoring.exchange import read_submission_file
from scoring.submission import Submission
from templates.check_sheet import missing_in_words
from templates.form import RenderedForm, render_form
from templates.form_plan import OPINIONS_AT, highest_level
from templates.typefaces import TypefaceError

BAD_INPUT = 2


class _ChineseParser(argparse.ArgumentParser):
    """Usage errors are Chinese too, and exit with 2 as argparse does."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"参数有误：{message}。请用 --help 查看用法。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _ChineseParser(prog="python -m templates", description="打印申报材料")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    form = commands.add_parser("form", help="申报表（PDF）")
    form.add_argument("file", type=Path, metavar="FILE", help="申报数据文件（YAML 或 JSON）")
    form.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="写到哪个文件")
    form.add_argument("--level", choices=sorted(OPINIONS_AT), help="打印到哪一级意见；默认为已有意见的最高一级")
    form.add_argument("--rules", type=Path, metavar="DIR", help="用该目录的规则代替自带规则")
    form.add_argument("--printed-on", type=_date, metavar="YYYY-MM-DD", help="核对页上的打印日期；不写则不印")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期 {text} 无效，应写作 2018-06-30") from error


def _assessed(submission: Submission, library: Library, arguments: argparse.Namespace) -> RenderedForm:
    level = arguments.level or highest_level(submission)
    standards = [library.standards[name] for name in submission.round.standards]
    assessment = assess(submission, standards, library.schemes["equal"], level)
    return render_form(submission, assessment, level, arguments.printed_on)


def write_atomically(path: Path, content: bytes) -> None:
    """The whole file or none: written beside its place, then moved there. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def main(arguments: Sequence[str] | None = None, errors: TextIO | None = None) -> int:
    """Exit code: 0 printed, 2 bad input (located messages on stderr, nothing written)."""
    say = errors or sys.stderr
    options = _parser().parse_args(arguments)
    try:
        library = load_library(options.rules)
        submission = read_submission_file(options.file, library)
        rendered = _assessed(submission, library, options)
    except ProblemsError as error:
        for problem in error.problems:
            print(problem, file=say)
        return BAD_INPUT
    except TypefaceError as error:
        print(error, file=say)
        return BAD_INPUT
    try:
        write_atomically(options.output, rendered.pdf)
    except OSError as error:
        print(f"{options.output}：无法写入（{error.strerror}）。请换一个可写的位置。", file=say)
        return BAD_INPUT
    if rendered.missing_glyphs:
        named = missing_in_words(rendered.missing_glyphs)
        print(f"{options.file}：以下字符字库中没有，已印作“〓”：{named}。请核对原文。", file=say)
    return 0
