"""The one table writer: XLSX with a frozen header, CSV for everything else. The same table gives the same bytes.

Nothing in a table is ever a live formula: text stays text in XLSX, and in CSV a text that a spreadsheet would compute
is led by an apostrophe.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scoring.archives.still import without_time

CellValue = str | int | Decimal | bool | date | None
Kind = Literal["text", "count", "number", "percent", "truth", "date", "datetime"]
LONGEST_TEXT = 32_767  # what a cell of XLSX can hold
TEXT_FORMAT, PERCENT_FORMAT = "@", "0.0%"
ABOUT = "说明"
_NARROWEST, _WIDEST = 8, 60
_ABOUT_WIDTH = 80  # a fingerprint stands on one line
_PRINTED, _NARROWED = 190, 15  # digits across a landscape page that can still be read; no column is narrowed beyond
_LONGEST_HEAD = 120  # XLSX bears 255 with the signs around it
_A4 = 9  # as XLSX numbers papers
_LINE_HEIGHT, _TALLEST = 16, 405  # points; XLSX bears 409
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_EXACT_DIGITS = 15  # what a number of XLSX keeps
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
class Column:
    """``kind``: what its cells hold, for files with typed columns; in each, a percentage is kept as the share 0.7.
    ``width``: in digits, 0 = as its cells want. ``means``: told on the sheet 说明."""

    heading: str
    kind: Kind = "text"
    width: int = 0
    means: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``title``: the sheet's. ``columns``: or their headings alone. ``rows``: as many cells as there are columns.

    ``about``: what the sheet 说明 says of it, name by name; without any there is none. ``head``: above each page as
    printed, the sheet's title where there is none.
    """

    title: str
    columns: Sequence[str | Column]
    rows: Sequence[Sequence[CellValue]]
    about: Sequence[tuple[str, CellValue]] = ()
    head: str = ""

    @property
    def typed(self) -> tuple[Column, ...]:
        """Its columns."""
        return tuple(one if isinstance(one, Column) else Column(one) for one in self.columns)


def table_xlsx(*tables: Table) -> bytes:
    """The tables as an XLSX file, a sheet each: header frozen, columns as wide as their Chinese, days as days; and a
    sheet 说明 of what is said about them."""
    book = Workbook()
    book.remove(book.active)
    looks = Looks()
    about = dict.fromkeys(line for table in tables for line in _about(table))
    if about:
        named = "、".join(dict.fromkeys(table.title for table in tables if table.about))
        told = [
            Table(ABOUT, ("项目", Column("内容", width=_ABOUT_WIDTH)), (("表", named), *about), head=tables[0].head)
        ]
    else:
        told = []
    for table in (*tables, *told):
        _fill(book.create_sheet(sheet_title(table.title)), table, looks)
    return saved(book)


def _fill(sheet: Worksheet, table: Table, looks: Looks) -> None:
    columns = table.typed
    widths = _fitted([_width(column, (row[place] for row in table.rows)) for place, column in enumerate(columns)])
    for number, cells in enumerate(([column.heading for column in columns], *table.rows), 1):
        for place, value in enumerate(cells, 1):
            cell = sheet.cell(number, place)
            put(cell, value)
            if number == 1:
                looks.give(cell, alignment=WRAPPED, border=BORDER, font=HEADER_FONT, fill=HEADER_FILL)
                continue
            if columns[place - 1].kind == "percent" and cell.data_type == "n":
                cell.number_format = PERCENT_FORMAT
            looks.give(cell, alignment=WRAPPED, border=BORDER)
        # 不写行高，换行的字在有的软件里只见第一行。
        if (lines := max(map(_lines, cells, widths), default=1)) > 1:
            sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT, _TALLEST)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the paper
    head = _UNWRITABLE.sub("", table.head or sheet_title(table.title))[:_LONGEST_HEAD]
    sheet.oddHeader.center.text = head.replace("&", "&&")
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(table.rows) + 1}"


def _width(column: Column, cells: Iterable[CellValue]) -> int:
    widest = max(map(text_width, map(_shown, (column.heading, *cells))))
    return column.width or min(max(widest + 3, _NARROWEST), _WIDEST)


def _fitted(widths: list[int]) -> list[int]:
    """The wide ones narrowed, each by its part, until the table can be read as printed; untouched where they cannot."""
    least = [min(width, _NARROWED) for width in widths]
    over, room = sum(widths) - sum(least), _PRINTED - sum(least)
    if over <= room or room < 0:
        return widths
    return [low + (width - low) * room // over for width, low in zip(widths, least, strict=True)]


def _lines(value: CellValue, width: int) -> int:
    """How many lines a text takes in a column; words that break early take one more now and then."""
    if not isinstance(value, str) or ("\n" not in value and 2 * len(value) < width):
        return 1
    return sum(1 + text_width(line) // (width - 1) for line in value.split("\n"))


def _about(table: Table) -> list[tuple[str, CellValue]]:
    if not table.about:
        return []
    meant = ((f"列“{column.heading}”", column.means) for column in table.typed if column.means)
    return [*table.about, *meant]


def table_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8 that Excel knows by its mark."""
    written = StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    columns = table.typed
    lines.writerow([_unarmed(column.heading) for column in columns])
    lines.writerows(
        [
            _unarmed(_percent(value) if column.kind == "percent" else value)
            for value, column in zip(row, columns, strict=True)
        ]
        for row in table.rows
    )
    return written.getvalue().encode("utf-8-sig", "replace")


def _percent(value: CellValue) -> str:
    """As spreadsheets read one."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _unarmed(value)
    digits = format((Decimal(value) * 100).normalize(), "f")
    return f"{digits}%"


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
    raw = BytesIO()
    book.save(raw)
    return without_time(raw.getvalue())


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
