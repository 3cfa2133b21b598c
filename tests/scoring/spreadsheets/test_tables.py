"""The one table writer: what is written is read back as it was, nothing in it is alive, the same bytes each time."""

from __future__ import annotations

import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from scoring.spreadsheets.opening import open_spreadsheet
from scoring.spreadsheets.tables import Column, Table, table_csv, table_xlsx

LIVE = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "=cmd|'/c calc'!A1")
TABLE = Table(
    "各县/情况",
    ("县（市、区）", "人数", "比例", "日期", "时刻", "齐备", "代码"),
    [
        (
            "甲县",
            812_000,
            Decimal("69.96"),
            date(2018, 5, 28),
            datetime(2018, 5, 28, 9, 30, tzinfo=UTC),
            True,
            "000121",
        ),
        ("乙县", -3, Decimal("0.1234567890123456789"), None, None, False, 99_012_119_900_101_001_0),
    ],
)


def test_text_numbers_and_days_are_what_they_are() -> None:
    (sheet,) = load_workbook(BytesIO(table_xlsx(TABLE))).worksheets
    assert (sheet.title, sheet.freeze_panes) == ("各县 情况", "A2")
    assert [str(cell.value) for cell in sheet[2]] == [
        "甲县", "812000", "69.96", "2018-05-28 00:00:00", "2018-05-28 09:30:00", "是", "000121",
    ]  # fmt: skip
    # What a number of XLSX would round stays whole as text.
    assert [cell.value for cell in sheet[3]][2::4] == ["0.1234567890123456789", "990121199001010010"]
    assert sheet.column_dimensions["A"].width >= 12 + 3
    assert [cell.text for cell in open_spreadsheet(table_xlsx(TABLE)).sheets[0].cells[7:11]] == [
        "甲县", "812000", "69.96", "2018-05-28",
    ]  # fmt: skip


def test_the_same_table_gives_the_same_bytes() -> None:
    assert table_xlsx(TABLE) == table_xlsx(TABLE)
    assert b"2018-01-01T00:00:00Z" in core_properties(table_xlsx(TABLE))


def core_properties(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return parts.read("docProps/core.xml")


@pytest.mark.parametrize("text", LIVE)
def test_nothing_is_a_live_formula(text: str) -> None:
    table = Table("x", (text,), [(text,)])
    cells = [cell for row in load_workbook(BytesIO(table_xlsx(table))).worksheets[0] for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s")] * 2
    read = list(csv.reader(StringIO(table_csv(table).decode("utf-8-sig"))))
    assert read == [[f"'{text}"]] * 2


def test_csv_keeps_numbers_and_marks_its_encoding() -> None:
    written = table_csv(TABLE)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines()[2] == "乙县,-3,0.1234567890123456789,,,否,990121199001010010"


def test_what_xlsx_cannot_hold_is_shown_as_a_mark_or_cut() -> None:
    table = Table("", ("a\x00b",), [("长" * 40_000,)])
    cells = open_spreadsheet(table_xlsx(table)).sheets[0].cells
    assert (cells[0].text, len(cells[1].text)) == ("a\ufffdb", 32_767)


def test_a_percentage_is_one_in_each_format_and_what_is_said_stands_on_a_sheet_of_its_own() -> None:
    columns = (Column("县", width=20), Column("比例", "percent", means="自负费用报销比例"))
    table = Table("比例", columns, [("甲县", Decimal("0.6996")), ("乙县", None)], [("批次", "=2018")])
    sheet, notes = load_workbook(BytesIO(table_xlsx(table, table))).worksheets[1:]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (0.6996, "0.0%")
    assert sheet.column_dimensions["A"].width == 20
    assert [tuple(cell.value for cell in row) for row in notes.iter_rows(min_row=2)] == [
        ("表", "比例"), ("批次", "=2018"), ("列“比例”", "自负费用报销比例"),
    ]  # fmt: skip
    assert (sheet.oddHeader.center.text, notes["B3"].data_type) == ("比例", "s")
    assert table_csv(table).decode("utf-8-sig").splitlines()[1:] == ["甲县,69.96%", "乙县,"]


def test_a_wide_table_is_narrowed_until_it_can_be_read_as_printed_and_says_what_it_is() -> None:
    table = Table("目录", ["字" * 20] * 8, [], [("批次", "2018")], head="A&B")
    sheet, other, notes = load_workbook(BytesIO(table_xlsx(table, Table("各盒", ["盒号"], [], table.about)))).worksheets
    assert sum(one.width for one in sheet.column_dimensions.values()) <= 190
    assert min(one.width for one in sheet.column_dimensions.values()) > 20
    assert (sheet.oddHeader.center.text, other.oddHeader.center.text) == ("A&&B", "各盒")
    assert [row[0] for row in notes.iter_rows(values_only=True)].count("表") == 1
    many = load_workbook(BytesIO(table_xlsx(Table("矩阵", ["字" * 20] * 20, [])))).worksheets[0]
    assert many.column_dimensions["A"].width == 43, "no page holds it readably: as wide as its words"
