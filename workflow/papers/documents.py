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
from templates.commands.options import add_rules, day, judged, read
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


def _of_submission(parser: ArgumentParser, *, needed: bool) -> None:
    """Which submission of the store."""
    add_store(parser)
    parser.add_argument(
        "--submission", required=needed, metavar="编号", help="申报的编号，照 storage submission list 的第一列写"
    )
    parser.add_argument("--printed-on", type=day, metavar="YYYY-MM-DD", help="打印日期；不写为当天")


def _of_gaps(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="申报数据文件；不写则读数据目录里的申报")
    add_rules(parser)
    _of_submission(parser, needed=False)
    parser.add_argument("--department", default="", metavar="部门", help="只打印这个部门的一页；不写为全部")


def _of_notice(parser: ArgumentParser) -> None:
    _of_submission(parser, needed=True)
    parser.add_argument("--number", default="", metavar="次数", help="第几次退回补正；不写为最近一次")


def _gaps(options: Namespace, ending: Ending) -> RenderedDocument:
    """From a file where one is named, else from the store."""
    if options.file is None:
        if not options.submission:
            raise UsageError("请写申报数据文件，或者用 --submission 写数据目录里申报的编号")
        return from_store(_submission_paper("gaps"))(options, ending)
    if options.submission or options.department:
        raise UsageError("申报数据文件里没有分工：--submission、--department 只用于数据目录里的申报，请删去")
    from templates.documents.contents.gaps import gaps_of_file  # noqa: PLC0415 - start-up time
    from templates.documents.contents.report import ReportHead  # noqa: PLC0415 - likewise
    from templates.documents.making import made_document  # noqa: PLC0415 - likewise

    submission, library = read(options)
    head = ReportHead(printed_on=options.printed_on)
    contents = gaps_of_file(submission, judged(submission, library, "county"), library, head)
    return made_document("gaps", contents, ending)


def _submission_paper(name: str) -> FromStore:
    def make(office: Office, options: Namespace, ending: Ending) -> RenderedDocument:
        from storage.clock import now  # noqa: PLC0415 - start-up time
        from workflow.papers.offered import offered_paper  # noqa: PLC0415 - likewise
        from workflow.papers.operator import asked_by_operator  # noqa: PLC0415 - likewise

        told = {key: str(value) for key, value in vars(options).items() if key in {"department", "number"} and value}
        day_printed = options.printed_on.isoformat() if options.printed_on else ""
        asked = asked_by_operator(office, options.submission, now(), {**told, "day": day_printed})
        return offered_paper(name, asked, ending).document

    return make


def _submission(options: Namespace) -> str:
    return str(getattr(options, "file", None) or f"申报 {options.submission}")


STORE_DOCUMENTS: tuple[DocumentKind, ...] = (
    _round_document("summary", "推荐汇总表", lambda parser: _of_round(parser, ("province", "prefecture"))),
    _round_document("matrix", "各项指标结论", _of_matrix),
    _round_document("decisions", "办理情况表", lambda parser: _of_round(parser, ())),
    DocumentKind("gaps", "部门缺项清单", ("pdf", "xlsx"), "store", _of_gaps, _gaps, _submission),
    DocumentKind(
        "notice",
        "退回补正通知书",
        ("pdf", "docx"),
        "store",
        _of_notice,
        from_store(_submission_paper("notice")),
        _submission,
    ),
)
