"""Documents made from the rules alone: standard, policy."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from indicators import load_library
from templates.commands.options import add_rules, known
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind


def _standard_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="标准编号")
    parser.add_argument("--evidence", action="store_true", help="附上本工具建议的材料")
    add_rules(parser)


def _standard(options: Namespace, _ending: Ending) -> RenderedDocument:
    from templates.books.standard import render_standard  # noqa: PLC0415 - start-up time

    library = load_library(options.rules)
    book = render_standard(library, known(options.id, library.standards, "标准"), evidence=options.evidence)
    return RenderedDocument(book.pdf, book.missing_glyphs)


def _policy_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="政策文件编号")
    add_rules(parser)


def _policy(options: Namespace, _ending: Ending) -> RenderedDocument:
    from templates.books.policy import render_policy  # noqa: PLC0415 - start-up time

    library = load_library(options.rules)
    book = render_policy(library.policies[known(options.id, library.policies, "政策文件")])
    return RenderedDocument(book.pdf, book.missing_glyphs)


def _id(options: Namespace) -> str:
    return str(options.id)


RULES_DOCUMENTS = (
    DocumentKind("standard", "一个标准的全部内容", ("pdf",), "rules", _standard_arguments, _standard, _id),
    DocumentKind("policy", "一份政策文件的全文", ("pdf",), "rules", _policy_arguments, _policy, _id),
)
