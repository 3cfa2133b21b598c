"""Options that several documents share, and what they are read into."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date
from pathlib import Path

from indicators import load_library
from indicators.arguments import UsageError
from indicators.model import Library
from indicators.reading.visible import visible
from scoring.assessment import Assessment
from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess_by_round
from scoring.submission import Level, Submission


def add_file(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """``FILE``."""
    how = "?" if optional else None
    parser.add_argument("file", type=Path, nargs=how, metavar="FILE", help="申报数据文件（YAML 或 JSON）；- 读标准输入")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """``--rules``."""
    parser.add_argument("--rules", type=Path, metavar="DIR", help="规则文件夹；默认为环境变量 RULES_DIR 所指的或自带的")


def add_printed_on(parser: argparse.ArgumentParser, where: str) -> None:
    """``--printed-on``."""
    parser.add_argument("--printed-on", type=day, metavar="YYYY-MM-DD", help=f"{where}上的打印日期；不写则不印")


def day(text: str) -> date:
    """A date option."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期 {text} 无效，应写作 2018-06-30") from error


def known(identifier: str, installed: Collection[str], kind: str) -> str:
    """The identifier. Raises UsageError where there is no such thing."""
    if identifier not in installed:
        raise UsageError(f"没有{kind}“{visible(identifier)}”；现有：{'、'.join(installed)}")
    return identifier


def read(options: argparse.Namespace) -> tuple[Submission, Library]:
    """The submission file and the rules. Raises ProblemsError."""
    library = load_library(options.rules)
    return submission_reader(options.file)(library), library


def judged(submission: Submission, library: Library, level: Level) -> Assessment:
    """By the standards of its round. Raises UsageError."""
    try:
        return assess_by_round(submission, library, level)
    except ValueError as error:
        raise UsageError(str(error)) from None
