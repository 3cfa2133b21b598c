"""Who is to be asked for what: departments' own gaps, the county's own deadlines, the chasing list."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.departments import Department
from scoring.spreadsheets.tables import table_xlsx
from tests.workflow.office_room import COORDINATOR, COUNTY, DEPARTMENT, GOVERNMENT, NOW, UNIT, opened_by, write
from workflow.accounts.accounts import add_account
from workflow.accounts.new_account import NewAccount
from workflow.department_list import save_department
from workflow.errors import Refused
from workflow.overview.chasing import chasing, chasing_table, rows_chased
from workflow.overview.gaps import by_effort, gap_list
from workflow.people import Role
from workflow.submission.assigning import assign, row_assignments, set_due
from workflow.targets import Target

TODAY = date(2018, 7, 2)
SCHOOLS = "甲县教育局"


@pytest.fixture
def given(office, draft) -> int:
    """甲县's draft with 4.1.1 and 3.1.1 unanswered: the police leads both, the schools help with one."""
    write(office, COORDINATOR, draft, (Target.answer("4.1.1"), None), (Target.answer("3.1.1"), None))
    assign(office, COORDINATOR, draft, {"4.1.1": [UNIT, SCHOOLS], "3.1.1": [UNIT]}, NOW)
    return draft


def test_a_department_sees_its_own_gaps_alone(office, given):
    assert {one.unit for one in gap_list(office, opened_by(office, COORDINATOR, given), TODAY)} == {UNIT, SCHOOLS}
    own = gap_list(office, opened_by(office, DEPARTMENT, given), TODAY)
    assert [(one.unit, [gap.row.id for gap in one.gaps]) for one in own] == [(UNIT, ["3.1.1", "4.1.1"])]
    for gap in own[0].gaps:
        assert len(set(gap.holders)) == len(gap.holders)
        assert not any("、" in holder for holder in gap.holders)


def test_the_countys_own_deadline_sorts_and_marks_what_is_late_and_changes_no_verdict(office, given):
    set_due(office, COORDINATOR, given, {"4.1.1": date(2018, 7, 1), "3.1.1": date(2018, 7, 2)}, NOW)
    gaps = gap_list(office, opened_by(office, DEPARTMENT, given), TODAY)[0]
    assert [(gap.row.id, gap.late) for gap in gaps.gaps] == [("4.1.1", True), ("3.1.1", False)]
    assert gaps.late == 1
    assign(office, COORDINATOR, given, {"4.1.1": [SCHOOLS]}, NOW)  # whoever has it now, the day stands
    assert row_assignments(opened_by(office, COORDINATOR, given))["4.1.1"].due == date(2018, 7, 1)


@pytest.mark.parametrize(
    ("who", "dues", "words"),
    [
        (COORDINATOR, {"4.1.1": date(2018, 7, 16)}, "晚于申报（补正）截止日 2018-07-15"),
        (COORDINATOR, {"1.1.1": date(2018, 7, 1)}, "还没有分配给部门"),
        (DEPARTMENT, {"4.1.1": date(2018, 7, 1)}, "只有县级民政部门"),
        (GOVERNMENT, {"4.1.1": date(2018, 7, 1)}, "只有县级民政部门"),
    ],
)
def test_a_deadline_that_cannot_be_set(office, given, who, dues, words):
    with pytest.raises(Refused, match=words):
        set_due(office, who, given, dues, NOW)


def test_the_chasing_list_says_whom_to_ask_and_for_what(office, given):
    add_account(office, COORDINATOR, NewAccount("gongan", UNIT, Role.COUNTY_DEPARTMENT, COUNTY, UNIT), NOW)
    save_department(office, COORDINATOR, SCHOOLS, Department(SCHOOLS, (), "办公室 0990-5521016"), NOW)
    set_due(office, COORDINATOR, given, {"3.1.1": date(2018, 7, 1)}, NOW)
    found = chasing(office, opened_by(office, COORDINATOR, given), TODAY)
    told = [(one.gaps.unit, one.contact, one.account, len(one.gaps.gaps), one.gaps.late) for one in found]
    assert told == [(UNIT, "", "尚未登录", 2, 1), (SCHOOLS, "办公室 0990-5521016", "没有账号", 1, 0)]
    sheet = load_workbook(BytesIO(table_xlsx(chasing_table(found)))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][:4] == ["部门", "联系处", "账号", "指标"]
    assert [row[3] for row in cells[1:]] == ["3.1.1", "4.1.1", "4.1.1"]
    assert dict(zip(cells[0], cells[1], strict=True))["逾期"] == "已过"
    helped = dict(zip(cells[0], cells[3], strict=True))
    assert helped["牵头"] == f"协办（{UNIT}牵头）"
    assert "指标 4.1.1" not in helped["还缺什么"], "the number stands beside it"
    write(office, COORDINATOR, given, (Target.veto("V3"), None))
    vetoes = [gap for one in chasing(office, opened_by(office, COORDINATOR, given), TODAY) for gap in one.gaps.gaps]
    assert not any("一票否决 V" in gap.wanting for gap in vetoes)
    assert rows_chased(found) == (2, 1), "of two departments, and one row"


def test_a_row_of_several_departments_is_listed_once_by_effort_with_all_of_them(office, given) -> None:
    lists = gap_list(office, opened_by(office, COORDINATOR, given), TODAY)
    rows = by_effort(lists)
    assert sorted(one.gap.row.id for one in rows) == sorted({gap.row.id for each in lists for gap in each.gaps})
    totals = [one.gap.effort.total for one in rows]
    assert totals == sorted(totals)
    assert max(totals) > 0
    assert {unit for one in rows for unit in one.units} == {each.unit for each in lists}
