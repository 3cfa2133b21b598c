"""A row's lead and its helpers: a helper with figures of its own changes those and what proves them, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.clock import local_date
from tests.workflow.office_room import (
    COORDINATOR,
    DEPARTMENT,
    NOW,
    UNIT,
    head,
    opened_by,
    person,
    put_everywhere,
    write,
)
from workflow.errors import Refused
from workflow.overview.gaps import gap_list
from workflow.people import Role
from workflow.submission.assigning import assign, row_assignments
from workflow.submission.saving import Edit, save
from workflow.targets import Target

ROW, LEAD = "3.3.2", "甲县民政局"
OWN, OTHER_S = "out_of_pocket_reimbursement", "aid_scheme"
HELPER = DEPARTMENT
FIGURE = {"numerator": 900, "denominator": 1000}
ANSWER = Target.answer(ROW)


@pytest.fixture
def shared(office, draft) -> int:
    """3.3.2 led by 甲县民政局; the police fills in the reimbursement alone."""
    assign(office, COORDINATOR, draft, {ROW: [LEAD, "公安"]}, NOW, parts={ROW: {UNIT: [OWN]}})
    return draft


def body(office, number: int) -> dict:
    return dict(opened_by(office, COORDINATOR, number).entries[ANSWER].body)


def with_measure(standing: dict, measure: str, figure: object) -> dict:
    return standing | {"measures": dict(standing["measures"]) | {measure: figure}}


def test_a_helper_changes_its_own_figures_and_their_proof(office, shared):
    standing = body(office, shared)
    changed = with_measure(standing, OWN, FIGURE)
    changed["evidence"] = {key: ids for key, ids in standing["evidence"].items() if key != "settlement_summary"}
    write(office, HELPER, shared, (ANSWER, changed))
    assert body(office, shared) == changed


@pytest.mark.parametrize(
    "change",
    [
        {"claim": "not_met"},
        {"note": "协办单位写的说明"},
        {"claims": {"national-2018": "not_met"}},
        {"judgements": {}},
        {"evidence": {"other": ["G1"]}},
        {"nil_return": "G1"},
        None,
    ],
)
def test_a_helper_changes_nothing_else(office, shared, change):
    standing = body(office, shared)
    changed = None if change is None else with_measure(standing, OWN, {"numerator": 9, "denominator": 10}) | change
    before = head(office)
    with pytest.raises(Refused, match=r"您的单位在指标 3\.3\.2 中只填：.*报销比例") as refused:
        write(office, HELPER, shared, (ANSWER, changed))
    assert refused.value.code == "not_assigned"
    assert head(office) == before


def test_another_figure_of_the_row_is_refused_with_its_place(office, shared):
    with pytest.raises(Refused) as refused:
        write(office, HELPER, shared, (ANSWER, with_measure(body(office, shared), OTHER_S, figure=False)))
    assert refused.value.places == ((ANSWER, ("measures", OTHER_S)),)


def test_what_the_lead_saved_meanwhile_is_no_change_of_the_helper_s(office, shared):
    opened = opened_by(office, HELPER, shared)
    lead = person(Role.COUNTY_DEPARTMENT, name="minzheng", unit=LEAD)
    write(office, lead, shared, (ANSWER, body(office, shared) | {"note": "牵头单位的说明"}))
    mine = with_measure(dict(opened.entries[ANSWER].body), OWN, FIGURE)
    save(office, HELPER, shared, [Edit(ANSWER, mine, opened.version(ANSWER))], NOW)
    assert body(office, shared)["note"] == "牵头单位的说明"


def test_before_the_lead_has_begun_a_helper_fills_in_its_part_and_sees_it_missing(office, shared):
    proof = {need: ids for need, ids in body(office, shared)["evidence"].items() if need == "settlement_summary"}
    put_everywhere(office, shared, {ANSWER: None})
    today = local_date(NOW)
    own = gap_list(office, opened_by(office, HELPER, shared), today)
    assert [(gap.row.id, len(gap.reasons), len(gap.part)) for gap in own[0].gaps] == [(ROW, 1, 1)]
    assert own[0].gaps[0].reasons[0].startswith("还没有填写：")
    write(office, HELPER, shared, (ANSWER, {"measures": {OWN: FIGURE}, "evidence": proof}))
    assert gap_list(office, opened_by(office, HELPER, shared), today) == ()


@pytest.mark.parametrize(
    "parts", [{LEAD: [OWN]}, {UNIT: ["no_such"]}, {UNIT: []}, {UNIT: OWN}, {"甲县教育局": [OWN]}, 7]
)
def test_a_part_is_a_helper_s_and_of_the_row(office, draft, parts):
    target = Target.assignment(ROW)
    with pytest.raises(Refused, match="只有牵头以外的部门可以只填其中几项数据"):
        write(office, COORDINATOR, draft, (target, {"units": [LEAD, UNIT], "measures": parts}))


def test_whoever_stays_a_helper_keeps_its_part_and_a_new_lead_has_the_whole_row(office, shared):
    assign(office, COORDINATOR, shared, {ROW: [LEAD, "甲县教育局", UNIT]}, NOW)
    assert opened_by(office, HELPER, shared).context.parts == {ROW: {OWN}}
    assign(office, COORDINATOR, shared, {ROW: [UNIT, LEAD]}, NOW)
    assert opened_by(office, HELPER, shared).context.parts == {}
    given = row_assignments(opened_by(office, COORDINATOR, shared))[ROW]
    assert replace(given, due=None).body == {"units": [UNIT, LEAD]}
