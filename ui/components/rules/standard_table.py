"""A standard as the documents print it: 项目｜内容｜指标｜评估方法; or two of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.comparing.row_difference import PARTS, RowDifference, standard_difference
from indicators.comparing.text_diff import Piece, rows_side_by_side, side_of, text_diff
from indicators.model import Indicator, Standard
from ui.components import labels, places, verbatim
from ui.components.rows.row import VETO_SECTION
from ui.components.rules import row_words
from ui.rules import library

TEXT, ASKS, ALL = "text", "asks", "all"
_Topic = tuple[str, list[RowDifference]]  # its title, "" for none
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
    every = rows_side_by_side(standard_difference(reading.standard, reading.beside, library().vocabulary))
    return tuple(row for row in every if not reading.only_different or not row.alike or row.id == reading.row)


def standard_table(reading: ShownStandard, rows: Sequence[RowDifference]) -> str:
    """HTML of the outline and the table."""
    cells = _beside if reading.beside is not None else _single
    return (
        f'<div class="dc-book">{_outline(reading, rows)}<div class="dc-book-page">'
        f'<table class="dc-book-table{" dc-two" if reading.beside else ""}">{_columns(reading)}'
        f"<tbody>{_body(reading, rows, cells)}</tbody></table></div></div>"
    )


def _columns(reading: ShownStandard) -> str:
    if reading.beside is None:
        last = "、".join(_last_columns(reading.standard)) or "评估方法"
        return (
            '<colgroup><col class="dc-c1"><col class="dc-c2"><col><col class="dc-c4"></colgroup>'
            f"<thead><tr><th>项目</th><th>内容</th><th>指标</th><th>{last}</th></tr></thead>"
        )
    names = "".join(
        f"<th>{verbatim.markup(labels.short_name(standard))}</th>" for standard in (reading.standard, reading.beside)
    )
    return (
        '<colgroup><col class="dc-c1"><col class="dc-c2"><col><col></colgroup>'
        f"<thead><tr><th>项目</th><th>内容</th>{names}</tr></thead>"
    )


def _last_columns(standard: Standard) -> list[str]:
    """What the last column holds: the documents of 2018 print one or the other, a standard of one's own may both."""
    rows = standard.rows()
    columns = (("评估方法", any(row.methods for row in rows)), ("责任单位", any(row.responsible_units for row in rows)))
    return [name for name, printed in columns if printed]


def _grouped(reading: ShownStandard, rows: Sequence[RowDifference]) -> list[tuple[str, list[_Topic]]]:
    """By section and topic, in the order given."""
    return [
        (section, [(topic, list(listed)) for (_, topic), listed in groupby(of, lambda row: _place(reading, row))])
        for section, of in groupby(rows, lambda row: _place(reading, row)[0])
    ]


def _body(
    reading: ShownStandard, rows: Sequence[RowDifference], cells: Callable[[ShownStandard, RowDifference], str]
) -> str:
    lines = []
    for section, topics in _grouped(reading, rows):
        wide = "" if topics[0][0] else ' colspan="2"'
        heads = _head(section, sum(len(listed) for _, listed in topics), wide)
        for topic, listed in topics:
            heads += _head(topic, len(listed)) if topic else ""
            for row in listed:
                here = ' class="dc-here"' if row.id == reading.row else ""
                lines.append(f"<tr{here} {places.place(reading.standard.id, row.id)}>{heads}{cells(reading, row)}</tr>")
                heads = ""
    return "".join(lines)


def _head(words: str, rows: int, wide: str = "") -> str:
    stays = f'<div class="dc-stay">{verbatim.markup(words)}</div>'
    return f'<th class="dc-part" scope="rowgroup" rowspan="{rows}"{wide}>{stays}</th>'


def _owner(reading: ShownStandard, row: RowDifference) -> tuple[Standard, Indicator]:
    """The first standard that has the row, and the row there."""
    several = ((reading.standard, row.old), (reading.beside, row.new))
    return next((standard, edition) for standard, edition in several if standard is not None and edition is not None)


def _place(reading: ShownStandard, row: RowDifference) -> tuple[str, str]:
    """The titles of its section and its topic; a veto has no topic."""
    standard, edition = _owner(reading, row)
    if edition.consequence == "veto":
        return VETO_SECTION, ""
    titles = {section.id: section.title for section in standard.sections}
    titles |= {topic.id: topic.title for section in standard.sections for topic in section.topics}
    return titles.get(edition.section, edition.section), titles.get(edition.topic, edition.topic)


def _single(reading: ShownStandard, row: RowDifference) -> str:
    standard, edition = _owner(reading, row)
    printed = row_words.statement((Piece(edition.statement, "both"),))
    return (
        f"<td>{row_words.head(standard, edition, '')}{printed}{_details(reading, standard, edition)}</td>"
        f'<td class="dc-method">{row_words.last_column(edition, named=len(_last_columns(reading.standard)) > 1)}</td>'
    )


def _beside(reading: ShownStandard, row: RowDifference) -> str:
    if reading.beside is None or row.old is None or row.new is None:
        return _only_one(reading, row)
    if row.alike:
        return f'<td colspan="2">{_alike(reading, reading.beside, row.old, row.new)}</td>'
    pieces = text_diff(row.old.statement, row.new.statement)
    differing = "".join(labels.tag(f"{words}不同", "notice") for part, words in PARTS.items() if part in row.differing)
    left = _side(reading, reading.standard, row.old, side_of(pieces, "first"), row.measures[1])
    right = _side(reading, reading.beside, row.new, side_of(pieces, "second"), row.measures[0])
    first = row_words.head(reading.standard, row.old, reading.beside.id, differing)
    second = row_words.head(reading.beside, row.new, "")
    return f"<td>{first}{left}</td><td>{second}{right}</td>"


def _alike(reading: ShownStandard, beside: Standard, first: Indicator, second: Indicator) -> str:
    """One cell for both: the statement once, and what only the tool adds twice where it is not the same."""
    head = row_words.head(reading.standard, first, beside.id, labels.tag("两标准相同"))
    printed = row_words.statement((Piece(first.statement, "both"),))
    last = f"{row_words.last_column(first, named=True)}{row_words.last_column(second, named=True)}"
    if reading.detail == TEXT:
        return f"{head}{printed}{last}"
    founding = _once(reading, _founding(reading, first), _founding(reading, second))
    ours = _once(reading, row_words.ours(first), row_words.ours(second)) if reading.detail == ALL else ""
    return f"{head}{printed}{last}{row_words.asks(reading.standard, first)}{founding}{ours}"


def _once(reading: ShownStandard, first: str, second: str) -> str:
    """HTML of the same part of both standards: once where it is the same, else each under its standard's name."""
    if first == second or reading.beside is None:
        return first
    named = ((reading.standard, first), (reading.beside, second))
    return "".join(f"<div>{labels.tag(labels.short_name(standard))}{part or '无'}</div>" for standard, part in named)


def _only_one(reading: ShownStandard, row: RowDifference) -> str:
    standard, edition = _owner(reading, row)
    mark = labels.tag(f"只在{labels.short_name(standard)}中", "notice")
    beside = reading.beside.id if reading.beside and standard is reading.standard else ""
    head = row_words.head(standard, edition, beside, mark)
    present = f"<td>{head}{_side(reading, standard, edition, (Piece(edition.statement, 'both'),))}</td>"
    absent = '<td class="dc-absent">没有这一项</td>'
    return f"{present}{absent}" if row.old is not None else f"{absent}{present}"


def _side(
    reading: ShownStandard,
    standard: Standard,
    row: Indicator,
    pieces: Iterable[Piece],
    other_measures: Collection[str] | None = None,
) -> str:
    """A row in its standard; ``other_measures``: those of the same row in the other, a line each, where that has it."""
    printed = row_words.statement(tuple(pieces))
    details = _details(reading, standard, row, other_measures)
    return f"{printed}{row_words.last_column(row, named=True)}{details}"


def _details(
    reading: ShownStandard, standard: Standard, row: Indicator, other_measures: Collection[str] | None = None
) -> str:
    if reading.detail == TEXT:
        return ""
    more = row_words.ours(row) if reading.detail == ALL else ""
    return f"{row_words.asks(standard, row, other_measures)}{_founding(reading, row)}{more}"


def _founding(reading: ShownStandard, row: Indicator) -> str:
    return row_words.founding(row, _back(reading, row))


def _back(reading: ShownStandard, row: Indicator | RowDifference) -> str:
    """The address of the row on this page, where the way back from a clause leads too."""
    return places.standard_address(reading.standard.id, row.id, reading.beside.id if reading.beside else "")


def _outline(reading: ShownStandard, rows: Sequence[RowDifference]) -> str:
    """The way through: section, topics, each to its first row on the page."""
    parts = []
    for section, topics in _grouped(reading, rows):
        items = "".join(
            f"<li>{places.link(_back(reading, listed[0]), topic)}<small>{len(listed)}</small></li>"
            for topic, listed in topics
            if topic
        )
        head = places.link(_back(reading, topics[0][1][0]), section)
        parts.append(f"<li><b>{head}</b>{f'<ul>{items}</ul>' if items else ''}</li>")
    return f'<nav class="dc-outline" aria-label="目录"><p>目录</p><ul>{"".join(parts)}</ul></nav>'
