"""What ``python -m templates`` prints from the store, and in what way. The rest of `workflow` is loaded when asked.

Whoever runs the command on the server reads the whole store; in the app each person's rights decide.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.arguments import UsageError
from indicators.installation import data_folder
from scoring.submission import LEVELS, Level
from templates.commands.options import day
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind

if TYPE_CHECKING:
    from workflow.office import Office
    from workflow.papers.rounds import RoundPaper

FromStore = Callable[["Office", Namespace, Ending], RenderedDocument]


def add_store(parser: ArgumentParser) -> None:
    """``--var``."""
    parser.add_argument(
        "--var", type=Path, default=data_folder(), help="数据目录；默认为环境变量 DATA_DIR 所指的，没有设置为 var"
    )


def from_store(make: FromStore) -> Callable[[Namespace, Ending], RenderedDocument]:
    """Makes a document with an office on the store of ``--var``; what that refuses becomes a line for the user."""

    def made(options: Namespace, ending: Ending) -> RenderedDocument:
        from storage.errors import StoreError  # noqa: PLC0415 - the store is loaded only for what needs it
        from workflow.commands.opening import office_of  # noqa: PLC0415 - likewise
        from workflow.errors import Refused  # noqa: PLC0415 - likewise

        try:
            with office_of(options, create=False) as office:
                return make(office, options, ending)
        except (Refused, StoreError) as refused:
            raise UsageError(str(refused)) from refused

    return made


def _of_round(parser: ArgumentParser, levels: tuple[Level, ...]) -> None:
    """What the papers of a round ask. ``levels``: the first is the usual one; none where it is of no level."""
    add_store(parser)
    parser.add_argument("--round", required=True, metavar="批次", help="批次的编号，见 storage round list")
    if levels:
        parser.add_argument("--level", choices=levels, default=levels[0], help=f"按哪一级；默认 {levels[0]}")
    parser.add_argument("--printed-on", type=day, metavar="YYYY-MM-DD", help="制表日期；不写为当天")


def _of_matrix(parser: ArgumentParser) -> None:
    _of_round(parser, LEVELS)
    parser.add_argument("--standard", default="", metavar="标准编号", help="按哪个标准；默认批次的第一个")


def _round_paper(name: RoundPaper) -> FromStore:
    def make(office: Office, options: Namespace, ending: Ending) -> RenderedDocument:
        from storage.clock import local_date, now  # noqa: PLC0415 - start-up time
        from workflow.papers.rounds import OPERATOR, RoundAsked, round_paper  # noqa: PLC0415 - likewise

        level: Level = getattr(options, "level", "county")
        made_on = options.printed_on or local_date(now())
        asked = RoundAsked(OPERATOR, options.round, level, made_on, ending, getattr(options, "standard", ""))
        return round_paper(office, name, asked)

    return make


def _round_document(name: RoundPaper, title: str, arguments: Callable[[ArgumentParser], None]) -> DocumentKind:
    about = lambda options: f"批次 {options.round}"  # noqa: E731 - what messages call it
    return DocumentKind(name, title, ("pdf", "xlsx"), "store", arguments, from_store(_round_paper(name)), about)


STORE_DOCUMENTS: tuple[DocumentKind, ...] = (
    _round_document("summary", "推荐汇总表", lambda parser: _of_round(parser, ("province", "prefecture"))),
    _round_document("matrix", "各项指标结论", _of_matrix),
    _round_document("decisions", "办理情况表", lambda parser: _of_round(parser, ())),
)
