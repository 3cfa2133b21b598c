"""A layout filled with contents: a `Document`. What people typed is put in once and never read as a layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.wording import plain
from templates.application_form.plan import printed_date
from templates.documents.layout import NAME, BlockLayout, ColumnLayout, DocumentLayout, FieldLayout, TableLayout
from templates.documents.model import (
    Bar,
    Bars,
    Block,
    CellValue,
    Column,
    Document,
    Ending,
    Field,
    Fields,
    Heading,
    PageBreak,
    Prose,
    Signature,
    Signatures,
    Small,
    Table,
)
from templates.text import cleaning

Scope = Mapping[str, Any]


def fill(layout: DocumentLayout, contents: object, ending: Ending) -> Document:
    """The document as it is in files of that ending. ``contents``: of the dataclass the layout was read for."""
    values = _values(contents)
    scope, day = {**layout.names, **values}, values.get("printed_on")
    return Document(
        title=tuple(cleaning.one_line(line) for line in _filled(layout.title, scope).split("\n")),
        paper=layout.paper,
        blocks=tuple(_blocks(layout.blocks, scope, ending)),
        about=tuple(
            (_filled(line.label, scope), text)
            for line in layout.about
            if _holds(line.when, scope) and (text := _filled(line.value, scope))
        ),
        ours=_filled(layout.ours, scope),
        mark=_filled(layout.mark, scope),
        cover=layout.cover,
        contents=layout.contents,
        # What can be edited bears no check code: an edit would belie it.
        code=_filled(f"{{{layout.code}}}", scope) if layout.code and ending == "pdf" else "",
        made_on=day if isinstance(day, date) else None,
    )


def _values(row: object) -> dict[str, Any]:
    assert is_dataclass(row)  # noqa: S101 - the layout was checked against this dataclass
    return {field.name: getattr(row, field.name) for field in fields(row)}


def shown(value: object) -> str:
    """A value in running text: numbers plain, days as papers write them, several texts a line each."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return plain(value)
    if isinstance(value, date):
        return printed_date(value) or ""
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _filled(words: str | None, scope: Scope) -> str:
    return NAME.sub(lambda match: shown(scope[match[1]]), words or "")


def _holds(name: str | None, scope: Scope) -> bool:
    return name is None or bool(scope[name])


def _blocks(layouts: list[BlockLayout], scope: Scope, ending: Ending) -> Iterator[Block]:
    for layout in layouts:
        stands = _holds(layout.when, scope) and (layout.unless is None or not scope[layout.unless])
        if stands and (layout.only is None or ending in layout.only):
            yield from _block(layout, scope, ending)


def _block(layout: BlockLayout, scope: Scope, ending: Ending) -> Iterator[Block]:
    if layout.each is not None:
        for row in scope[layout.each]:
            yield from _blocks(layout.blocks or [], {**scope, **_values(row)}, ending)
    elif layout.table is not None:
        yield from _table(layout.table, scope, ending)
    elif layout.fields is not None:
        there = tuple(_field(field, scope) for field in layout.fields if _holds(field.when, scope))
        yield from (Fields(there, layout.across or 1),) if there else ()
    elif layout.bars is not None:
        rows = [{**scope, **_values(row)} for row in scope[layout.bars.rows]]
        bars = (Bar(_filled(layout.bars.label, row), row[layout.bars.part], row[layout.bars.whole]) for row in rows)
        yield Bars(tuple(bars))
    elif layout.signatures is not None:
        yield Signatures(
            tuple(Signature(_filled(signature.label, scope), signature.dated) for signature in layout.signatures),
            layout.across or 1,
        )
    elif layout.page_break:
        yield PageBreak()
    else:
        yield from _words(layout, scope)


def _words(layout: BlockLayout, scope: Scope) -> Iterator[Block]:
    """A heading or text; nothing where all its names are empty."""
    text = _filled(layout.heading or layout.prose or layout.small, scope)
    if not cleaning.paragraphs(text):
        return
    if layout.heading is not None:
        yield Heading(text, layout.level or 1, layout.align)
    elif layout.prose is not None:
        yield Prose(text, layout.align)
    else:
        yield Small(text)


def _field(layout: FieldLayout, scope: Scope) -> Field:
    return Field(_filled(layout.label, scope), _filled(layout.value, scope), layout.lines)


def _table(layout: TableLayout, scope: Scope, ending: Ending) -> Iterator[Block]:
    rows = [{**scope, **_values(row)} for row in scope[layout.rows]]
    shown_columns = [one for one in layout.columns if _holds(one.when, scope)]
    columns = [made for one in shown_columns for made in _columns(one, scope)]
    cells = [tuple(cell for one in shown_columns for cell in _cells(one, row)) for row in rows]
    cells += [("",) * len(columns)] * layout.blank_rows
    empty = _filled(layout.empty, scope)
    if not cells and empty and ending != "xlsx":
        yield Prose(empty)
        return
    yield Table(tuple(columns), tuple(cells), _filled(layout.sheet, scope), layout.lines, empty, layout.whole or 0)


def _columns(layout: ColumnLayout, scope: Scope) -> Iterator[Column]:
    """One, or with ``each`` one for every row of the list."""
    heads = [scope] if layout.each is None else [{**scope, **_values(row)} for row in scope[layout.each]]
    for head in heads:
        yield Column(_filled(layout.heading, head), layout.width, layout.kind, layout.align)


def _cells(column: ColumnLayout, row: Scope) -> Iterator[CellValue]:
    if column.each is None:
        yield _cell(column, row)
    else:
        yield from row[(column.value or "").strip("{}")]


def _cell(column: ColumnLayout, row: Scope) -> CellValue:
    if column.kind == "text":
        return _filled(column.value, row)
    value: CellValue = row[(column.value or "").strip("{}")]
    return value
