"""A workbook filled in offline is brought in as ordinary edits: its changes only, never over what others changed."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from tests.workflow.office_room import COORDINATOR, COUNTY, EARLIER, NOW, put_submission, write
from workflow.errors import Refused
from workflow.states import State
from workflow.submission.exchanging import import_submission, plan_workbook, workbook_of
from workflow.submission.snapshot import open_submission
from workflow.targets import Target


@pytest.fixture
def number(office) -> int:
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, COUNTY, State.DRAFT).id


def filled(content: bytes, **facts: object) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for row in book["县情"].iter_rows():
        name = str(row[0].value).partition("/")[2]
        if name in facts:
            row[5].value = facts[name]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_changes_are_shown_then_saved_and_a_second_import_changes_nothing(office, number: int) -> None:
    content = filled(workbook_of(office, COORDINATOR, number, NOW), population="43.5万", children=98_400)
    planned = plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert [edit.target for edit in planned.plan.edits] == [Target.fact("population"), Target.fact("children")]
    import_submission(office, COORDINATOR, number, planned.plan, NOW)
    again = plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert (again.plan.edits, again.overtaken) == ((), ())
    cleared = filled(workbook_of(office, COORDINATOR, number, NOW), children=None)
    import_submission(office, COORDINATOR, number, plan_workbook(office, COORDINATOR, number, cleared, "x").plan, NOW)
    assert dict(open_submission(office, COORDINATOR, number).content.facts) == {"population": 435_000}


def test_what_others_changed_since_is_told_and_left_alone(office, number: int) -> None:
    content = filled(workbook_of(office, COORDINATOR, number, NOW), population="43.5万", children=98_400)
    write(office, COORDINATOR, number, (Target.fact("population"), 430_000))
    planned = plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert [edit.target for edit in planned.plan.edits] == [Target.fact("children")]
    assert [(cell.current, cell.typed) for cell in planned.overtaken] == [("430000", "43.5万")]


def test_faults_are_refused_cell_by_cell_and_personal_numbers_do_not_come_back(office, number: int) -> None:
    content = filled(workbook_of(office, COORDINATOR, number, NOW), population="约43万")
    with pytest.raises(Refused) as refused:
        plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert refused.value.code == "bad_file"
    assert "工作表“县情”的 F" in refused.value.reasons[0]


def test_a_personal_number_is_refused_by_sheet_and_cell_before_anything_is_shown(office, number: int) -> None:
    content = filled(workbook_of(office, COORDINATOR, number, NOW), population="13800138000", children="98400")
    with pytest.raises(Refused) as refused:
        plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert refused.value.code == "personal_identifier"
    assert re.match("工作表“县情”的 F[0-9]+ 含有11位手机号码。.*件数、编号或节录", refused.value.reasons[0])
    assert len(refused.value.reasons) == 1
