"""The tables of a `Document` as XLSX, a sheet each, and 说明: what it is about and what of it is ours."""

from __future__ import annotations

from itertools import count

from scoring.spreadsheets.tables import Table as Sheet
from scoring.spreadsheets.tables import table_xlsx
from templates.documents.model import Document, RenderedDocument, Table

_ABOUT = "说明"


def render_xlsx(document: Document) -> RenderedDocument:
    """The whole file. The same document gives the same bytes."""
    numbers = count(1)
    sheets = [
        Sheet(block.sheet or f"表{next(numbers)}", [column.heading for column in block.columns], block.rows)
        for block in document.blocks
        if isinstance(block, Table)
    ]
    about = [("标题", "".join(document.title)), *document.about]
    about += [("说明", document.ours)] if document.ours else []
    about += [("注意", document.mark)] if document.mark else []
    about += [("校验码", document.code)] if document.code else []
    return RenderedDocument(table_xlsx(*sheets, Sheet(_ABOUT, ("项目", "内容"), about)))
