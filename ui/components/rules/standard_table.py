"""A standard as the documents print it: 项目｜内容｜指标｜评估方法; or two of them side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from indicators.comparing.row_difference import PARTS, RowDifference, columns_printed, standard_difference
from indicators.comparing.text_diff import Piece, side_of, text_diff
from indicators.model import Indicator, Standard
from ui.components import labels, places, verbatim
from ui.components.rows.row import VETO_SECTION
from ui.components.rules import row_words
from ui.rules import library

_SIDES: tuple[Literal["first", "second"], ...] = ("first", "second")
TEXT, ASKS, ALL = "text", "asks", "all"
_Topic = tuple[str, list[RowDifference]]  # its title, "" for none
_Editions = Sequence[tuple[Standard, Indicator]]
DETAILS = {TEXT: "只看原文", ASKS: "原文、要求和依据", ALL: "全部（含建议材料和填报提示）"}


@dataclass(frozen=True, slots=True)
class ShownStandard:
    """What is on the page: the standard, the one beside it, how much of each row, and the row the address names."""

    standard: Standard
    beside: Standard | None = None
    detail: str = ASKS
    only_different: bool = False
    row: str = ""


def rows_shown(reading: ShownStandard) -> tuple[RowDifference, ...]:
    """The rows on the page; the one the address names is there whatever the filter says."""
    if reading.beside is None:
        return tuple(RowDifference(row.id, row, None) for row in reading.standard.rows())
    every = standard_difference(reading.standard, reading.beside, library().vocabulary).side_by_side()
    return tuple(row for row in every if not reading.only_different or not row.alike or row.id == reading.row)


def standard_table(reading: ShownStandard, rows: Sequence[RowDifference]) -> str:
    """HTML of the outline and the table."""
    if reading.beside is None:
        columns = "、".join(PARTS[part] for part in columns_printed(reading.standard))
        heads, last = ["指标", columns or "评估方法"], ' class="dc-c4"'
    else:
        heads, last = [labels.short_name(standard) for standard in (reading.standard, reading.beside)], ""
    head = "".join(f"<th>{verbatim.markup(name)}</th>" for name in ("项目", "内容", *heads))
    return (
        f'<div class="dc-book">{_outline(reading, rows)}<div class="dc-book-page">'
        f'<table class="dc-book-table{" dc-two" if reading.beside else ""}">'
        f'<colgroup><col class="dc-c1"><col class="dc-c2"><col><col{last}></colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{_body(reading, rows)}</tbody></table></div></div>"
    )


def _grouped(reading: ShownStandard, rows: Sequence[RowDifference]) -> list[tuple[str, list[_Topic]]]:
    """By section and topic, in the order given."""
    return [
        (section, [(topic, list(listed)) for (_, topic), listed in groupby(of, lambda row: _place(reading, row))])
        for section, of in groupby(rows, lambda row: _place(reading, row)[0])
    ]


def _body(reading: ShownStandard, rows: Sequence[RowDifference]) -> str:
    lines = []
    for section, topics in _grouped(reading, rows):
        heads = _head(section, sum(len(listed) for _, listed in topics), "" if topics[0][0] else ' colspan="2"')
        for topic, listed in topics:
            heads += _head(topic, len(listed)) if topic else ""
            for row in listed:
                here = ' class="dc-here"' if row.id == reading.row else ""
                place = places.place(reading.standard.id, row.id)
                lines.append(f"<tr{here} {place}>{heads}{_cells(reading, row)}</tr>")
                heads = ""
    return "".join(lines)


def _head(words: str, rows: int, wide: str = "") -> str:
    stays = f'<div class="dc-stay">{verbatim.markup(words)}</div>'
    return f'<th class="dc-part" scope="rowgroup" rowspan="{rows}"{wide}>{stays}</th>'


def _place(reading: ShownStandard, row: RowDifference) -> tuple[str, str]:
    """The titles of its section and its topic; a veto has no topic."""
    standard, edition = _editions(reading, row)[0]
    if edition.consequence == "veto":
        return VETO_SECTION, ""
    titles = {section.id: section.title for section in standard.sections}
    titles |= {topic.id: topic.title for section in standard.sections for topic in section.topics}
    return titles.get(edition.section, edition.section), titles.get(edition.topic, edition.topic)


def _editions(reading: ShownStandard, row: RowDifference) -> list[tuple[Standard, Indicator]]:
    """The standards on the page that have the row, with the row there."""
    several = ((reading.standard, row.old), (reading.beside, row.new))
    return [(standard, edition) for standard, edition in several if standard is not None and edition is not None]


def _cells(reading: ShownStandard, row: RowDifference) -> str:
    """The row alone, once for both standards, in the one that has it, or each beside the other with its words."""
    editions = _editions(reading, row)
    standard, edition = editions[0]
    beside = reading.beside.id if reading.beside is not None and row.old is not None else ""
    whole = (Piece(edition.statement, "both"),)
    if reading.beside is None:
        words = f"{row_words.head(standard, edition, '')}{row_words.statement(whole)}{_details(reading, editions)}"
        last = row_words.last_column(edition, named=len(columns_printed(standard)) > 1)
        return f'<td>{words}</td><td class="dc-method">{last}</td>'
    if row.alike or len(editions) == 1:
        only = labels.tag(f"只在{labels.short_name(standard)}中", "notice")
        head = row_words.head(standard, edition, beside, labels.tag("两标准相同") if row.alike else only)
        words = f"{head}{_printed(whole, editions)}{_details(reading, editions)}"
        cells = f"<td>{words}</td>", '<td class="dc-absent">没有这一项</td>'
        return f'<td colspan="2">{words}</td>' if row.alike else "".join(cells if row.old is not None else cells[::-1])
    differing = "".join(labels.tag(f"{words}不同", "notice") for part, words in PARTS.items() if part in row.differing)
    pieces = text_diff(*(edition.statement for _, edition in editions))
    first, second = (
        f"{_printed(side_of(pieces, side), [shown])}{_details(reading, [shown], other)}"
        for side, shown, other in zip(_SIDES, editions, row.measures[::-1], strict=True)
    )
    heads = row_words.head(standard, edition, beside, differing), row_words.head(*editions[1], "")
    return f"<td>{heads[0]}{first}</td><td>{heads[1]}{second}</td>"


def _printed(pieces: Sequence[Piece], editions: _Editions) -> str:
    last = "".join(row_words.last_column(edition, named=True) for _, edition in editions)
    return f"{row_words.statement(pieces)}{last}"


def _details(reading: ShownStandard, editions: _Editions, other_measures: Collection[str] | None = None) -> str:
    """What the tool adds to a row: once where it is the same in every edition, else each under its standard's name.

    ``other_measures``: those of the same row in the other standard, a line each, where that has it.
    """
    if reading.detail == TEXT:
        return ""
    parts = [[row_words.founding(row, _back(reading, row.id)) for _, row in editions]]
    if reading.detail == ALL:
        parts.append([row_words.ours(row) for _, row in editions])
    words = row_words.asks(*editions[0], other_measures)
    for texts in parts:
        named = (
            f"<div>{labels.tag(labels.short_name(of))}{text or '无'}</div>"
            for (of, _), text in zip(editions, texts, strict=True)
        )
        words += texts[0] if len(set(texts)) == 1 else "".join(named)
    return words


def _back(reading: ShownStandard, row_id: str) -> str:
    """The address of the row on this page, where the way back from a clause leads too."""
    return places.standard_address(reading.standard.id, row_id, reading.beside.id if reading.beside else "")


def _outline(reading: ShownStandard, rows: Sequence[RowDifference]) -> str:
    """The way through: section, topics, each to its first row on the page."""
    parts = []
    for section, topics in _grouped(reading, rows):
        items = "".join(
            f"<li>{places.link(_back(reading, listed[0].id), topic)}<small>{len(listed)}</small></li>"
            for topic, listed in topics
            if topic
        )
        head = places.link(_back(reading, topics[0][1][0].id), section)
        parts.append(f"<li><b>{head}</b>{f'<ul>{items}</ul>' if items else ''}</li>")
    return f'<nav class="dc-outline" aria-label="目录"><p>目录</p><ul>{"".join(parts)}</ul></nav>'
