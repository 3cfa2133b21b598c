"""The sheet that townships and subdistricts fill in: counts only, a line for each of them, summed for the county.

Its columns are what the rules' coverage figures count, and the county's facts they are measured by. Names of townships
are read to find gaps and are kept nowhere; the sheet has no place for a person's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter

from indicators.model import Library, takes_decimals
from scoring.conditions import evaluate
from scoring.entry.answer import fields
from scoring.kinds.figure_text import read_figure
from scoring.spreadsheets.opening import BadSpreadsheetError, Cell, Sheet, open_spreadsheet
from scoring.spreadsheets.tables import BORDER, HEADER_FILL, HEADER_FONT, WRAPPED, Looks, put, saved
from scoring.submission import Submission
from scoring.wording import unit_label
from scoring.workbook.identity import SHEET, seal
from scoring.workbook.part import Key
from scoring.workbook.plan import asked_facts, rows_of
from scoring.workbook.reading import Fault, WorkbookError
from scoring.yearly import touched_years

TITLE, GUIDE = "乡镇（街道）汇总表", "填表说明"
NAME = "乡镇（街道）"
# The facts that say how many lines there are; the sheet's lines are what they count.
LINES = ("townships", "subdistricts")
_USUAL_LINES, _SPARE_LINES = 20, 5
_LONGEST_NAME = 30
_FORMAT = 1
_HEADING_HEIGHT = 105  # the longest wraps into seven lines; programs do not fit rows they did not write
_A_TOWNSHIP = re.compile(r".{1,20}(?:乡|镇|街道|办事处|苏木|[农林牧]场|开发区|园区|管委会|管理区|区公所)")
_KEYS, _HEADINGS = 1, 2  # the first lines of the sheet
_OPEN = Protection(locked=False)
_FILL = PatternFill("solid", fgColor="FFFFFBE6")
_TOP = Alignment(vertical="top")


@dataclass(frozen=True, slots=True)
class Count:
    """A column: where its sum goes, what is counted. ``each_is_one``: a township counts itself, 1 or 0."""

    key: Key
    words: str
    unit: str | None = None
    each_is_one: bool = False

    @property
    def heading(self) -> str:
        """As it stands over the column."""
        unit = f"（{unit_label(self.unit)}）" if self.unit else ""
        return f"{self.words}{unit}" + ("：有填1，没有填0" if self.each_is_one else "")


@dataclass(frozen=True, slots=True)
class TownshipSums:
    """``townships``: how many filled in. ``sums``: of columns that all of them filled in; ``lacking``: of the others
    with anything in them, how many did not."""

    townships: int
    sums: Mapping[Count, int]
    lacking: Mapping[Count, int]
    cells: tuple[tuple[str, str], ...] = ()  # every cell that is filled in, by its place


def counts_of(submission: Submission, library: Library, *, every: bool = False) -> tuple[Count, ...]:
    """The columns for this county: facts first, then the rows' figures, each in every year of the period it asks.

    ``every``: also what its facts rule out.
    """
    standards = [library.standards[name] for name in submission.round.standards]
    years = tuple(map(str, touched_years(submission.round.period)))
    measures = [
        (row, measure)
        for row in rows_of(standards)
        for measure in row.measures()
        if measure.kind == "coverage" and (every or evaluate(measure.applies_when, submission.facts) is not False)
    ]
    known, measured_by = asked_facts(standards), dict.fromkeys(name for _, m in measures for name in m.of)
    facts = [
        Count(("facts", name), f"县情 {known[name].label}", known[name].unit)
        for name in measured_by
        if name in known and name not in LINES
    ]
    figures = [
        Count(
            (*row.head, "measures", measure.id, *field.path),
            f"{row.id} {field.label}",
            field.unit,
            bool(measure.of) and set(measure.of) <= set(LINES),
        )
        for row, measure in measures
        for field in fields(measure, years)
        if field.form == "number" and not takes_decimals(field.unit)
    ]
    return (*facts, *figures)


def lines_asked(submission: Submission) -> int | None:
    """How many townships and subdistricts the county has, as far as its facts say."""
    numbers = [submission.facts.get(name) for name in LINES]
    said = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
    return sum(said) if said else None


def write_township_sheet(submission: Submission, library: Library) -> bytes:
    """The empty sheet. The same gives the same bytes."""
    counts = counts_of(submission, library)
    book = Workbook()
    guide, sheet = book.active, book.create_sheet(TITLE)
    guide.title = GUIDE
    for number, text in enumerate(
        (
            f"{submission.division.name}{TITLE}",
            "一行一个乡镇或街道，写全称（如“城关镇”）；行不够的，接着往下写。",
            "每一格只填数目；确实没有的填0，没有统计的空着。一栏有空着的，这一栏不汇总。",
            "只填黄色的格子；标题不要改，栏不要删，不要写公式。不需要的栏整栏空着。",
            "不要填写任何人的姓名、身份证号、电话，也不要附名单。",
            "交回后由县级民政部门在“导入导出”页导入；各栏合计作为建议填入，标“待确认”，核对保存以后才算。",
        ),
        1,
    ):
        put(guide.cell(number, 1), text)
        guide.cell(number, 1).alignment = WRAPPED
    looks = Looks()
    guide.column_dimensions["A"].width = 100
    guide.protection.sheet = True
    for column, (key, heading) in enumerate([("name", NAME), *(("/".join(c.key), c.heading) for c in counts)], 1):
        put(sheet.cell(_KEYS, column), key)
        cell = sheet.cell(_HEADINGS, column)
        put(cell, heading)
        looks.give(cell, font=HEADER_FONT, fill=HEADER_FILL, border=BORDER, alignment=WRAPPED)
        sheet.column_dimensions[get_column_letter(column)].width = 16
        for line in range(_HEADINGS + 1, _HEADINGS + 1 + (lines_asked(submission) or _USUAL_LINES) + _SPARE_LINES):
            looks.give(sheet.cell(line, column), protection=_OPEN, fill=_FILL, border=BORDER, alignment=_TOP)
    sheet.row_dimensions[_KEYS].hidden = True
    sheet.row_dimensions[_HEADINGS].height = _HEADING_HEIGHT
    sheet.freeze_panes = "B3"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    hidden = book.create_sheet(SHEET)
    hidden.sheet_state = "hidden"
    for number, line_of in enumerate(_identity(submission, library), 1):
        for column, text in enumerate(line_of, 1):
            put(hidden.cell(number, column), text)
    return saved(book)


def read_township_sheet(content: bytes, submission: Submission, library: Library) -> TownshipSums:
    """The sums. Raises `WorkbookError`: every cell that is wrong."""
    try:
        book = open_spreadsheet(content)
    except BadSpreadsheetError as bad:
        raise WorkbookError([Fault(bad.code, "", "", bad.sentence)]) from bad
    _same_county(book.sheet(SHEET), submission, library)
    sheet = book.sheet(TITLE)
    if sheet is None:
        raise WorkbookError([Fault("sheet_missing", TITLE, "", "不见了（被删去或改了名）；请恢复，或重新下载")])
    reading = _Reading(sheet, counts_of(submission, library, every=True))
    if reading.faults:
        raise WorkbookError(reading.faults)
    return reading.sums()


def _identity(submission: Submission, library: Library) -> Iterator[tuple[str, str]]:
    fingerprints = {name: library.standards[name].fingerprint for name in submission.round.standards}
    about = {
        "format": _FORMAT,
        "sheet": TITLE,
        "division": [submission.division.code, submission.division.name],
        "round": submission.round.id,
        "standards": fingerprints,
    }
    lines = [("about", json.dumps(about, ensure_ascii=False))]
    yield from lines
    yield "seal", seal(lines)


def _same_county(sheet: Sheet | None, submission: Submission, library: Library) -> None:
    there = [(row[0].text, row[1].text) for row in sheet.rows() if len(row) > 1] if sheet else []
    if not there or there[-1] != ("seal", seal(there[:-1])) or TITLE not in there[0][1]:
        words = f"不是本系统生成的{TITLE}，或者隐藏的工作表“{SHEET}”被改动过；请重新下载"
        raise WorkbookError([Fault("no_identity", "", "", words)])
    if there != list(_identity(submission, library)):
        words = "是别的县、别的批次的，或者按标准的另一版制作；请从本县本批次重新下载，把数目复制过去"
        raise WorkbookError([Fault("other_edition", "", "", words)])


class _Reading:
    """The sheet cell by cell: what is wrong with it, and its columns."""

    def __init__(self, sheet: Sheet, counts: tuple[Count, ...]) -> None:
        self._sheet = sheet
        self.faults: list[Fault] = []
        self.cells: list[tuple[str, str]] = []
        by_key = {"/".join(count.key): count for count in counts}
        rows = {row[0].row: row for row in sheet.rows()}
        self._columns: dict[int, Count] = {}
        self._name = 0
        for cell in rows.get(_KEYS, ()):
            if cell.text == "name":
                self._name = cell.column
            elif cell.text in by_key and by_key[cell.text] not in self._columns.values():
                self._columns[cell.column] = by_key[cell.text]
            else:
                self._fault("column_unknown", cell, "这一栏不在汇总表中，或重复了；请恢复原样，或重新下载")
        headings = {cell.column: cell.text for cell in rows.get(_HEADINGS, ())}
        for column, heading in [(self._name, NAME), *((c, count.heading) for c, count in self._columns.items())]:
            if headings.get(column) != heading:
                place = Cell(_HEADINGS, max(column, 1), "")
                self._fault("columns_changed", place, f"标题应是“{heading[:20]}”；请恢复原样，或重新下载")
        self._names: dict[str, Cell] = {}
        self._values: dict[Count, list[int]] = {}
        if not self.faults:
            for number, row in rows.items():
                if number > _HEADINGS:
                    self._line(row)
        if not self.faults and not self._names:
            self.faults.append(Fault("nothing", TITLE, "", "一行也没有填；请填写后再导入"))

    def sums(self) -> TownshipSums:
        """Of the columns everybody filled in."""
        count = len(self._names)
        whole = {column: sum(values) for column, values in self._values.items() if len(values) == count}
        lacking = {column: count - len(values) for column, values in self._values.items() if column not in whole}
        return TownshipSums(count, whole, lacking, tuple(self.cells))

    def _line(self, row: tuple[Cell, ...]) -> None:
        self.cells += [(f"工作表“{TITLE}”的 {cell.place}", cell.text) for cell in row]
        name = next((cell for cell in row if cell.column == self._name), None)
        if name is None:
            self._fault("no_name", row[0], "这一行没有写是哪个乡镇（街道）；请写全称，或清空这一行")
            return
        text = "".join(name.text.split())
        if len(text) > _LONGEST_NAME or _A_TOWNSHIP.fullmatch(text) is None:
            self._fault("no_township", name, "不像乡镇（街道）的全称（如“城关镇”）；不要写人名，不要写合计行")
        elif text in self._names:
            self._fault("twice", name, f"与 {self._names[text].place} 是同一个乡镇（街道）；请合并成一行")
        self._names.setdefault(text, name)
        for cell in row:
            if cell.column in self._columns:
                self._number(cell, self._columns[cell.column])
            elif cell.column != self._name:
                self._fault("outside", cell, "写在表格以外，不会被读取；请删去或移到黄色的格子里")

    def _number(self, cell: Cell, count: Count) -> None:
        try:
            number = read_figure(cell.text, count.unit)
        except ValueError as unreadable:
            self._fault("unreadable", cell, f"{unreadable}")
            return
        if count.each_is_one and number not in {None, 0, 1}:
            self._fault("one_or_none", cell, "这一栏一个乡镇（街道）只填1（有）或0（没有）")
        elif number is not None:
            self._values.setdefault(count, []).append(int(number))

    def _fault(self, code: str, cell: Cell, words: str) -> None:
        self.faults.append(Fault(code, TITLE, cell.place, words))
