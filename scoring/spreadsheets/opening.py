"""The one guarded opener of XLSX files: sizes are counted before anything is parsed, what cannot be trusted is refused.

Refused in a coded Chinese sentence: what is no XLSX, macros, passwords, zip bombs, declared entities, too many cells,
and in cells: formulas, error values, merged cells. A cell far out, or a range, counts as all the cells it makes a
program fill in. Every value comes out as the text a person would type.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ReadCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from scoring.archives.guarded import UNREADABLE, BombError, pieces

MOST_BYTES = 10_000_000
_MOST_UNPACKED = 60_000_000
_MOST_PARTS = 500
_MOST_CELLS = 400_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what Office wraps a file with a password in
_ALL_COLUMNS, _ALL_ROWS = 16_384, 1_048_576
_SPREAD = frozenset({"mergeCell", "hyperlink", "comment"})  # what openpyxl writes into every cell of its range


class BadSpreadsheetError(ValueError):
    """A file or a cell that is not taken; ``sentence`` is Chinese: what is wrong, where, what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something: its ``place`` (B3), counted ``row`` and ``column`` from 1, its text as typed."""

    row: int
    column: int
    text: str

    @property
    def place(self) -> str:
        """B3."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with the cells that hold something, in order."""

    title: str
    hidden: bool
    cells: tuple[Cell, ...]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells row by row; blank rows and blank cells do not come."""
        row: list[Cell] = []
        for cell in self.cells:
            if row and cell.row != row[0].row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The sheets of a file, in order."""

    sheets: tuple[Sheet, ...]

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of that title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def open_spreadsheet(content: bytes) -> Spreadsheet:
    """The file's sheets; raises `BadSpreadsheetError`."""
    _check_parts(content)
    try:
        book = load_workbook(BytesIO(content), keep_links=False)
    except Exception as broken:  # openpyxl raises whatever its parsers do
        raise BadSpreadsheetError("broken", "打不开这个表格文件，内容不完整或已损坏；请重新下载后填写") from broken
    return Spreadsheet(tuple(_sheet(sheet) for sheet in book.worksheets))


def _check_parts(content: bytes) -> None:
    """Everything that can be known before a byte is parsed."""
    if not content:
        raise BadSpreadsheetError("empty", "文件是空的（0 字节）；请重新保存后再试")
    if len(content) > MOST_BYTES:
        raise BadSpreadsheetError(
            "too_large", f"文件有 {len(content) / 1e6:.1f} MB，超过 {MOST_BYTES / 1e6:.0f} MB；请删去图片等无关内容"
        )
    if content.startswith(_OLD_EXCEL):
        raise BadSpreadsheetError("old_or_locked", "是旧版 xls 文件或加了密码的文件；请去掉密码，另存为 xlsx 再试")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise BadSpreadsheetError("not_xlsx", "不是 xlsx 表格文件；请用 WPS 或 Excel 另存为 xlsx 再试") from broken
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadSpreadsheetError("macros", "文件里有宏（xlsm）；请另存为不带宏的 xlsx 再试")
    if "xl/workbook.xml" not in names:
        raise BadSpreadsheetError("not_xlsx", "虽是压缩格式，却不是 xlsx 表格（可能是改了名的其他文件）；请另存为 xlsx")
    if len(parts) > _MOST_PARTS or len(names) != len(parts):
        raise BadSpreadsheetError("bomb", f"文件内的部件重复或超过 {_MOST_PARTS} 个，不像正常的表格；请重新下载后填写")
    left, cells = _MOST_UNPACKED, 0
    for part in parts:
        unpacked, found = _weigh(archive, part, left)
        left -= unpacked
        cells += found
    if cells > _MOST_CELLS:
        raise _too_many()


def _too_many() -> BadSpreadsheetError:
    return BadSpreadsheetError("too_many_cells", f"单元格超过 {_MOST_CELLS} 个；请删去下方和右侧的空白行、列再试")


def _declared() -> BadSpreadsheetError:
    return BadSpreadsheetError("entities", "文件里有不该出现的声明，不像正常的表格；请重新下载后填写")


class _Elements:
    """Counts the cells that the elements of a part make; read as whoever parses it will read it."""

    def __init__(self) -> None:
        self.cells = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._readable = True

    def feed(self, chunk: bytes) -> None:
        """Raises `BadSpreadsheetError` for a document type."""
        if self._readable:
            try:
                self._parser.Parse(chunk, False)  # noqa: FBT003 - the C function takes it by position
            except expat.ExpatError:
                self._readable = False  # no XML: nobody else can read it either

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self.cells += 1
        elif name in _SPREAD:
            self.cells += _area(attributes.get("ref", ""))

    def _refuse(self, *_: object) -> None:
        raise _declared()


def _area(ref: str) -> int:
    """How many cells a range has; 0 for what is none, which the parser then says."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return 0
    return max((right or _ALL_COLUMNS) - (left or 1) + 1, 0) * max((bottom or _ALL_ROWS) - (top or 1) + 1, 0)


def _weigh(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> tuple[int, int]:
    """How many bytes and cells a part really holds; what its header says is not believed."""
    bomb = BadSpreadsheetError("bomb", "文件展开后过大，不像正常的表格（压缩炸弹）；请重新下载后填写")
    size, elements = 0, _Elements()
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        for chunk in pieces(archive, part, left):
            size += len(chunk)
            if is_xml and b"\x00" in chunk:  # Office、WPS、LibreOffice 都写 UTF-8
                raise _declared()
            elements.feed(chunk)
    except BombError as too_much:
        raise bomb from too_much
    except UNREADABLE as broken:
        raise BadSpreadsheetError("broken", "打不开这个表格文件，内容不完整、已损坏或加了密码；请重新下载") from broken
    return size, elements.cells


def _sheet(sheet: Worksheet) -> Sheet:
    if sheet.merged_cells.ranges:
        at = min(str(merged) for merged in sheet.merged_cells.ranges)
        raise BadSpreadsheetError("merged", f"工作表“{sheet.title}”的 {at} 合并过单元格；请取消合并，一格只填一项")
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise _too_many()
    cells = tuple(
        Cell(cell.row, cell.column, text)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (text := _text(cell, sheet.title))
    )
    return Sheet(sheet.title, sheet.sheet_state != "visible", cells)


def _text(cell: ReadCell, title: str) -> str:
    """The value as a person would type it: numbers exact, shares with their sign, days as 2018-05-28."""
    value = cell.value
    if cell.data_type == "f":
        where = f"工作表“{title}”的 {cell.coordinate}"
        raise BadSpreadsheetError("formula", f"{where} 是公式；请只填算好的数字（复制后选择性粘贴为数值）")
    if cell.data_type == "e":
        where = f"工作表“{title}”的 {cell.coordinate}"
        raise BadSpreadsheetError("error_value", f"{where} 是错误值（{value}）；请改填正确的内容")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        if "%" in cell.number_format:
            return f"{_plain(exact * 100)}%"
        return _plain(exact)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")


def _plain(number: Decimal) -> str:
    """Digits without exponent and without zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
