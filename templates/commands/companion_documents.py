"""Documents beside the form, made from a submission file: evidence, record, visit."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from scoring.submission import REVIEW_LEVELS
from templates.commands.options import add_file, add_printed_on, add_rules, judged, read
from templates.documents.contents.report import ReportHead
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind


def _arguments(parser: ArgumentParser) -> None:
    add_file(parser)
    add_rules(parser)
    add_printed_on(parser, "首页")


def _of_level(parser: ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument(
        "--level", choices=REVIEW_LEVELS, default="prefecture", help="哪一级的评审；默认 prefecture 市级基础评价"
    )


def _evidence(options: Namespace, ending: Ending) -> RenderedDocument:
    from templates.documents.contents.evidence import evidence_contents  # noqa: PLC0415 - start-up time

    submission, library = read(options)
    return made_document("evidence", evidence_contents(submission, library, _head(options)), ending)


def _record(options: Namespace, ending: Ending) -> RenderedDocument:
    from templates.documents.contents.record import record_contents  # noqa: PLC0415 - start-up time

    submission, library = read(options)
    assessment = judged(submission, library, options.level)
    contents = record_contents(submission, assessment, library, options.level, _head(options))
    return made_document("record", contents, ending)


def _visit(options: Namespace, ending: Ending) -> RenderedDocument:
    from templates.documents.contents.visit import visit_contents  # noqa: PLC0415 - start-up time

    submission, library = read(options)
    return made_document("visit", visit_contents(submission, library, options.level, _head(options)), ending)


def _head(options: Namespace) -> ReportHead:
    return ReportHead(printed_on=options.printed_on)


def _file(options: Namespace) -> str:
    return str(options.file)


COMPANION_DOCUMENTS = (
    DocumentKind("evidence", "佐证材料目录", ("pdf", "xlsx"), "file", _arguments, _evidence, _file),
    DocumentKind("record", "评审记录", ("pdf", "docx"), "file", _of_level, _record, _file),
    DocumentKind("visit", "实地评估记录", ("pdf", "docx"), "file", _of_level, _visit, _file),
)
