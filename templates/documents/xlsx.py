"""The tables of a `Document` as XLSX, a sheet each, and 说明: what it is about and what of it is ours."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.spreadsheets.tables import Column as SheetColumn
from scoring.spreadsheets.tables import Table as Sheet
from scoring.spreadsheets.tables import table_xlsx
from templates.documents.model import Column, Document, RenderedDocument, Table

_EMPTY = "没有内容"
_NOTHING = Table((Column("内容", 1),), ())  # of a document in which no table stands: no workbook is without a sheet


def render_xlsx(document: Document) -> RenderedDocument:
    """The whole file. The same document gives the same bytes."""
    about = tuple(_about(document))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sheets = (_sheet(table, number, about, document.name) for number, table in enumerate(tables or [_NOTHING], start=1))
    return RenderedDocument(table_xlsx(*sheets))


def _sheet(table: Table, number: int, about: tuple[tuple[str, str], ...], head: str) -> Sheet:
    """Without rows: its head and a line that says so."""
    columns = [SheetColumn(column.heading, column.kind) for column in table.columns]
    nothing = (table.empty or _EMPTY, *[""] * (len(columns) - 1))
    return Sheet(table.sheet or f"表{number}", columns, table.rows or [nothing], about, head)


def _about(document: Document) -> Iterator[tuple[str, str]]:
    yield "标题", "".join(document.title)
    yield from ((label or "范围", text) for label, text in document.about)
    for name, words in (("注意", document.mark), ("说明", document.ours)):
        if words:
            yield name, words
