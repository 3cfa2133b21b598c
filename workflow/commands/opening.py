"""What these subcommands share: second-level commands, options read from text, and an office on the store named."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from indicators import load_library
from indicators.installation import scheme_id
from storage import open_store
from storage.cli import VAR_HELP
from workflow.office import Office, known_scheme

Run = Callable[[Namespace], int]
_MOST_DIGITS = 18  # what a database counts to
Acts = Mapping[str, tuple[str, Callable[[ArgumentParser], None], Run]]


@contextmanager
def office_of(arguments: Namespace, *, create: bool = True) -> Iterator[Office]:
    """An office on the store of ``--var``, as the service would have it. Raises StoreError, ProblemsError, Refused."""
    library = load_library()
    with open_store(var=arguments.var, create=create) as store:
        yield Office(store, library, known_scheme(library, scheme_id()))


def acts(parser: ArgumentParser, several: Acts) -> None:
    """Declare second-level commands; the chosen one's function is ``arguments.act``."""
    below = parser.add_subparsers(dest="act_name", required=True, metavar="操作")
    for name, (summary, arguments, run) in several.items():
        act = below.add_parser(name, help=summary, description=summary)
        # 写在前面的 --var 仍然有效；SUPPRESS is known by identity: the same letters would be a folder's name
        act.add_argument("--var", type=Path, default=SUPPRESS, help=VAR_HELP)
        arguments(act)
        act.set_defaults(act=run)


def run_subcommand(arguments: Namespace) -> int:
    """Carry out the chosen second-level command."""
    run: Run = arguments.act
    return run(arguments)


def submission_number(text: str) -> int:
    """A submission's number, as `submission list` shows it."""
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise ArgumentTypeError(f"申报编号“{text}”无效，请照 submission list 的第一列写")
    return int(text)


def day(text: str) -> date:
    """A date option."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期“{text}”无效，请写作 2018-06-30") from error
