"""The tables of a `Document` as XLSX, a sheet each, and 说明: what it is about and what of it is ours."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.spreadsheets.tables import Column as SheetColumn
from scoring.spreadsheets.tables import Table as Sheet
from scoring.spreadsheets.tables import table_xlsx
from templates.documents.model import Document, RenderedDocument, Table


def render_xlsx(document: Document) -> RenderedDocument:
    """The whole file. The same document gives the same bytes."""
    about = tuple(_about(document))
    tables = (block for block in document.blocks if isinstance(block, Table))
    sheets = (
        Sheet(
            table.sheet or f"表{number}",
            [SheetColumn(column.heading, column.kind) for column in table.columns],
            table.rows,
            about,
        )
        for number, table in enumerate(tables, start=1)
    )
    return RenderedDocument(table_xlsx(*sheets))


def _about(document: Document) -> Iterator[tuple[str, str]]:
    yield "标题", "".join(document.title)
    yield from document.about
    for name, words in (("注意", document.mark), ("说明", document.ours)):
        if words:
            yield name, words
