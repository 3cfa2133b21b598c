"""The workbook as a file: drawn, filled in, read back; whatever is wrong is told with sheet, cell and cure."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from indicators import load_library
from scoring.cli import main
from scoring.days import Month
from scoring.exchange.reading import read_submission_file
from scoring.exchange.writing import write_submission
from scoring.submission import Answer, Submission
from scoring.workbook.part import Part
from scoring.workbook.reading import WorkbookError, read_workbook
from scoring.workbook.writing import write_workbook

SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
LIBRARY = load_library(None)
FULL = SAMPLES[0]
REGISTER, FACTS, MEDICAL = "佐证材料目录", "县情", "3 基本权益保障"


@cache
def sample(path: Path = FULL) -> Submission:
    return read_submission_file(path, LIBRARY)


@cache
def made(path: Path = FULL) -> bytes:
    return write_workbook(sample(path), LIBRARY, made_on="2018-07-01")


def changed(change: Callable[[Workbook], object], content: bytes | None = None) -> bytes:
    book = load_workbook(io.BytesIO(content or made()))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell(book: Workbook, key: str, column: int = 1) -> Cell:
    """The first cell to fill in of the line with that key."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value == key:
                return row[column + 1 if sheet.title == REGISTER else 5]
    raise AssertionError(key)


def typing(key: str, value: object, column: int = 1) -> Callable[[Workbook], None]:
    def put(book: Workbook) -> None:
        at = cell(book, key, column)
        at.value = value
        if isinstance(value, str):
            at.data_type = "s"

    return put


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.soak] if at % 5 else [], id=path.stem) for at, path in enumerate(SAMPLES)],
)
def test_a_sample_comes_back_whole(path: Path) -> None:
    read = read_workbook(made(path), LIBRARY)
    assert not read.changed
    assert write_submission(read.submission) == write_submission(sample(path))


def test_the_same_submission_gives_the_same_bytes_and_reading_twice_changes_nothing() -> None:
    assert write_workbook(sample(), LIBRARY, made_on="2018-07-01") == made()
    filled = changed(typing("facts/population", "43.5万"))
    once = read_workbook(filled, LIBRARY).submission
    again = read_workbook(write_workbook(once, LIBRARY), LIBRARY)
    assert (once.facts["population"], again.changed, again.submission) == (435_000, {}, once)
    assert read_workbook(filled, LIBRARY).submission == once


def test_words_are_locked_and_lists_are_chosen_from() -> None:
    book = load_workbook(io.BytesIO(made()))
    sheet = book[MEDICAL]
    claim = cell(book, "answers/3.3.2/claim")
    assert (sheet.protection.sheet, sheet["C3"].protection.locked, claim.protection.locked) == (True, True, False)
    lists = {choice.formula1 for choice in sheet.data_validations.dataValidation if claim.coordinate in choice.sqref}
    assert len(lists) == 1
    assert "达标" in lists.pop()
    assert [one.title for one in book.worksheets if one.sheet_state == "hidden"] == ["系统信息"]
    assert book[MEDICAL].column_dimensions["A"].hidden


FIGURES = {
    "population": ("5.08万", 50_800),
    "children": ("４３２６００人", 432_600),
    "villages": (1200, 1200),
    "communities": ("1,200", 1200),
    "orphans": (None, None),
    "province_dropout_rate": ("0.5%", Decimal("0.5")),
    "prefecture_dropout_rate": (0.55, Decimal("0.55")),
}


def test_figures_are_read_as_on_the_pages() -> None:
    def fill(book: Workbook) -> None:
        for fact, (value, _) in FIGURES.items():
            typing(f"facts/{fact}", value)(book)

    filled = read_workbook(changed(fill), LIBRARY).submission
    assert {fact: filled.facts.get(fact) for fact in FIGURES} == {fact: read for fact, (_, read) in FIGURES.items()}


def test_a_new_document_is_registered_and_cited() -> None:
    spare = f"E{max(int(name[1:]) for name in sample().evidence) + 1:02d}"

    def fill(book: Workbook) -> None:
        for column, text in ((1, "医疗救助办法"), (2, "文件"), (5, "2017年9月")):
            typing(f"evidence/{spare}", text, column)(book)
        typing("answers/3.3.2/evidence/other", f"E20，{spare}")(book)

    filled = read_workbook(changed(fill), LIBRARY).submission
    document = filled.evidence[spare]
    assert (document.title, document.kind, document.date) == ("医疗救助办法", "document", Month(2017, 9))
    assert filled.answers["3.3.2"].evidence["other"] == ("E20", spare)


def test_a_workbook_made_before_there_were_boxes_is_read_and_leaves_them_as_they_are() -> None:
    boxed = replace(sample(), evidence=sample().evidence | {"E01": replace(sample().evidence["E01"], box="3")})

    def as_before(book: Workbook) -> None:
        sheet = book[REGISTER]
        sheet.delete_cols(sheet.max_column - 1, 2)
        typing("evidence/E01", "改过的题名")(book)

    content = changed(as_before, write_workbook(boxed, LIBRARY, made_on="2018-07-01"))
    item = read_workbook(content, LIBRARY).submission.evidence["E01"]
    assert (item.title, item.box) == ("改过的题名", "3")
    with pytest.raises(WorkbookError, match="写在表格以外"):
        read_workbook(changed(lambda book: typing_in(book, REGISTER, "L2"), content), LIBRARY)


def wrong_column(book: Workbook) -> None:
    book[FACTS].insert_cols(3)


def drop_row(book: Workbook) -> None:
    sheet = book[MEDICAL]
    sheet.delete_rows(cell(book, "answers/3.3.2/claim").row)


def copy_row(book: Workbook) -> None:
    sheet: Worksheet = book[FACTS]
    sheet.append([one.value for one in sheet[3]])


def alter_words(book: Workbook) -> None:
    book[FACTS].cell(cell(book, "facts/population").row, 5).value = "万人"


def alter_identity(book: Workbook) -> None:
    book["系统信息"]["B1"] = book["系统信息"]["B1"].value.replace("甲县", "乙县")


def typing_at(book: Workbook, place: str, text: str) -> None:
    book[FACTS][place] = text


ALONE = [
    ("no_identity", lambda book: book.remove(book["系统信息"])),
    ("identity_changed", alter_identity),
    ("merged", lambda book: book[FACTS].merge_cells("F3:F4")),
    ("formula", lambda book: typing_at(book, "F5", "=1+1")),
]


@pytest.mark.parametrize(("code", "change"), ALONE, ids=[code for code, _ in ALONE])
def test_a_file_that_is_not_as_it_was_made_is_refused(code: str, change: Callable[[Workbook], object]) -> None:
    with pytest.raises(WorkbookError) as refused:
        read_workbook(changed(change), LIBRARY)
    assert [fault.code for fault in refused.value.faults] == [code]


MOVED = [
    ("sheet_missing", "申报表", lambda book: book.remove(book["申报表"])),
    ("sheet_unknown", "草稿", lambda book: book.create_sheet("草稿").append(["x"])),
    ("columns_changed", "一票否决", lambda book: book["一票否决"].insert_cols(3)),
    ("columns_changed", REGISTER, lambda book: book[REGISTER].delete_cols(4)),
    ("row_missing", MEDICAL, drop_row),
    ("row_twice", FACTS, copy_row),
    ("row_unknown", FACTS, lambda book: book[FACTS].append(["facts/other", "", "x"])),
    ("outside", FACTS, lambda book: book[FACTS].append([None, None, "补充"])),
    ("outside", "2 经费保障机制", lambda book: typing_in(book, "2 经费保障机制", "H2")),
    ("locked_changed", FACTS, alter_words),
]


def typing_in(book: Workbook, sheet: str, place: str) -> None:
    book[sheet][place] = "见附件"


def test_everything_moved_lost_or_rewritten_is_told_at_once() -> None:
    def change_all(book: Workbook) -> None:
        for _, _, change in MOVED:
            change(book)

    with pytest.raises(WorkbookError) as refused:
        read_workbook(changed(change_all), LIBRARY)
    told = [(fault.code, fault.sheet) for fault in refused.value.faults]
    assert sorted(told) == sorted((code, sheet) for code, sheet, _ in MOVED)
    placed = [fault for fault in refused.value.faults if "sheet" not in fault.code and fault.code != "row_missing"]
    assert all(fault.cell in str(fault) and fault.cell for fault in placed)


TYPED = [
    ("unreadable", FACTS, typing("facts/population", "约43万")),
    ("unreadable", FACTS, typing("facts/children", "12.5")),
    ("unreadable", MEDICAL, typing("answers/3.1.1/measures/adult_students_paid/whole", "二十")),
    ("unreadable", REGISTER, typing("evidence/E01", "去年", 5)),
    ("unreadable", REGISTER, typing("evidence/E02", "", 1)),
    ("unreadable", REGISTER, typing("evidence/E04", "", 2)),
    ("no_choice", MEDICAL, typing("answers/3.3.2/claim", "差不多")),
    ("no_choice", MEDICAL, typing("answers/3.3.3/claim", "有")),
    ("no_choice", REGISTER, typing("evidence/E03", "红头文件", 2)),
    ("no_document", MEDICAL, typing("answers/3.3.1/nil_return", "E999")),
]


def test_everything_typed_that_cannot_be_read_is_told_at_once() -> None:
    def change_all(book: Workbook) -> None:
        for _, _, change in TYPED:
            change(book)
        for row in range(900, 1900):  # blank rows say nothing
            book[FACTS].cell(row, 3).value = ""

    with pytest.raises(WorkbookError) as refused:
        read_workbook(changed(change_all), LIBRARY)
    told = [(fault.code, fault.sheet) for fault in refused.value.faults]
    assert sorted(told) == sorted((code, sheet) for code, sheet, _ in TYPED)
    assert any("请选择种类：文件、会议纪要、" in fault.text for fault in refused.value.faults)
    assert all(fault.cell in str(fault) and fault.cell for fault in refused.value.faults)


def test_another_edition_of_the_rules_is_refused() -> None:
    standards = {name: replace(one, fingerprint="0" * 64) for name, one in LIBRARY.standards.items()}
    with pytest.raises(WorkbookError) as refused:
        read_workbook(made(), replace(LIBRARY, standards=standards))
    assert [fault.code for fault in refused.value.faults] == ["other_edition"]


def test_hostile_text_comes_back_as_it_was() -> None:
    note = '=HYPERLINK("http://x")\n\t@甲\x07乙 <b>&amp; _x000D_ \r\n'
    odd = replace(sample(), answers={**sample().answers, "1.1.1": Answer(note=note)})
    content = write_workbook(odd, LIBRARY)
    assert cell(load_workbook(io.BytesIO(content)), "answers/1.1.1/note").data_type == "s"
    assert read_workbook(content, LIBRARY).submission == odd


def test_a_department_by_any_of_its_names_gets_its_own_rows_and_papers_only(tmp_path: Path) -> None:
    made_for = tmp_path / "x.xlsx"

    def make(called: str) -> tuple[int, str]:
        err = io.StringIO()
        return main(
            ["workbook", str(FULL), "-o", str(made_for), "--department", called], io.StringIO(), err
        ), err.getvalue()

    contents = set()
    for called in ("公安", "县公安局", "公安局"):
        assert make(called) == (0, "")
        contents.add(made_for.read_bytes())
    (content,) = contents
    read = read_workbook(content, LIBRARY).submission
    assert set(read.answers) < set(sample().answers)
    assert set(read.evidence) < set(sample().evidence)
    assert not read.findings
    assert FACTS not in load_workbook(io.BytesIO(content)).sheetnames
    first = next(row[0].value for row in load_workbook(io.BytesIO(content))[REGISTER].iter_rows(min_row=2)
                 if row[2].value is None)  # fmt: skip
    assert first.partition("/")[2] not in sample().evidence
    made_for.unlink()
    code, told = make("气象局")
    assert (code, made_for.exists()) == (2, False)
    assert re.search("没有由“气象局”负责或保管材料的项；写到的单位有：.*公安局", told)


def test_a_helper_s_workbook_opens_only_its_figures_and_its_documents() -> None:
    part = Part("甲县公安局", {"3.3.2": ("out_of_pocket_reimbursement",)}, frozenset({"E20"}))
    content = write_workbook(sample(), LIBRARY, part, given=("E99",))
    book = load_workbook(io.BytesIO(content))
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows() if str(row[0].value).startswith("answers/")]
    opened = {str(row[0].value) for row in rows if any(not at.protection.locked for at in row)}
    figure = "answers/3.3.2/measures/out_of_pocket_reimbursement"
    assert {key for key in opened if not key.startswith("answers/3.3.2/evidence/")} == {
        f"{figure}/numerator", f"{figure}/denominator",
    }  # fmt: skip
    assert {str(row[0].value).split("/")[1] for row in rows} == {"3.3.2"}
    register = {str(row[0].value).partition("/")[2]: row[2].protection.locked for row in book[REGISTER].iter_rows()}
    assert {register[name] for name in read_workbook(content, LIBRARY).submission.evidence.keys() - {"E20"}} == {True}
    assert (register["E20"], register["E100"], "E99" in register) == (False, False, False)


def test_the_commands_write_whole_files_or_none(tmp_path: Path) -> None:
    book, back = tmp_path / "x.xlsx", tmp_path / "back.yaml"
    out, err = io.StringIO(), io.StringIO()
    assert main(["workbook", str(FULL), "-o", str(book), "--made-on", "2018-07-01"], out, err) == 0
    assert book.read_bytes() == made()
    assert main(["from-workbook", str(book), "-o", str(back)], out, err) == 0
    assert back.read_text(encoding="utf-8") == write_submission(sample())
    assert main(["from-workbook", str(book), "-o", str(book)], out, err) == 2
    book.write_bytes(changed(typing("facts/population", "约43万")))
    back.unlink()
    assert main(["from-workbook", str(book), "-o", str(back)], out, err) == 2
    assert "x.xlsx：工作表“县情”的 F" in err.getvalue()
    assert not back.exists()
