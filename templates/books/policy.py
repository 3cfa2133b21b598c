"""A policy document as PDF, whole: its words alone, and what was mended in the scan."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.building.fingerprint import text_fingerprint
from indicators.model import Policy
from indicators.references import clause_title, clauses_under_headings, depth_of
from scoring.local.wording import validity
from templates.books.book import Book, Front, RenderedBook
from templates.text.flow import Strip

_OURS = "条文逐字照录，版式、目录和页码由本工具编排；“责任单位”由本工具从条文中摘出。"
_DEEPEST = 2  # headings of a clause grow no smaller than this


def render_policy(policy: Policy) -> RenderedBook:
    """Title, contents, every clause, mended scan faults; raises TypefaceError for an unusable configured font."""
    number = policy.number or "文号不详"
    about = (number, policy.issuer, policy.date or "日期不详", *validity(policy))
    book = Book(Front(policy.title, about, _OURS, text_fingerprint(policy)))
    return book.render([*_body(book, policy), *_mended(book, policy)])


def _body(book: Book, policy: Policy) -> Iterator[Strip]:
    for headings, clause in clauses_under_headings(policy):
        for heading in headings:
            yield from book.heading(f"{heading.id}　{heading.title}", heading.depth)
        yield from book.heading(clause_title(clause), min(depth_of(policy, clause), _DEEPEST), space_above=8)
        yield from book.prose(clause.text)
        if clause.responsible_units:
            yield from book.small(f"责任单位：{'、'.join(clause.responsible_units)}", space_above=3)


def _mended(book: Book, policy: Policy) -> Iterator[Strip]:
    if not policy.mended:
        return
    yield from book.heading("扫描件错字的更正", 0)
    for fault in policy.mended:
        yield from book.small(f"{fault.at}：扫描件作“{fault.scanned}”，此处作“{fault.mended}”")
