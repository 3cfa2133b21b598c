"""Counts of townships summed into proposals: nothing counts before it is confirmed, no name goes in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workflow.office_room import (
    COORDINATOR,
    DEPARTMENT,
    LIBRARY,
    NOW,
    UNIT,
    head,
    opened_by,
    put_everywhere,
    write,
)
from workflow.carrying.carried import Carried, carried
from workflow.carrying.townships import plan_townships, propose_sums, township_sheet, withdraw_sums
from workflow.errors import Refused
from workflow.submission.assigning import assign
from workflow.targets import Target

MECHANISM = "answers/1.1.2/measures/townships_chief_leader_mechanism"
PLACED, ORPHANS = "answers/3.2.2/measures/orphans_placed", "facts/orphans"
SHEET = "乡镇（街道）汇总表"
NAMES = ("城关镇", "大河乡", "东山街道")


def filled(content: bytes, columns: Mapping[str, tuple[object, ...]], names: tuple[object, ...] = NAMES) -> bytes:
    """``columns``: by the key in the first line, what the townships say."""
    book, written = load_workbook(io.BytesIO(content)), io.BytesIO()
    sheet = book[SHEET]
    at = {str(cell.value): cell.column for cell in sheet[1]}
    for key, values in {"name": names, **columns}.items():
        for line, value in enumerate(values, 3):
            sheet.cell(line, at[key]).value = value
    book.save(written)
    return written.getvalue()


def seen(office, number: int, who=COORDINATOR) -> Carried:
    return carried(opened_by(office, who, number), LIBRARY)


def test_sums_wait_until_the_form_is_saved(office, draft: int) -> None:
    before = opened_by(office, COORDINATOR, draft).content
    content = filled(
        township_sheet(office, COORDINATOR, draft),
        {MECHANISM: (1, 1, 0), PLACED: (3, "4", 5), ORPHANS: (4, 4, "5人"), "facts/villages": (3, None, 2)},
    )
    planned = plan_townships(office, COORDINATOR, draft, content)
    assert [(one.target, one.proposed) for one in planned.changes] == [
        (Target.fact("orphans"), 13), (Target.answer("1.1.2"), 2), (Target.answer("3.2.2"), 12),
    ]  # fmt: skip
    assert [(count.words, lacking) for count, lacking in planned.sums.lacking.items()] == [
        ("县情 村（村民委员会）数", 1)
    ]
    assert not seen(office, draft).sources
    propose_sums(office, COORDINATOR, draft, content, NOW)
    assert opened_by(office, COORDINATOR, draft).content == before
    waiting = seen(office, draft)
    source = waiting.sources[Target.answer("3.2.2")]
    assert source.until == "确认以前仍按已保存的计算"
    assert (source.words, source.measures) == ("由3个乡镇（街道）汇总，2018-07-02", frozenset({"orphans_placed"}))
    row, standing = Target.answer("3.2.2"), opened_by(office, COORDINATOR, draft).entries[Target.answer("3.2.2")].body
    assert waiting.waiting[row] == {**standing, "measures": {**standing["measures"], "orphans_placed": 12}}
    assert waiting.waiting[Target.fact("orphans")] == 13

    write(office, COORDINATOR, draft, (row, waiting.waiting[row]))
    left = seen(office, draft)
    assert set(left.waiting) == {Target.fact("orphans"), Target.answer("1.1.2")}
    assert opened_by(office, COORDINATOR, draft).content.answers["3.2.2"].measures["orphans_placed"] == 12
    again = propose_sums(office, COORDINATOR, draft, content, NOW)
    assert [one.target for one in again.changes] == [Target.fact("orphans"), Target.answer("1.1.2")]
    withdraw_sums(office, COORDINATOR, draft, NOW)
    assert not seen(office, draft).waiting


def test_a_helper_sees_the_sums_of_its_own_figures(office, draft: int) -> None:
    assign(
        office, COORDINATOR, draft, {"3.2.2": ["民政", "公安"]}, NOW, parts={"3.2.2": {UNIT: ["adoptions_assessed"]}}
    )
    covered = "answers/3.2.2/measures/adoptions_assessed/covered"
    content = filled(township_sheet(office, COORDINATOR, draft), {PLACED: (3, 4, 5), covered: (1, 1, 0)})
    propose_sums(office, COORDINATOR, draft, content, NOW)
    assert seen(office, draft, DEPARTMENT).sources[Target.answer("3.2.2")].measures == {"adoptions_assessed"}


def test_only_the_coordinator(office, draft: int) -> None:
    with pytest.raises(Refused, match="县级民政部门"):
        township_sheet(office, DEPARTMENT, draft)


def other_round(sheet: Worksheet) -> None:
    sheet.parent["系统信息"]["B1"].value = '{"sheet": "乡镇（街道）汇总表"}'


def put(place: str, value: object) -> Callable[[Worksheet], object]:
    return lambda sheet: setattr(sheet[place], "value", value)


BAD: Mapping[str, tuple[Callable[[Worksheet], object], str, str]] = {
    "a person's name": (put("A3", "张小明"), "bad_file", "A3：不像乡镇"),
    "a total": (put("A3", "合计"), "bad_file", "不要写合计行"),
    "nobody": (put("A3", None), "bad_file", "没有写是哪个乡镇"),
    "twice": (put("A4", "城关镇"), "bad_file", "与 A3 是同一个"),
    "an estimate": (put("B3", "约30"), "bad_file", "B3：“约30”"),
    "half a child": (put("B3", 2.5), "bad_file", "B3：应为整数"),
    "less than none": (put("B3", -1), "bad_file", "不能为负数"),
    "a formula": (put("B3", "=SUM(B4:B9)"), "bad_file", "是公式"),
    "a mobile number": (put("B3", "13800138000"), "personal_identifier", "B3 含有11位手机号码"),
    "beside the table": (put("CZ3", "李四"), "bad_file", "写在表格以外"),
    "another heading": (put("B2", "我的栏"), "bad_file", "标题应是"),
    "another key": (put("B1", "answers/9.9.9"), "bad_file", "不在汇总表中"),
    "another edition": (other_round, "bad_file", "被改动过"),
}  # fmt: skip


def test_bad_sheets_leave_the_store_untouched(office, draft: int) -> None:
    good, before = filled(township_sheet(office, COORDINATOR, draft), {ORPHANS: (4, 4, 5)}), head(office)
    for name, (spoil, code, words) in BAD.items():
        book, written = load_workbook(io.BytesIO(good)), io.BytesIO()
        spoil(book[SHEET])
        book.save(written)
        with pytest.raises(Refused) as refused:
            propose_sums(office, COORDINATOR, draft, written.getvalue(), NOW)
        assert (name, refused.value.code, words in str(refused.value)) == (name, code, True), str(refused.value)
    for content in (b"", b"PK\x03\x04 no zip"):
        with pytest.raises(Refused):
            propose_sums(office, COORDINATOR, draft, content, NOW)
    assert head(office) == before


def test_more_than_one_in_a_township_that_counts_itself_is_a_slip(office, draft: int) -> None:
    content = filled(township_sheet(office, COORDINATOR, draft), {MECHANISM: (1, 12, 0)})
    with pytest.raises(Refused, match="只填1（有）或0（没有）"):
        plan_townships(office, COORDINATOR, draft, content)
    put_everywhere(office, draft, {Target.fact("townships"): 2, Target.fact("subdistricts"): 2})
    planned = plan_townships(
        office, COORDINATOR, draft, filled(township_sheet(office, COORDINATOR, draft), {MECHANISM: (1, 1, 0)})
    )
    assert (planned.asked, planned.sums.townships) == (4, 3)
