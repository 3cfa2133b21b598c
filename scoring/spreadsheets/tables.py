"""The one table writer: XLSX with a frozen header, CSV for everything else. The same table gives the same bytes.

Nothing in a table is ever a live formula: text stays text in XLSX, and in CSV a text that a spreadsheet would compute
is led by an apostrophe.
"""

from __future__ import annotations

import csv
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

CellValue = str | int | Decimal | bool | date | None
LONGEST_TEXT = 32_767  # what a cell of XLSX can hold
TEXT_FORMAT = "@"
_NARROWEST, _WIDEST = 8, 60
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_EXACT_DIGITS = 15  # what a number of XLSX keeps
_STILL = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")
_LINE = Side(style="thin", color="FFBFBFBF")
BORDER = Border(_LINE, _LINE, _LINE, _LINE)
HEADER_FONT = Font(bold=True)
HEADER_FILL = PatternFill("solid", fgColor="FFE8EEF4")
WRAPPED = Alignment(wrap_text=True, vertical="top")


class Looks:
    """How a workbook's cells look. openpyxl looks up each part of it anew for each cell; here once for each look."""

    def __init__(self) -> None:
        self._given: dict[tuple[object, ...], StyleArray] = {}

    def give(self, cell: Cell, **parts: Border | Alignment | Font | PatternFill | Protection) -> None:
        """``parts``: of a cell's style by their names; beside its number format, which it has by now."""
        key = (cell.number_format, *parts, *map(id, parts.values()))
        if key in self._given:
            cell._style = copy(self._given[key])
            return
        for name, part in parts.items():
            setattr(cell, name, part)
        self._given[key] = copy(cell._style)


@dataclass(frozen=True, slots=True)
class Table:
    """``title``: the sheet's. ``columns``: their headings. ``rows``: as many cells as there are columns."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def table_xlsx(*tables: Table) -> bytes:
    """The tables as an XLSX file, a sheet each: header frozen, columns as wide as their Chinese, days as days."""
    book = Workbook()
    book.remove(book.active)
    looks = Looks()
    for table in tables:
        sheet = book.create_sheet(sheet_title(table.title))
        for number, cells in enumerate((table.columns, *table.rows), 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(number, column)
                put(cell, value)
                if number == 1:
                    looks.give(cell, alignment=WRAPPED, border=BORDER, font=HEADER_FONT, fill=HEADER_FILL)
                else:
                    looks.give(cell, alignment=WRAPPED, border=BORDER)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        if table.columns:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
        for column, heading in enumerate(table.columns, 1):
            cells_below = (row[column - 1] for row in table.rows)
            widest = max(map(text_width, map(_shown, (heading, *cells_below))))
            sheet.column_dimensions[get_column_letter(column)].width = min(max(widest + 3, _NARROWEST), _WIDEST)
    return saved(book)


def table_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8 that Excel knows by its mark."""
    written = StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([_unarmed(heading) for heading in table.columns])
    lines.writerows([_unarmed(value) for value in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def put(cell: Cell, value: CellValue) -> None:
    """Write a value as what it is; text is never taken for a formula, nor a long number rounded."""
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _is_exact(value):
        cell.value = value
        return
    if isinstance(value, date):
        # XLSX knows no time zone: an instant is written as its own reads.
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        return
    cell.value = ""
    cell.value = _UNWRITABLE.sub("\ufffd", _shown(value))[:LONGEST_TEXT]
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, without the machine's time in them."""
    raw, still = BytesIO(), BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as rewritten:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2018-01-01T00:00:00Z\g<3>", content)
            entry = zipfile.ZipInfo(part.filename, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            rewritten.writestr(entry, content)
    return still.getvalue()


def sheet_title(title: str) -> str:
    """A title that XLSX can bear."""
    return _SHEET_TITLE.sub(" ", title)[:_LONGEST_TITLE] or "表"


def text_width(text: str) -> int:
    """How many columns of digits the widest line takes: two for each Chinese character."""
    wide = (
        sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line) for line in text.split("\n")
    )
    return max(wide, default=0)


def _is_exact(number: int | Decimal) -> bool:
    return len(Decimal(number).as_tuple().digits) <= _EXACT_DIGITS


def _shown(value: CellValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def _unarmed(value: CellValue) -> str:
    text = _shown(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" \u3000").startswith(_LIVE) else text
