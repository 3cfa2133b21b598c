"""The frame of ``python -m storage``: subcommands as data, errors as Chinese lines and exit codes, never a traceback.

Exit 0 = done; 1 = ``verify`` or ``backup`` found something broken; 2 = refused or bad input, nothing changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.arguments import ChineseParser, UsageError
from indicators.installation import data_folder
from indicators.program import REFUSED, add_version, called
from indicators.reading.folder import why
from storage.errors import StoreError

VAR_HELP = "数据目录；默认为环境变量 DATA_DIR 所指的，没有设置为 var"
Adder = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: ``arguments`` declares its own, ``run`` does it and returns the exit code.

    ``run`` finds ``var`` (a Path) among the parsed arguments; it may raise StoreError, OSError and the given refusals.
    """

    name: str
    summary: str
    arguments: Adder
    run: Callable[[argparse.Namespace], int]


def parser_of(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The command line of these subcommands."""
    parser = ChineseParser(prog=called("storage", "county-store"), description="内置数据的建立与维护")
    add_version(parser)
    parser.add_argument("--var", type=Path, default=data_folder(), help=VAR_HELP)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for command in commands:
        subparser = subparsers.add_parser(command.name, help=command.summary, description=command.summary)
        # SUPPRESS: given here it counts, not given it leaves the one before the subcommand standing
        subparser.add_argument("--var", type=Path, default=argparse.SUPPRESS, help=VAR_HELP)
        command.arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def run(argv: Sequence[str] | None, commands: Sequence[Command], refusals: tuple[type[Exception], ...] = ()) -> int:
    """Parse and carry out; the exit code."""
    expected: tuple[type[Exception], ...] = (UsageError, StoreError, *refusals)
    try:
        arguments = parser_of(commands).parse_args(argv)
        code: int = arguments.run(arguments)
    except expected as refusal:
        say_error(str(refusal))
    except BrokenPipeError:
        raise
    except OSError as failure:
        say_error(f"{failure.filename or '输出'}：{why(failure)}")
    else:
        return code
    return REFUSED


def say(line: str) -> None:
    """To standard output."""
    sys.stdout.write(f"{line}\n")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare ``--json``."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def say_json(value: Mapping[str, object]) -> None:
    """The same for other programs."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_error(line: str) -> None:
    """To standard error."""
    sys.stderr.write(f"{line}\n")
