"""A workbook filled in offline is brought in as ordinary edits: its changes only, never over what others changed."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from scoring.workbook.identity import SHEET, seal
from scoring.workbook.reading import read_workbook
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NOW,
    ROWS,
    UNIT,
    opened_by,
    person,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.offline.workbooks import WorkbookPlan, departments_with_rows, plan_workbook, workbook_of
from workflow.people import Role
from workflow.states import State
from workflow.submission.assigning import assign
from workflow.submission.exchanging import import_submission
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
    assert (again.plan.edits, again.clashes) == ((), ())
    cleared = filled(workbook_of(office, COORDINATOR, number, NOW), children=None)
    import_submission(office, COORDINATOR, number, plan_workbook(office, COORDINATOR, number, cleared, "x").plan, NOW)
    assert dict(open_submission(office, COORDINATOR, number).content.facts) == {"population": 435_000}


def test_what_others_changed_since_is_told_and_left_alone(office, number: int) -> None:
    content = filled(workbook_of(office, COORDINATOR, number, NOW), population="43.5万", children=98_400)
    write(office, COORDINATOR, number, (Target.fact("population"), 430_000))
    planned = plan_workbook(office, COORDINATOR, number, content, "甲县.xlsx")
    assert [edit.target for edit in planned.plan.edits] == [Target.fact("children")]
    assert clashing(planned) == {Target.fact("population"): [()]}
    assert [(clash.current, clash.yours) for clash in planned.clashes] == [(430_000, 435_000)]
    import_submission(office, COORDINATOR, number, planned.choosing({Target.fact("population"): 435_000}), NOW)
    assert dict(open_submission(office, COORDINATOR, number).content.facts) == {
        "population": 435_000,
        "children": 98_400,
    }


def clashing(planned: WorkbookPlan) -> dict[Target, list[tuple[str, ...]]]:
    return {clash.target: list(clash.fields) for clash in planned.clashes}


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


OWN, LED, OTHERS = "3.3.2", "4.1.1", "1.1.1"
EDUCATION = person(Role.COUNTY_DEPARTMENT, name="jiaoyu", unit="甲县教育局")
FIGURE = f"answers/{OWN}/measures/out_of_pocket_reimbursement"


@pytest.fixture
def shared(office, number: int) -> int:
    """The police leads 4.1.1 and fills in the reimbursement of 3.3.2; education leads 5.1.1."""
    assign(office, COORDINATOR, number, {OWN: ["民政", "公安"], LED: ["公安"], "5.1.1": ["教育"]}, NOW,
           parts={OWN: {UNIT: ["out_of_pocket_reimbursement"]}})  # fmt: skip
    return number


def typed(content: bytes, cells: dict[str, object]) -> bytes:
    """``cells``: by the key of the line, what its first cells to fill in say."""
    book, written, left = load_workbook(io.BytesIO(content)), io.BytesIO(), dict(cells)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in left:
                value = left.pop(row[0].value)
                for at, text in enumerate(value if isinstance(value, tuple) else (value,)):
                    row[(2 if sheet.title == "佐证材料目录" else 5) + at].value = text
    assert not left
    book.save(written)
    return written.getvalue()


def rows_in(content: bytes) -> set[str]:
    keys = (row[0].value for sheet in load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows())
    return {str(key).split("/")[1] for key in keys if str(key).startswith(("answers/", "vetoes/"))}


def brought_in(office, who, number: int, content: bytes) -> WorkbookPlan:
    planned = plan_workbook(office, who, number, content, "甲县.xlsx")
    import_submission(office, who, number, planned.plan, NOW)
    return planned


def test_who_gets_which_workbook(office, shared: int) -> None:
    assert departments_with_rows(open_submission(office, COORDINATOR, shared)) == {
        "甲县公安局": 2, "甲县教育局": 1, "甲县民政局": 1,
    }  # fmt: skip
    assert rows_in(workbook_of(office, DEPARTMENT, shared, NOW)) == {OWN, LED}
    assert rows_in(workbook_of(office, COORDINATOR, shared, NOW, "县公安局")) == {OWN, LED}
    assert rows_in(workbook_of(office, COORDINATOR, shared, NOW)) == set(ROWS)
    stranger = person(Role.COUNTY_DEPARTMENT, name="weijian", unit="卫计")
    for who, department, code in (
        (DEPARTMENT, "教育", "wrong_role"), (GOVERNMENT, "教育", "wrong_role"), (stranger, None, "not_assigned"),
        (COORDINATOR, "气象局", "bad_department"), (COORDINATOR, "卫计", "not_assigned"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            workbook_of(office, who, shared, NOW, department)
        assert refused.value.code == code


def test_a_department_s_file_writes_what_it_may_and_the_rest_is_told_row_by_row(office, shared: int) -> None:
    content = typed(workbook_of(office, COORDINATOR, shared, NOW), {
        "facts/population": 435_000, f"answers/{OWN}/claim": "达标", f"{FIGURE}/numerator": 90,
        f"{FIGURE}/denominator": 100, f"answers/{LED}/note": "已建立", f"answers/{OTHERS}/note": "别家的",
    })  # fmt: skip
    planned = brought_in(office, DEPARTMENT, shared, content)
    assert [edit.target for edit in planned.plan.edits] == [Target.answer(OWN), Target.answer(LED)]
    told = {one.target: one for one in planned.not_taken}
    assert set(told) == {Target.fact("population"), Target.answer(OWN), Target.answer(OTHERS)}
    assert "您的单位在指标 3.3.2 中只填" in told[Target.answer(OWN)].reason
    assert re.fullmatch("工作表“3 基本权益保障”的 F[0-9]+", *told[Target.answer(OWN)].places)
    assert "没有分配给您的部门" in told[Target.answer(OTHERS)].reason
    after = open_submission(office, COORDINATOR, shared).content
    assert (after.answers[OWN].claim, after.answers[LED].note, after.facts) == (None, "已建立", {})
    again = plan_workbook(office, DEPARTMENT, shared, content, "甲县.xlsx")
    assert (again.plan.edits, again.clashes, len(again.not_taken)) == ((), (), 3)


def test_a_figure_is_one_field_and_what_stands_is_told_beside_what_the_file_says(office, shared: int) -> None:
    figures = [{"out_of_pocket_reimbursement": {"numerator": 80, "denominator": whole}} for whole in (100, 200)]
    write(office, COORDINATOR, shared, (Target.answer(OWN), {"measures": figures[0]}))
    content = typed(workbook_of(office, DEPARTMENT, shared, NOW), {f"{FIGURE}/numerator": 90})
    write(office, COORDINATOR, shared, (Target.answer(OWN), {"measures": figures[1]}))
    planned = plan_workbook(office, DEPARTMENT, shared, content, "甲县.xlsx")
    assert planned.plan.edits == ()
    assert clashing(planned) == {Target.answer(OWN): [("measures", "out_of_pocket_reimbursement")]}
    assert planned.choosing({}).edits == (), "what nobody chooses stays as it is"
    kept = planned.choosing({clash.target: clash.current for clash in planned.clashes})
    assert kept.edits == ()
    import_submission(office, DEPARTMENT, shared, planned.choosing({c.target: c.yours for c in planned.clashes}), NOW)
    figure = open_submission(office, COORDINATOR, shared).content.answers[OWN].measures["out_of_pocket_reimbursement"]
    assert (figure.numerator, figure.denominator) == (90, 100)


def without_versions(content: bytes) -> bytes:
    """As workbooks were made before they named versions."""
    book, written = load_workbook(io.BytesIO(content)), io.BytesIO()
    hidden = book[SHEET]
    lines = [(row[0].value, row[1].value) for row in hidden.iter_rows() if row[0].value not in {"versions", "seal"}]
    hidden.delete_rows(1, hidden.max_row)
    for line in (*lines, ("seal", seal(lines))):
        hidden.append(line)
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("as_made", [bytes, without_versions])
def test_a_workbook_is_held_against_the_versions_it_was_made_of_field_by_field(office, shared: int, as_made) -> None:
    led, own, other = (Target.answer(row) for row in (LED, OWN, OTHERS))
    write(office, COORDINATOR, shared, (led, {"note": "一"}), (own, {"note": "一"}), (other, {"note": "一"}))
    made = workbook_of(office, COORDINATOR, shared, NOW)
    content = as_made(typed(made, {f"answers/{row}/note": "表中" for row in (LED, OWN, OTHERS)}))
    write(
        office,
        COORDINATOR,
        shared,
        (led, {"note": "一", "claim": "met"}),
        (own, {"note": "二"}),
        (other, {"note": "二"}),
    )
    write(office, COORDINATOR, shared, (other, {"note": "一"}))
    planned = plan_workbook(office, COORDINATOR, shared, content, "甲县.xlsx")
    assert [(one.target, one.fields) for one in planned.merged] == [(led, (("claim",),))]
    assert clashing(planned) == {own: [("note",)]}
    assert {edit.target: edit.body for edit in planned.plan.edits} == {
        led: {"claim": "met", "note": "表中"},
        other: {"note": "表中"},
    }


def test_a_workbook_names_the_version_of_each_entry_and_none_that_is_not_there(office, shared: int) -> None:
    for note in ("一", "二"):
        write(office, COORDINATOR, shared, (Target.answer(LED), {"note": note}))
    for who in (COORDINATOR, DEPARTMENT):
        identity = read_workbook(workbook_of(office, who, shared, NOW), LIBRARY).identity
        assert identity.versions == {f"answer/{LED}": 2}


def test_two_offices_free_lines_bear_the_same_number_and_neither_is_lost(office, shared: int) -> None:
    books = {
        who: typed(workbook_of(office, who, shared, NOW), {"evidence/E01": (title, "统计表"), cites: "E01"})
        for who, title, cites in (
            (DEPARTMENT, "户籍登记统计", f"answers/{LED}/evidence/other"),
            (EDUCATION, "控辍保学统计", "answers/5.1.1/evidence/other"),
        )
    }
    for who, content in books.items():
        brought_in(office, who, shared, content)
    stands = open_submission(office, COORDINATOR, shared).content
    assert {name: item.title for name, item in stands.evidence.items()} == {
        "E01": "户籍登记统计",
        "E02": "控辍保学统计",
    }
    assert stands.answers["5.1.1"].evidence == {"other": ("E02",)}
    second = plan_workbook(office, EDUCATION, shared, books[EDUCATION], "甲县.xlsx")
    assert (second.plan.edits, second.clashes, second.numbers) == ((), (), {"E01": "E02"})


def test_a_number_since_deleted_never_comes_back(office, shared: int) -> None:
    fresh = typed(workbook_of(office, DEPARTMENT, shared, NOW), {"evidence/E01": ("户籍登记统计", "统计表")})
    brought_in(office, DEPARTMENT, shared, fresh)
    cells = {"evidence/E01": "户籍登记汇总", f"answers/{LED}/evidence/other": "E01", f"answers/{LED}/note": "已建立"}
    naming = typed(workbook_of(office, DEPARTMENT, shared, NOW), cells)
    write(office, COORDINATOR, shared, (Target.evidence("E01"), None))
    for content in (fresh, naming):
        planned = brought_in(office, DEPARTMENT, shared, content)
        assert Target.evidence("E01") not in [edit.target for edit in planned.plan.edits]
        assert ["材料 E01 已从材料目录删去" in one.reason for one in planned.not_taken] == [True, True]
    later = typed(workbook_of(office, EDUCATION, shared, NOW), {"evidence/E02": ("控辍保学统计", "统计表")})
    brought_in(office, EDUCATION, shared, later)
    stands = opened_by(office, COORDINATOR, shared).content
    assert (set(stands.evidence), stands.answers[LED].note) == ({"E02"}, "已建立")
