"""Files that are no honest XLSX are refused in words before anything of them is used."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from scoring.spreadsheets.opening import BadSpreadsheetError, open_spreadsheet


def book(fill: Callable[[Workbook], object] = id) -> bytes:
    made = Workbook()
    made.active.title = "表"
    made.active["A1"] = "标题"
    fill(made)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    written = BytesIO(base or book())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return written.getvalue()


def zipped(**parts: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def put(place: str, value: object) -> Callable[[Workbook], None]:
    def fill(made: Workbook) -> None:
        made.active[place] = value

    return fill


def sheet_with(xml: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The only sheet with this behind its first row."""
    parts, written = zipfile.ZipFile(BytesIO(book())), BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name in parts.namelist():
            text = parts.read(name).decode()
            archive.writestr(name, text.replace("</sheetData>", xml) if name.startswith("xl/worksheets/") else text)
    return written.getvalue()


def comment_on(place: str) -> bytes:
    made = book(lambda made: setattr(made.active["A1"], "comment", Comment("核对", "甲")))
    parts, written = zipfile.ZipFile(BytesIO(made)), BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(name, parts.read(name).replace(b'ref="A1"', f'ref="{place}"'.encode()))
    return written.getvalue()


BROKEN = book()[:-200]
EVERY = "A1:XFD1048576"
REFUSED = [
    ("empty", b""),
    ("too_large", b"PK\x03\x04" + bytes(50_000_000)),
    ("not_xlsx", b"%PDF-1.7 ..."),
    ("not_xlsx", BROKEN),
    ("not_xlsx", zipped(word__document_xml=b"<w/>")),
    ("old_or_locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("macros", with_part("xl/vbaProject.bin", b"x")),
    ("bomb", with_part("xl/media/a.bin", bytes(20_000_000))),
    ("bomb", zipped(xl__workbook_xml=b"<w/>", **{f"p{number}": b"" for number in range(600)})),
    ("entities", with_part("xl/other.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    ("entities", with_part("xl/other.xml", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))),
    (
        "too_many_cells",
        with_part(
            "xl/worksheets/x.xml", f"<x>{''.join(f'<c n={n!r}/>' for n in map(str, range(400_001)))}</x>".encode()
        ),
    ),
    ("too_many_cells", sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
    ("too_many_cells", sheet_with(f'</sheetData><mergeCells><mergeCell ref="{EVERY}"/></mergeCells>')),
    ("too_many_cells", sheet_with(f'</sheetData><hyperlinks><hyperlink tooltip="a>b" ref="{EVERY}"/></hyperlinks>')),
    ("too_many_cells", sheet_with('</sheetData><hyperlinks><hyperlink ref="A:XFD"/></hyperlinks>')),
    ("too_many_cells", comment_on(EVERY)),
    ("broken", sheet_with("</sheetData>", zipfile.ZIP_LZMA)),
    ("broken", book().replace(b"xl/styles.xml", b"xl/st\xffles.xml", 1)),
    ("broken", zipped(xl__workbook_xml=b"<workbook>")),
    ("formula", book(put("B2", "=SUM(A1:A9)"))),
    ("error_value", book(put("B2", "#REF!"))),
    ("merged", book(lambda made: made.active.merge_cells("B2:C3"))),
]


@pytest.mark.parametrize(("code", "content"), REFUSED, ids=[f"{n}-{code}" for n, (code, _) in enumerate(REFUSED)])
def test_refused_in_words(code: str, content: bytes) -> None:
    with pytest.raises(BadSpreadsheetError) as refused:
        open_spreadsheet(content)
    assert refused.value.code == code
    assert "请" in refused.value.sentence
    if code in {"formula", "error_value", "merged"}:
        assert "工作表“表”的 B2" in refused.value.sentence


def test_every_value_is_the_text_a_person_would_type() -> None:
    values = (812_000, 0.57, 5.080, 1e21, True, date(2018, 5, 28), date(2017, 1, 2), " 1,200 ", "甲\r\n乙")
    texts = ["812000", "0.57", "5.08", "1" + "0" * 21, "是", "2018-05-28", "2017-01-02", " 1,200 ", "甲\n乙"]

    def fill(made: Workbook) -> None:
        for row, value in enumerate(values, 2):
            made.active.cell(row, 2).value = value
        made.active["C2"] = 0.0062
        made.active["C2"].number_format = "0.00%"
        made.create_sheet("藏").sheet_state = "hidden"
        for row in range(100, 1100):
            made.active.cell(row, 3).value = ""

    sheets = open_spreadsheet(book(fill)).sheets
    assert [(sheet.title, sheet.hidden) for sheet in sheets] == [("表", False), ("藏", True)]
    rows = list(sheets[0].rows())
    assert [cell.place for cell in rows[1]] == ["B2", "C2"]
    assert [row[0].text for row in rows[1:]] == texts
    assert rows[1][1].text == "0.62%"
    assert len(rows) == 1 + len(values)
