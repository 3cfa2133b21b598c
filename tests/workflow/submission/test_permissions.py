"""Who may write which kind of entry, in which state: every kind × role × state × division × return × kind of county.

`MAY` is the rule by hand; the matrix holds `edit_refusal` to it, and a few saves show that saving asks it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from scoring.submission import REVIEW_LEVELS
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    DIRECT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NEIGHBOUR,
    PREFECTURE,
    PROVINCE,
    STANDARDS,
    head,
    opened_by,
    person,
    put_assigned,
    put_everywhere,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.permissions import EditContext, edit_refusal, may_list, may_read, rows_depending_on
from workflow.states import State
from workflow.targets import CONTENT_KINDS, NEW, REVIEW_KINDS, Target

S, R = State, Role
MET = {"finding": "met", "date": "2018-07-02"}
ASSIGNED, OTHER, PROMISE = "4.2.1", "3.3.2", "xuchang-2017-38/senior_grant"
COUNTY_ROLES = {R.COUNTY_COORDINATOR, R.COUNTY_DEPARTMENT, R.COUNTY_GOVERNMENT}
TARGETS = {
    "fact": Target.fact("population"),
    "form": Target.form("narrative"),
    "assigned answer": Target.answer(ASSIGNED),
    "other answer": Target.answer(OTHER),
    "assigned veto": Target.veto("V1"),
    "other veto": Target.veto("V3"),
    "own evidence": Target.evidence("E01"),
    "other's evidence": Target.evidence("E02"),
    "new evidence": Target.evidence("E99"),
    "local documents": Target.local_policies(),
    "assigned local answer": Target("local", PROMISE),
    "other local answer": Target("local", "xuchang-2017-38/coordination"),
    "assignment": Target.assignment(OTHER),
    "assigned sent back": Target.sent_back(ASSIGNED),
    "other sent back": Target.sent_back(OTHER),
    "assigned item": Target("correction", "1/1"),
    "other item": Target("correction", "1/2"),
    "unknown item": Target("correction", "2/1"),
    "assigned warning": Target.explanation(f"evidence_undated/{ASSIGNED}"),
    "other warning": Target.explanation(f"evidence_undated/{OTHER}"),
    "whole warning": Target.explanation("facts_missing/-"),
    "prefecture finding": Target.finding("prefecture", OTHER),
    "province finding": Target.finding("province", OTHER),
    "prefecture visit": Target("site_visit", "prefecture/001"),
    "province visit": Target("site_visit", "province/001"),
    "prefecture doubt": Target.doubt("prefecture", OTHER),
    "province doubt": Target.doubt("province", OTHER),
    "prefecture note": Target.note("prefecture", "001"),
    "province note": Target.note("province", f"{NEW}{OTHER}"),
    "prefecture plan": Target.visit_plan("prefecture"),
    "province plan": Target.visit_plan("province"),
    "government opinion": Target.opinion("county_government"),
    "prefecture opinion": Target.opinion("prefecture"),
    "province opinion": Target.opinion("province"),
    "government scan": Target.scan("county_government"),
    "prefecture scan": Target.scan("prefecture"),
    "province scan": Target.scan("province"),
    "unknown kind": Target("remark.prefecture", "-"),
    "unknown level": Target("finding.county", OTHER),
}
ITEMS = {Target("correction", "1/1"): ASSIGNED, Target("correction", "1/2"): OTHER}
CONTENT = {
    "fact", "form", "assigned answer", "other answer", "assigned veto", "other veto", "own evidence",
    "other's evidence", "new evidence", "local documents", "assigned local answer", "other local answer",
}  # fmt: skip
DEPARTMENT_S = {"assigned answer", "assigned veto", "assigned local answer", "own evidence", "new evidence"}


# What is sealed after the opinion was given is attached until the next level acts.
SCANNED_AFTER = {
    "government scan": S.SUBMITTED,
    "prefecture scan": S.PREFECTURE_RECOMMENDED,
    "province scan": S.PROVINCE_RECOMMENDED,
}


def may(what: str, role: Role, state: State, *, direct: bool, opened: bool, given: bool = False) -> bool:
    """The rule by hand. ``opened``: a return stands open and names this very entry. ``given``: the level's decision led
    here, and the next has not acted."""
    if what in CONTENT:
        if role is not R.COUNTY_COORDINATOR and (role is not R.COUNTY_DEPARTMENT or what not in DEPARTMENT_S):
            return False
        return state is S.DRAFT or (state is S.RETURNED and (opened or what == "new evidence"))
    if what.endswith(" item"):
        mine = {R.COUNTY_COORDINATOR} | ({R.COUNTY_DEPARTMENT} if what == "assigned item" else set())
        return role in mine and state is S.RETURNED and opened and what != "unknown item"
    if what == "assignment" or what.endswith((" sent back", " warning")):
        theirs = what in {"assigned sent back", "assigned warning"}
        mine = {R.COUNTY_COORDINATOR} | ({R.COUNTY_DEPARTMENT} if theirs else set())
        return role in mine and state in {S.DRAFT, S.RETURNED}
    if what.startswith("government"):
        return role is R.COUNTY_GOVERNMENT and (state is S.AWAITING_GOVERNMENT or given)
    if what.startswith("prefecture"):
        return role is R.PREFECTURE_REVIEWER and (state is S.SUBMITTED or given) and not direct
    if what.startswith("province"):
        return role is R.PROVINCE_REVIEWER and (state is (S.SUBMITTED if direct else S.PREFECTURE_RECOMMENDED) or given)
    return False


def context(
    state: State, division: str, *, opened: frozenset | None, closed: bool = False, by: str = "", given: Any = None
) -> EditContext:
    return EditContext(
        division_code=division,
        state=state,
        assigned=frozenset({ASSIGNED, PROMISE, "V1"}),
        open_targets=opened,
        own_evidence=frozenset({"E01"}),
        known_evidence=frozenset({"E01", "E02"}),
        touched_by=frozenset({by}),
        round_closed=closed,
        unanswered=given,
        return_items={key: row for (kind, key), row in ITEMS.items() if (kind, key) in (opened or ())},
    )


def here(role: Role, division: str):
    return person(role, division if role in COUNTY_ROLES else None)


@pytest.mark.parametrize(("what", "role"), list(product(TARGETS, Role)))
def test_each_kind_is_written_by_whom_the_rule_names_and_in_its_states_only(what: str, role: Role) -> None:
    target = TARGETS[what]
    for state, division, named, handed in product(
        State, (COUNTY, DIRECT), (None, False, True), (False, target.is_scan)
    ):
        given = target.level if handed and SCANNED_AFTER.get(what) is state else None
        opened = None if named is None else frozenset({target} if named else {Target.answer("1.1.1")})
        # 市级人员名下没有省直管县
        own = not (role is R.PREFECTURE_REVIEWER and division == DIRECT)
        allowed = own and may(what, role, state, direct=division == DIRECT, opened=bool(named), given=given is not None)
        at = (what, role, state, division, named, given)
        refusal = edit_refusal(here(role, division), target, context(state, division, opened=opened, given=given))
        assert (refusal is None) == allowed, at
        foreign = edit_refusal(person(role, _elsewhere(role)), target, context(state, division, opened=opened))
        if role not in {R.OBSERVER, R.ADMINISTRATOR}:
            assert foreign is not None, at
            assert foreign.code == "foreign_division", at
        closed = edit_refusal(here(role, division), target, context(state, division, opened=opened, closed=True))
        assert closed is not None, at
        mine = context(state, division, opened=opened, by=here(role, division).username, given=given)
        own_work = edit_refusal(here(role, division), target, mine)
        if what.startswith(("prefecture", "province")):
            assert own_work is not None, at
        else:
            assert (own_work is None) == allowed, at
        finder = frozenset({here(role, division).username})
        found = replace(
            context(state, division, opened=opened, given=given), finders=dict.fromkeys(REVIEW_LEVELS, finder)
        )
        own_findings = edit_refusal(here(role, division), target, found)
        of_opinion = what.startswith(("prefecture", "province")) and what.endswith(("opinion", "scan"))
        assert (own_findings is None) == (allowed and not of_opinion), at
        if of_opinion and allowed:
            assert own_findings.code == "own_findings", at


def test_a_refusal_calls_the_state_as_it_is_called_in_that_county() -> None:
    for division, name in ((COUNTY, "市级基础评价"), (DIRECT, "省级评价（无地市级）")):
        told = edit_refusal(
            here(R.COUNTY_COORDINATOR, division), Target.form("unit_name"), context(S.SUBMITTED, division, opened=None)
        )
        assert told is not None
        assert f"申报现处于“{name}”环节" in told.reasons[0]


def _elsewhere(role: Role) -> str:
    if role in COUNTY_ROLES:
        return NEIGHBOUR
    return {R.PREFECTURE_REVIEWER: "990200", R.PROVINCE_REVIEWER: "530000"}.get(role, "000000")


def test_every_kind_of_entry_stands_in_the_matrix() -> None:
    asked = {kind for kind, _ in TARGETS.values()}
    assert asked >= CONTENT_KINDS | REVIEW_KINDS | {"assignment", "sent_back", "correction", "explanation"}


@pytest.mark.parametrize("state", State)
def test_what_a_county_has_not_released_is_the_county_s_alone(state: State) -> None:
    released = state not in {S.DRAFT, S.AWAITING_GOVERNMENT, S.WITHDRAWN}
    for role in COUNTY_ROLES:
        assert may_read(person(role), COUNTY, state)
        assert not may_read(person(role, NEIGHBOUR), COUNTY, state)
    for role, division in product(
        (R.PREFECTURE_REVIEWER, R.PROVINCE_REVIEWER, R.OBSERVER), ("990100", "990000", "000000")
    ):
        assert may_read(person(role, division), COUNTY, state) is released
    assert may_read(person(R.OBSERVER, COUNTY), COUNTY, state)  # the county's own auditor
    assert not may_read(person(R.ADMINISTRATOR), COUNTY, state)
    assert not may_read(person(R.PROVINCE_REVIEWER, "530000"), COUNTY, state)


def test_whether_a_county_has_begun_is_known_to_all_of_its_area() -> None:
    assert may_list(PREFECTURE, COUNTY)
    assert not may_list(person(R.PREFECTURE_REVIEWER, "990200"), COUNTY)
    assert not may_list(person(R.ADMINISTRATOR), COUNTY)


# --- saving asks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        (person(R.OBSERVER, COUNTY), Target.form("narrative"), "改", "wrong_role"),
        (GOVERNMENT, Target.answer(OTHER), {"claim": "met"}, "wrong_role"),
        (DEPARTMENT, Target.answer(OTHER), {"claim": "not_met"}, "not_assigned"),
        (DEPARTMENT, Target.fact("population"), 5, "not_assigned"),
        (DEPARTMENT, Target.form("narrative"), "改", "not_assigned"),
        (DEPARTMENT, Target.evidence("G1"), {"title": "改"}, "not_assigned"),
        (DEPARTMENT, Target.assignment(OTHER), {"units": ["甲县公安局"]}, "wrong_role"),
        (DEPARTMENT, Target.sent_back(OTHER), {"甲县公安局": "不属本单位"}, "not_assigned"),
        (GOVERNMENT, Target.sent_back(OTHER), {"甲县公安局": "不属本单位"}, "wrong_role"),
        (COORDINATOR, Target.finding("prefecture", OTHER), {"finding": "met"}, "wrong_role"),
        (COORDINATOR, Target.opinion("county_government"), {"text": "同意"}, "wrong_role"),
        (GOVERNMENT, Target.opinion("county_government"), {"text": "同意"}, "wrong_state"),
    ],
)
def test_a_save_beyond_one_s_right_is_refused_and_writes_nothing(office, draft, case) -> None:
    who, target, body, code = case
    before = head(office)
    with pytest.raises(Refused) as caught:
        write(office, who, draft, (target, body))
    assert caught.value.code == code
    assert head(office) == before


@pytest.mark.parametrize("who", [PREFECTURE, PROVINCE, person(R.OBSERVER), person(R.ADMINISTRATOR)])
def test_a_draft_is_not_there_for_anybody_above(office, draft, who) -> None:
    with pytest.raises(Refused) as caught:
        opened_by(office, who, draft)
    assert caught.value.code == "not_found"


def test_one_refused_entry_keeps_the_whole_save_back(office, draft) -> None:
    put_assigned(office, draft, ASSIGNED)
    opened = opened_by(office, DEPARTMENT, draft)
    good = dict(opened.entries[Target.answer(ASSIGNED)].body) | {"note": "补充说明"}
    before = head(office)
    with pytest.raises(Refused):
        write(office, DEPARTMENT, draft, (Target.answer(ASSIGNED), good), (Target.answer(OTHER), {"claim": "met"}))
    assert head(office) == before
    write(office, DEPARTMENT, draft, (Target.answer(ASSIGNED), good))
    assert opened_by(office, DEPARTMENT, draft).content.answers[ASSIGNED].note == "补充说明"


def test_a_department_adds_evidence_and_then_changes_its_own_only(office, draft) -> None:
    write(office, DEPARTMENT, draft, (Target.evidence("P1"), {"title": "接处警登记"}))
    write(office, DEPARTMENT, draft, (Target.evidence("P1"), {"title": "接处警登记（2017年）"}))
    write(office, COORDINATOR, draft, (Target.evidence("P1"), None))
    write(office, COORDINATOR, draft, (Target.evidence("P1"), {"title": "民政局的材料"}))
    with pytest.raises(Refused, match="不是您登记的"):
        write(office, DEPARTMENT, draft, (Target.evidence("P1"), {"title": "改"}))


def test_a_fact_s_edit_reaches_every_row_that_reads_it() -> None:
    standards = [LIBRARY.standards[s] for s in STANDARDS]
    from tests.scoring.filling import fill  # noqa: PLC0415 - a whole submission, only here

    rows = rows_depending_on(Target.fact("townships"), standards, fill(standards))
    reading = {row.id for s in standards for row in s.rows() for m in row.measures if "townships" in m.of}
    assert reading <= rows
    assert OTHER not in rows


def test_nobody_reviews_their_own_work(office) -> None:
    reviewer = person(R.PREFECTURE_REVIEWER, name="formerly-of-the-county")
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, S.SUBMITTED)
    put_everywhere(office, record.id, {Target.evidence("E01"): {"title": "材料"}}, by=reviewer.username)
    with pytest.raises(Refused) as caught:
        write(office, reviewer, record.id, (Target.finding("prefecture", OTHER), MET))
    assert caught.value.code == "own_work"
    write(office, PREFECTURE, record.id, (Target.finding("prefecture", OTHER), MET))
