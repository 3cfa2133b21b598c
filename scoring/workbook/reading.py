"""Reads a filled-in workbook back: every fault with sheet, cell and cure, all at once, and nothing half read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from indicators.model import Library
from indicators.reading.problems import ProblemsError
from scoring.exchange.reading import read_submission
from scoring.exchange.writing import write_submission
from scoring.spreadsheets.opening import BadSpreadsheetError, Cell, Sheet, Spreadsheet, open_spreadsheet
from scoring.spreadsheets.tables import LONGEST_TEXT, sheet_title
from scoring.submission import Submission
from scoring.workbook.applying import Refusal, apply_changes
from scoring.workbook.identity import SHEET, Identity, read_identity
from scoring.workbook.part import Key
from scoring.workbook.plan import LATER_COLUMNS, REGISTER, Fill, Line, SheetPlan, sheets_of
from scoring.workbook.writing import GUIDE

_MOST_TOLD = 50
_LONGEST_SHOWN = 20
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its code, where, and in Chinese what to do. ``sheet`` "": the file as a whole."""

    code: str
    sheet: str
    cell: str
    text: str

    def __str__(self) -> str:
        where = f"工作表“{self.sheet}”" + (f"的 {self.cell}" if self.cell else "") if self.sheet else ""
        return f"{where}：{self.text}" if where else self.text


class WorkbookError(ValueError):
    """The workbook is not read; ``faults`` says all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        more = len(faults) - _MOST_TOLD
        self.faults = (*faults[:_MOST_TOLD], *([Fault("more", "", "", f"另有 {more} 处没有列出")] if more > 0 else []))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """``changed``: cells that differ from what the workbook was made with; ``submission``: with all of them.

    ``places``: sheet and cell of each.
    """

    identity: Identity
    changed: Mapping[Key, str]
    places: Mapping[Key, tuple[str, str]]
    submission: Submission


def read_workbook(content: bytes, library: Library) -> FilledWorkbook:
    """What was filled in; raises `WorkbookError`."""
    try:
        book = open_spreadsheet(content)
        identity = read_identity(book.sheet(SHEET), library)
    except BadSpreadsheetError as bad:
        raise WorkbookError([Fault(bad.code, "", "", bad.sentence)]) from bad
    planned = sheets_of(identity.base, library, identity.part, identity.first_spare)
    reader = _Reader(book)
    reader.read(planned)
    submission, refusals = apply_changes(identity.base, library, reader.changed)
    faults = [*reader.faults, *map(reader.fault_of, refusals)]
    if faults:
        raise WorkbookError(faults)
    try:
        read_submission(write_submission(submission), "", library)
    except ProblemsError as error:
        raise WorkbookError(
            [Fault("not_accepted", "", "", f"{problem.where}：{problem.message}") for problem in error.problems]
        ) from error
    return FilledWorkbook(identity, reader.changed, reader.places, submission)


def _as_made(plan: SheetPlan, sheet: Sheet) -> SheetPlan:
    """Without the last columns of the register that a workbook made before there were such has not."""
    there = {_folded(cell.text) for cell in sheet.cells if cell.row == 1}
    lacking = 0 if plan.title != REGISTER or there & LATER_COLUMNS else len(LATER_COLUMNS)
    if not lacking:
        return plan
    lines = tuple(replace(line, fills=line.fills[:-lacking]) for line in plan.lines)
    return replace(plan, fill=plan.fill[:-lacking], lines=lines)


class _Reader:
    """Holds a file against its plan and gathers the cells that were changed."""

    def __init__(self, book: Spreadsheet) -> None:
        self.book = book
        self.faults: list[Fault] = []
        self.changed: dict[Key, str] = {}
        self.places: dict[Key, tuple[str, str]] = {}

    def read(self, planned: list[SheetPlan]) -> None:
        titles = {sheet_title(sheet.title) for sheet in planned}
        for sheet in self.book.sheets:
            if sheet.title not in titles | {SHEET, GUIDE} and sheet.cells and not sheet.hidden:
                self._fault("sheet_unknown", sheet.title, "", "不属于填报表；请把内容移到相应的格子，再删去它")
        for plan in planned:
            title = sheet_title(plan.title)
            sheet_there = self.book.sheet(title)
            if sheet_there is None:
                self._fault("sheet_missing", title, "", "不见了（被删去或改了名）；请恢复，或重新下载填报表")
            elif self._columns_stand(sheet_there, made := _as_made(plan, sheet_there)):
                self._lines(sheet_there, made)

    def fault_of(self, refusal: Refusal) -> Fault:
        """With the place of the cell it speaks of."""
        return Fault(refusal.code, *self.places.get(refusal.key, ("", "")), refusal.text)

    def _fault(self, code: str, sheet: str, cell: str, text: str) -> None:
        self.faults.append(Fault(code, sheet, cell, text))

    def _columns_stand(self, sheet: Sheet, plan: SheetPlan) -> bool:
        headings = ("", *plan.words, *plan.fill)
        there = {cell.column: cell.text for cell in sheet.cells if cell.row == 1}
        for column, heading in enumerate(headings, 1):
            if _folded(there.get(column, "")) != heading:
                place = f"{get_column_letter(column)}1"
                found = f"现在是“{_cut(there[column])}”" if column in there else "现在空着"
                self._fault(
                    "columns_changed",
                    sheet.title,
                    place,
                    f"应是“{heading}”一栏，{found}；各栏不能移动、插入或删除，请恢复原样"
                    if heading
                    else "首列由系统使用，不能插入别的列，请恢复原样",
                )
                return False
        return True

    def _lines(self, sheet: Sheet, plan: SheetPlan) -> None:
        by_key = {line.key: line for line in plan.lines}
        width = 1 + len(plan.words) + len(plan.fill)
        seen: set[str] = set()
        for row in sheet.rows():
            cells = {cell.column: cell for cell in row}
            for cell in row:
                if cell.column > width:
                    self._fault("outside", sheet.title, cell.place, "写在表格以外，不会被读取；请移到黄色的格子里")
            if row[0].row == 1:
                continue
            key = cells[1].text if 1 in cells else ""
            if not key:
                inside = [cell for cell in row if cell.column <= width]
                for cell in inside[:1]:
                    self._fault("outside", sheet.title, cell.place, "写在表格以外，不会被读取；请移到黄色的格子里")
            elif key in seen:
                self._fault("row_twice", sheet.title, f"B{row[0].row}", "与上面的一行重复（复制过）；请删去其一")
            elif key not in by_key:
                self._fault("row_unknown", sheet.title, f"B{row[0].row}", "不是填报表里的行；请恢复原样")
            else:
                seen.add(key)
                self._line(sheet.title, by_key[key], cells, row[0].row)
        missing = [line for line in plan.lines if line.key not in seen]
        for line in missing[:3]:
            words = " ".join(word for word in line.words if word)
            more = f"（这样的行共 {len(missing)} 行）" if len(missing) > 1 else ""
            self._fault("row_missing", sheet.title, "", f"“{_cut(words)}”一行不见了{more}；请恢复，或重新下载填报表")

    def _line(self, title: str, line: Line, cells: Mapping[int, Cell], row: int) -> None:
        for column, word in enumerate(line.words, 2):
            text = cells[column].text if column in cells else ""
            if _folded(text) != _folded(word):
                place = f"{get_column_letter(column)}{row}"
                was = f"应是“{_cut(word)}”" if word else "应空着"
                self._fault("locked_changed", title, place, f"锁定的文字被改动，{was}；请恢复原样，只填黄色的格子")
        for column, fill in enumerate(line.fills, 2 + len(line.words)):
            text = _folded(cells[column].text) if column in cells else ""
            self.places[fill.key] = (title, f"{get_column_letter(column)}{row}")
            if len(fill.text) < LONGEST_TEXT and text != _folded(fill.text) and not _same_figure(text, fill):
                self.changed[fill.key] = text
        beside = cells.get(2 + len(line.words))
        if beside is not None and not line.fills:
            self._fault("outside", title, beside.place, "这一行不用填；请移到下面黄色的格子里")


def _same_figure(text: str, fill: Fill) -> bool:
    """3.50 comes back as 3.5 where a program rewrote the file."""
    return fill.is_number and "." in fill.text and text == fill.text.rstrip("0").rstrip(".")


def _folded(text: str) -> str:
    """What of a text survives a workbook: no blanks around it, one kind of line end, no control characters."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("\ufffd", lines).strip()


def _cut(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}……"
