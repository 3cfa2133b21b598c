"""Draws the workbook: a sheet by section, words locked, lists as validations, the identity on a hidden sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.model import Library
from scoring.spreadsheets.tables import (
    BORDER,
    HEADER_FILL,
    HEADER_FONT,
    TEXT_FORMAT,
    WRAPPED,
    Looks,
    put,
    saved,
    sheet_title,
    text_width,
)
from scoring.submission import Submission
from scoring.workbook import plan
from scoring.workbook.identity import SHEET, Identity, identity_lines
from scoring.workbook.part import Part
from scoring.workbook.plan import REGISTER, Fill, SheetPlan, sheets_of

GUIDE = "填表说明"
_WIDTHS = {
    "编号": 9,
    "内容": 56,
    "要求": 30,
    "单位": 8,
    "填写": 44,
    "题名": 44,
    "文号": 22,
    "责任者": 22,
    "保管单位": 20,
}
_OTHER_WIDTH = 14
_LINE_HEIGHT, _TALLEST = 15, 405
_LONGEST_LIST = 250
_FILL_ALIGNMENT = Alignment(wrap_text=True, vertical="top", horizontal="left")
_OPEN = Protection(locked=False)
_FILL_COLOUR = PatternFill("solid", fgColor="FFFFFBE6")


def write_workbook(
    submission: Submission,
    library: Library,
    part: Part | None = None,
    made_on: str | None = None,
    given: Iterable[str] = (),
    *,
    round_title: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> bytes:
    """The workbook of a county, or of one of its departments with its own rows alone. The same gives the same bytes.

    ``given``: numbers of the register that were given once and are not to be given again; ``round_title`` None: the
    round goes by its id. ``versions``: of the entries, as `Identity.versions`.
    """
    base = submission if part is None else part.of(submission)
    identity = Identity(base, part, plan.first_spare(submission, given), made_on, versions)
    book = Workbook()
    _guide(book.active, identity, library, round_title or base.round.id)
    looks = Looks()
    for sheet in sheets_of(base, library, part, identity.first_spare):
        _draw(book.create_sheet(sheet_title(sheet.title)), sheet, looks)
    hidden = book.create_sheet(SHEET)
    hidden.sheet_state = "hidden"
    for number, line in enumerate(identity_lines(identity, library), 1):
        for column, text in enumerate(line, 1):
            put(hidden.cell(number, column), text)
    hidden.protection.sheet = True
    book.security.lockStructure = True
    return saved(book)


def _guide(sheet: Worksheet, identity: Identity, library: Library, round_title: str) -> None:
    sheet.title = GUIDE
    base = identity.base
    standards = "、".join(library.standards[name].title for name in base.round.standards)
    for number, text in enumerate(
        (
            f"{base.division.name}申报填报表" + (f"（{identity.part.department}）" if identity.part else ""),
            f"批次：{round_title}；标准：{standards}",
            f"制表日期：{identity.made_on}" if identity.made_on else "",
            "只填黄色的格子；其余文字已锁定，不要改动、移动、合并或删除行列，也不要另加工作表。",
            f"先在“{REGISTER}”登记材料（编号已排好），再在各项“材料”一栏写编号，几份的用顿号隔开，如 E01、E02。",
            "数字照平常的写法填：1200、1,200、5.08万、0.5%；不要写公式，不要写“约”“余”。",
            "日期写作 2018-05-28；材料不知道日的可写到月，如 2018-05。",
            "有下拉的格子从下拉中选；是、否没有查实的先空着。清空一格就是撤下这一项。",
            "不要填写儿童姓名、身份证号等个人信息，只写件数、编号或节录。",
            "填好后仍存为 xlsx（不要 xls、xlsm，不要加密码），交回后导入；有问题会逐格说明，全部改正才会读入。",
        ),
        1,
    ):
        put(sheet.cell(number, 1), text)
        sheet.cell(number, 1).alignment = WRAPPED
    sheet["A1"].font = HEADER_FONT
    sheet.column_dimensions["A"].width = 100
    _on_one_width(sheet)
    sheet.protection.sheet = True


def _draw(sheet: Worksheet, planned: SheetPlan, looks: Looks) -> None:
    headings = (*planned.words, *planned.fill)
    for column, heading in enumerate(headings, 2):
        cell = sheet.cell(1, column)
        put(cell, heading)
        looks.give(cell, font=HEADER_FONT, fill=HEADER_FILL, border=BORDER, alignment=WRAPPED)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(heading, _OTHER_WIDTH)
    sheet.column_dimensions["A"].hidden = True
    lists: dict[tuple[str, ...], DataValidation] = {}
    for number, line in enumerate(planned.lines, 2):
        put(sheet.cell(number, 1), line.key)
        for column, text in enumerate(line.words, 2):
            cell = sheet.cell(number, column)
            put(cell, text)
            if line.fills:
                looks.give(cell, border=BORDER, alignment=WRAPPED)
            else:
                looks.give(cell, border=BORDER, alignment=WRAPPED, font=HEADER_FONT)
        for column, fill in enumerate(line.fills, 2 + len(line.words)):
            _draw_fill(sheet.cell(number, column), fill, looks)
            _choose(sheet, lists, fill, sheet.cell(number, column))
        sheet.row_dimensions[number].height = _height(headings, (*line.words, *(fill.text for fill in line.fills)))
    sheet.freeze_panes = sheet.cell(2, 4 if planned.title != REGISTER else 3)
    sheet.print_title_rows = "1:1"
    _on_one_width(sheet)
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False  # widths and heights may be changed


def _on_one_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _draw_fill(cell: Cell, fill: Fill, looks: Looks) -> None:
    number = _number(fill)
    put(cell, fill.text if number is None else number)
    if not fill.is_number:
        cell.number_format = TEXT_FORMAT
    if fill.locked:
        looks.give(cell, border=BORDER, alignment=_FILL_ALIGNMENT)
    else:
        looks.give(cell, border=BORDER, alignment=_FILL_ALIGNMENT, protection=_OPEN, fill=_FILL_COLOUR)


def _number(fill: Fill) -> int | Decimal | None:
    """A figure that a cell gives back digit by digit."""
    if not fill.is_number or not fill.text:
        return None
    try:
        number = Decimal(fill.text)
    except InvalidOperation:
        return None
    whole = number == number.to_integral_value() and "." not in fill.text
    return int(number) if whole else number


def _choose(sheet: Worksheet, lists: dict[tuple[str, ...], DataValidation], fill: Fill, cell: Cell) -> None:
    words = ",".join(fill.choices)
    if not fill.choices or len(words) > _LONGEST_LIST or any("," in choice for choice in fill.choices):
        return  # the reader checks it all the same
    if fill.choices not in lists:
        made = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
        made.errorTitle, made.error = "请从下拉中选择", f"可选：{'、'.join(fill.choices)}"[:200]
        sheet.add_data_validation(made)
        lists[fill.choices] = made
    lists[fill.choices].add(cell)


def _height(headings: Iterable[str], texts: Iterable[str]) -> int:
    """High enough for the longest text, as programs do not fit rows they did not write."""
    most = max(
        sum(ceil(max(text_width(part), 1) / (_WIDTHS.get(heading, _OTHER_WIDTH) - 1)) for part in text.split("\n"))
        for heading, text in zip(headings, texts, strict=False)
    )
    return min(most * _LINE_HEIGHT + 3, _TALLEST)
