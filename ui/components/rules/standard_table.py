"""A standard as the documents print it: 项目｜内容｜指标｜评估方法; or two of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.compared import ASPECTS, ComparedRow, Piece, compared, compared_rows, side_of
from indicators.model import Indicator, Standard
from indicators.wording import Wording
from ui.components import labels, verbatim
from ui.components.rows import VETO_SECTION
from ui.components.rules import places, row_words
from ui.rules import library

TEXT, ASKS, ALL = "text", "asks", "all"
DETAILS = {TEXT: "只看原文", ASKS: "原文、要求和依据", ALL: "全部（含建议材料和填报提示）"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is on the page: the standard, the one beside it, how much of each row, and the row the address names."""

    standard: Standard
    beside: Standard | None = None
    detail: str = ASKS
    only_different: bool = False
    row: str = ""


def rows_shown(reading: Reading) -> tuple[ComparedRow, ...]:
    """The rows on the page; the one the address names is there whatever the filter says."""
    if reading.beside is None:
        return tuple(ComparedRow(row.id, row, None, frozenset()) for row in reading.standard.rows())
    words = tuple(Wording(one, library().vocabulary) for one in (reading.standard, reading.beside))
    every = compared_rows(reading.standard, reading.beside, (words[0], words[1]))
    return tuple(row for row in every if not reading.only_different or not row.alike or row.id == reading.row)


def standard_table(reading: Reading, rows: Sequence[ComparedRow]) -> str:
    """HTML of the outline and the table."""
    cells = _beside if reading.beside is not None else _single
    return (
        f'<div class="dc-book">{_outline(reading, rows)}<div class="dc-book-page">'
        f'<table class="dc-book-table{" dc-two" if reading.beside else ""}">{_columns(reading)}'
        f"<tbody>{_body(reading, rows, cells)}</tbody></table></div></div>"
    )


def _columns(reading: Reading) -> str:
    if reading.beside is None:
        last = "、".join(_last_columns(reading.standard)) or "评估方法"
        return (
            '<colgroup><col class="dc-c1"><col class="dc-c2"><col><col class="dc-c4"></colgroup>'
            f"<thead><tr><th>项目</th><th>内容</th><th>指标</th><th>{last}</th></tr></thead>"
        )
    names = "".join(f"<th>{verbatim.markup(labels.short_name(one))}</th>" for one in (reading.standard, reading.beside))
    return (
        '<colgroup><col class="dc-c1"><col class="dc-c2"><col><col></colgroup>'
        f"<thead><tr><th>项目</th><th>内容</th>{names}</tr></thead>"
    )


def _last_columns(standard: Standard) -> list[str]:
    """What the last column holds: the documents of 2018 print one or the other, a standard of one's own may both."""
    rows = standard.rows()
    held = (("评估方法", any(row.methods for row in rows)), ("责任单位", any(row.responsible_units for row in rows)))
    return [name for name, there in held if there]


def _body(reading: Reading, rows: Sequence[ComparedRow], cells: Callable[[Reading, ComparedRow], str]) -> str:
    lines = []
    for section, in_section in groupby(rows, key=lambda row: _section(reading, row)):
        listed = list(in_section)
        first_of_section = True
        for topic, in_topic in groupby(listed, key=lambda row: _topic(reading, row)):
            grouped = list(in_topic)
            for index, row in enumerate(grouped):
                heads = ""
                if first_of_section:
                    wide = "" if topic else ' colspan="2"'
                    heads += f'<th class="dc-part" scope="rowgroup" rowspan="{len(listed)}"{wide}>{_stay(section)}</th>'
                    first_of_section = False
                if index == 0 and topic:
                    heads += f'<th class="dc-part" scope="rowgroup" rowspan="{len(grouped)}">{_stay(topic)}</th>'
                here = ' class="dc-here"' if row.id == reading.row else ""
                lines.append(f"<tr{here} {places.place(reading.standard.id, row.id)}>{heads}{cells(reading, row)}</tr>")
    return "".join(lines)


def _stay(words: str) -> str:
    return f'<div class="dc-stay">{verbatim.markup(words)}</div>'


def _owner(reading: Reading, row: ComparedRow) -> tuple[Standard, Indicator]:
    """The first standard that has the row, and the row there."""
    several = ((reading.standard, row.first), (reading.beside, row.second))
    return next((standard, one) for standard, one in several if standard is not None and one is not None)


def _section(reading: Reading, row: ComparedRow) -> str:
    standard, one = _owner(reading, row)
    if one.consequence == "veto":
        return VETO_SECTION
    return next((section.title for section in standard.sections if section.id == one.section), one.section)


def _topic(reading: Reading, row: ComparedRow) -> str:
    standard, one = _owner(reading, row)
    if one.consequence == "veto":
        return ""
    topics = (topic for section in standard.sections for topic in section.topics)
    return next((topic.title for topic in topics if topic.id == one.topic), one.topic)


def _single(reading: Reading, row: ComparedRow) -> str:
    standard, one = _owner(reading, row)
    printed = row_words.statement((Piece(one.statement, "both"),))
    return (
        f"<td>{row_words.head(standard, one, '')}{printed}{_details(reading, standard, one)}</td>"
        f'<td class="dc-method">{row_words.last_column(one, named=len(_last_columns(reading.standard)) > 1)}</td>'
    )


def _beside(reading: Reading, row: ComparedRow) -> str:
    if reading.beside is None or row.first is None or row.second is None:
        return _only_one(reading, row)
    if row.alike:
        head = row_words.head(reading.standard, row.first, reading.beside.id, labels.tag("两标准相同"))
        printed = row_words.statement((Piece(row.first.statement, "both"),))
        last = f"{row_words.last_column(row.first, named=True)}{row_words.last_column(row.second, named=True)}"
        return f'<td colspan="2">{head}{printed}{last}{_details(reading, reading.standard, row.first)}</td>'
    pieces = compared(row.first.statement, row.second.statement)
    differing = "".join(labels.tag(f"{ASPECTS[one]}不同", "notice") for one in ASPECTS if one in row.differing)
    left = _side(reading, reading.standard, row.first, side_of(pieces, "first"), differing)
    same_basis = row.first.policy_basis == row.second.policy_basis
    right = _side(reading, reading.beside, row.second, side_of(pieces, "second"), "", basis=not same_basis)
    return f"<td>{left}</td><td>{right}</td>"


def _only_one(reading: Reading, row: ComparedRow) -> str:
    standard, one = _owner(reading, row)
    mark = labels.tag(f"只在{labels.short_name(standard)}中", "notice")
    there = f"<td>{_side(reading, standard, one, (Piece(one.statement, 'both'),), mark)}</td>"
    absent = '<td class="dc-absent">没有这一项</td>'
    return f"{there}{absent}" if row.first is not None else f"{absent}{there}"


def _side(
    reading: Reading, standard: Standard, row: Indicator, pieces: Iterable[Piece], tags: str, *, basis: bool = True
) -> str:
    beside = reading.beside.id if reading.beside and standard is reading.standard else ""
    head = row_words.head(standard, row, beside, tags)
    printed = row_words.statement(tuple(pieces))
    return f"{head}{printed}{row_words.last_column(row, named=True)}{_details(reading, standard, row, basis=basis)}"


def _details(reading: Reading, standard: Standard, row: Indicator, *, basis: bool = True) -> str:
    if reading.detail == TEXT:
        return ""
    back = places.standard_address(reading.standard.id, row.id, reading.beside.id if reading.beside else "")
    more = row_words.ours(row) if reading.detail == ALL else ""
    founding = row_words.founding(row, back) if basis else '<p class="dc-quiet">政策依据与左栏相同</p>'
    return f"{row_words.asks(standard, row)}{founding}{more}"


def _outline(reading: Reading, rows: Sequence[ComparedRow]) -> str:
    """The way through: section, topics, each to its first row on the page."""
    beside = reading.beside.id if reading.beside else ""
    parts = []
    for section, in_section in groupby(rows, key=lambda row: _section(reading, row)):
        listed = list(in_section)
        topics = [(topic, list(found)) for topic, found in groupby(listed, key=lambda row: _topic(reading, row))]
        items = "".join(
            f"<li>{places.link(places.standard_address(reading.standard.id, found[0].id, beside), topic)}"
            f"<small>{len(found)}</small></li>"
            for topic, found in topics
            if topic
        )
        head = places.link(places.standard_address(reading.standard.id, listed[0].id, beside), section)
        parts.append(f"<li><b>{head}</b>{f'<ul>{items}</ul>' if items else ''}</li>")
    return f'<nav class="dc-outline" aria-label="目录"><p>目录</p><ul>{"".join(parts)}</ul></nav>'
