"""Who may write which kind of entry, in which state: every kind × role × state × division × return × kind of county.

`MAY` is the rule by hand; the matrix holds `edit_refusal` to it, and a few saves show that saving asks it.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    DIRECT,
    DUE,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NEIGHBOUR,
    PREFECTURE,
    PROVINCE,
    STANDARDS,
    add_round,
    head,
    move,
    open_return,
    opened_by,
    person,
    put_everywhere,
    put_submission,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.permissions import EditContext, edit_refusal, may_list, may_read, rows_depending_on
from workflow.states import State
from workflow.targets import CONTENT_KINDS, REVIEW_KINDS, Target

S, R = State, Role
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
    "prefecture finding": Target.finding("prefecture", OTHER),
    "province finding": Target.finding("province", OTHER),
    "prefecture visit": Target("site_visit", "prefecture/001"),
    "province visit": Target("site_visit", "province/001"),
    "government opinion": Target.opinion("county_government"),
    "prefecture opinion": Target.opinion("prefecture"),
    "province opinion": Target.opinion("province"),
    "unknown kind": Target("remark.prefecture", "-"),
    "unknown level": Target("finding.county", OTHER),
}
ITEMS = {Target("correction", "1/1"): ASSIGNED, Target("correction", "1/2"): OTHER}
CONTENT = {
    "fact", "form", "assigned answer", "other answer", "assigned veto", "other veto", "own evidence",
    "other's evidence", "new evidence", "local documents", "assigned local answer", "other local answer",
}  # fmt: skip
DEPARTMENT_S = {"assigned answer", "assigned veto", "assigned local answer", "own evidence", "new evidence"}


def may(what: str, role: Role, state: State, *, direct: bool, opened: bool) -> bool:
    """The rule by hand. ``opened``: a return stands open and names this very entry."""
    if what in CONTENT:
        if role is not R.COUNTY_COORDINATOR and (role is not R.COUNTY_DEPARTMENT or what not in DEPARTMENT_S):
            return False
        return state is S.DRAFT or (state is S.RETURNED and (opened or what == "new evidence"))
    if what.endswith(" item"):
        mine = {R.COUNTY_COORDINATOR} | ({R.COUNTY_DEPARTMENT} if what == "assigned item" else set())
        return role in mine and state is S.RETURNED and opened and what != "unknown item"
    if what == "assignment" or what.endswith(" sent back"):
        mine = {R.COUNTY_COORDINATOR} | ({R.COUNTY_DEPARTMENT} if what == "assigned sent back" else set())
        return role in mine and state in {S.DRAFT, S.RETURNED}
    if what == "government opinion":
        return role is R.COUNTY_GOVERNMENT and state is S.AWAITING_GOVERNMENT
    if what.startswith("prefecture"):
        return role is R.PREFECTURE_REVIEWER and state is S.SUBMITTED and not direct
    if what.startswith("province"):
        return role is R.PROVINCE_REVIEWER and state is (S.SUBMITTED if direct else S.PREFECTURE_RECOMMENDED)
    return False


def context(
    state: State, division: str, *, opened: frozenset | None, closed: bool = False, by: str = ""
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
        return_items={key: row for (kind, key), row in ITEMS.items() if (kind, key) in (opened or ())},
    )


def here(role: Role, division: str):
    return person(role, division if role in COUNTY_ROLES else None)


@pytest.mark.parametrize(("what", "role"), list(product(TARGETS, Role)))
def test_each_kind_is_written_by_whom_the_rule_names_and_in_its_states_only(what: str, role: Role) -> None:
    target = TARGETS[what]
    for state, division, named in product(State, (COUNTY, DIRECT), (None, False, True)):
        opened = None if named is None else frozenset({target} if named else {Target.answer("1.1.1")})
        # 市级人员名下没有省直管县
        own = not (role is R.PREFECTURE_REVIEWER and division == DIRECT)
        allowed = own and may(what, role, state, direct=division == DIRECT, opened=bool(named))
        at = (what, role, state, division, named)
        refusal = edit_refusal(here(role, division), target, context(state, division, opened=opened))
        assert (refusal is None) == allowed, at
        foreign = edit_refusal(person(role, _elsewhere(role)), target, context(state, division, opened=opened))
        if role not in {R.OBSERVER, R.ADMINISTRATOR}:
            assert foreign is not None, at
            assert foreign.code == "foreign_division", at
        closed = edit_refusal(here(role, division), target, context(state, division, opened=opened, closed=True))
        assert closed is not None, at
        mine = context(state, division, opened=opened, by=here(role, division).username)
        own_work = edit_refusal(here(role, division), target, mine)
        if what.startswith(("prefecture", "province")):
            assert own_work is not None, at
        else:
            assert (own_work is None) == allowed, at


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
    assert asked >= CONTENT_KINDS | REVIEW_KINDS | {"assignment", "sent_back", "correction"}


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
    put_everywhere(office, draft, {Target.assignment(ASSIGNED): {"units": ["甲县公安局"]}})
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


# --- what a return opens --------------------------------------------------------------------------------------------


@pytest.fixture
def returned(office, draft):
    """甲县, returned for 3.3.2, V2 and the narrative; later than everything it holds."""
    with office.store.write("scene", EARLIER) as tx:
        record = tx.submissions.get(draft)
        tx.moves.add(draft, move="scene", to_state="returned", expected_version=record.version)
        open_return(tx, draft, OTHER, "V2", "form/narrative")
    return draft


def test_a_return_opens_its_rows_their_facts_and_their_evidence(office, returned) -> None:
    opened = opened_by(office, COORDINATOR, returned).context.open_targets
    named = {Target.answer(OTHER), Target.veto("V2"), Target.form("narrative"), Target.evidence("G1")}
    assert opened == named | {Target.answer("3.2.1"), Target.fact("children")}  # cross-checked with V2
    for target in (Target.answer("1.1.1"), Target.veto("V1"), Target.form("unit_name"), Target.fact("population")):
        with pytest.raises(Refused, match="只开放退回时列明的内容") as caught:
            write(office, COORDINATOR, returned, (target, {"claim": "not_met"} if target[0] != "fact" else 7))
        assert caught.value.code == "not_opened"


def test_evidence_added_after_the_return_can_still_be_mended(office, returned) -> None:
    for body in ({"title": "分月明袒"}, {"title": "分月明细"}, None):
        assert not write(office, COORDINATOR, returned, (Target.evidence("N1"), body)).unchanged
        standing = opened_by(office, COORDINATOR, returned).entries.get(Target.evidence("N1"))
        assert (None if standing is None else standing.body) == body


def test_a_fact_that_a_return_opens_opens_the_figures_that_rest_on_it(office, draft) -> None:
    # 5.3.1 reads townships and subdistricts; so do 1.1.2, 1.1.3 and others.
    with office.store.write("scene", EARLIER) as tx:
        tx.moves.add(draft, move="scene", to_state="returned", expected_version=1)
        open_return(tx, draft, "5.3.1")
    assert not opened_by(office, COORDINATOR, draft).may_edit(Target.answer("1.1.2"))
    write(office, COORDINATOR, draft, (Target.fact("townships"), 15))
    opened = opened_by(office, COORDINATOR, draft)
    assert opened.may_edit(Target.answer("1.1.2"))
    assert not opened.may_edit(Target.answer("3.3.2"))


def _return(office, submission_id: int, *rows: str, due: date = DUE) -> None:
    with office.store.write("scene", EARLIER) as tx:
        tx.moves.add(submission_id, move="scene", to_state="returned", expected_version=1)
        open_return(tx, submission_id, *rows, due=due)


def _changed(office, submission_id: int, row: str, **measures: object) -> tuple[Target, dict]:
    body = opened_by(office, COORDINATOR, submission_id).entries[Target.answer(row)].body
    return Target.answer(row), {**body, "measures": {**body["measures"], **measures}}


NO_CENTRE = {"claim": "not_applicable", "note": "县里没有未成年人保护中心"}


@pytest.mark.parametrize(
    ("named", "turned", "edits"),
    [
        pytest.param(
            "5.1.5",
            {"4.4.2", "5.1.3"},
            (
                [(Target.fact("has_protection_centre"), False), (Target.answer("5.1.5"), NO_CENTRE)],
                [
                    ("4.4.2", {"receiving_body": ["welfare_institution"]}),
                    ("5.1.3", {"county_body": ["guidance_centre"]}),
                ],
            ),
            id="a body that is not there",
        ),
        pytest.param(
            "5.3.2",
            {"5.2.1", "5.3.2"},
            (
                [(Target.fact("villages"), 181), ("5.3.2", {"villages_with_director": 201})],
                [(Target.fact("villages_under_100"), 51)],
            ),
            id="a fact that must add up with another",
        ),
        pytest.param(
            "4.4.2",
            {"3.3.4"},
            (
                [("4.4.2", {"receiving_body": ["protection_centre"]}), (Target.fact("has_welfare_institution"), False)],
                [(Target.answer("3.3.4"), {"claim": "not_applicable", "note": "县里没有儿童福利机构"})],
            ),
            id="a fact checked with the row that was named",
        ),
    ],
)
def test_what_a_mended_figure_turns_can_be_mended_and_the_return_go_back(office, draft, named, turned, edits) -> None:
    _return(office, draft, named)
    first, then = (
        [edit if isinstance(edit[0], Target) else _changed(office, draft, edit[0], **edit[1]) for edit in some]
        for some in edits
    )
    saved = write(office, COORDINATOR, draft, *first)
    assert {change.row for change in saved.changes if change.after == "contradicted"} == turned
    write(office, COORDINATOR, draft, *then)
    assert not opened_by(office, COORDINATOR, draft).may_edit(Target.answer("1.1.1"))
    move(office, COORDINATOR, draft, "hand_over")


def test_a_contract_that_only_the_return_s_later_day_ends_can_be_renewed(office, draft) -> None:
    contract, row = Target.evidence("E50"), Target.answer("5.1.4")
    body = opened_by(office, COORDINATOR, draft).entries[row].body
    former = {"title": "购买服务合同", "kind": "contract", "date": "2017-07-21", "valid_until": "2018-07-20"}
    cited = {**body, "evidence": {**body["evidence"], "agency_contract": ["E50"]}}
    put_everywhere(office, draft, {contract: former, row: cited})
    _return(office, draft, "5.3.2")
    opened = opened_by(office, COORDINATOR, draft)
    assert {contract, row} <= opened.context.open_targets
    assert not opened.may_edit(Target.answer("5.1.3"))
    write(office, COORDINATOR, draft, (contract, {**former, "valid_until": "2019-07-20"}))
    write(office, COORDINATOR, draft, (contract, {**former, "valid_until": "2019-07-21"}))  # it stays open
    write(office, COORDINATOR, draft, _changed(office, draft, "5.3.2", villages_with_director=200))
    write(
        office, COORDINATOR, draft, (Target("correction", "1/1"), {"explanation": "经核对，原填无误，村儿童主任已配齐"})
    )
    move(office, COORDINATOR, draft, "hand_over")


@pytest.mark.parametrize(("due", "lapsed"), [(date(2018, 7, 31), False), (date(2018, 8, 1), True)])
def test_a_paper_that_only_the_return_s_later_day_makes_too_old_can_be_renewed(office, due, lapsed) -> None:
    # Of 2018-06-30; where the cut-off is before the end of the period, a veto's must be of the 31 days before it.
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx, id="long", period_last=date(2018, 12, 31))
        county = put_submission(tx, COUNTY, S.DRAFT, whole_content(), round_id="long").id
    _return(office, county, "1.1.1", due=due)
    assert opened_by(office, COORDINATOR, county).may_edit(Target.veto("V1")) is lapsed


def test_an_edit_voids_the_findings_on_its_row_and_no_other(office, returned) -> None:
    findings = {
        Target.finding(level, row): {"finding": "met"}
        for level in ("prefecture", "province")
        for row in (OTHER, "1.1.1")
    }
    put_everywhere(office, returned, findings)
    answer = dict(opened_by(office, COORDINATOR, returned).entries[Target.answer(OTHER)].body) | {"note": "已补充"}
    saved = write(office, COORDINATOR, returned, (Target.answer(OTHER), answer))
    assert set(saved.voided) == {("prefecture", OTHER), ("province", OTHER)}
    with office.store.read() as tx:
        standing = {(e.kind, e.key) for e in tx.entries.all(returned) if e.kind.startswith("finding.")}
    assert standing == {Target.finding("prefecture", "1.1.1"), Target.finding("province", "1.1.1")}


def test_an_edit_of_the_form_voids_no_finding(office, returned) -> None:
    put_everywhere(office, returned, {Target.finding("prefecture", OTHER): {"finding": "met"}})
    assert write(office, COORDINATOR, returned, (Target.form("narrative"), "更正后的情况。")).voided == ()


def test_an_edit_of_a_document_voids_the_findings_of_every_row_that_cites_it(office, returned) -> None:
    put_everywhere(
        office,
        returned,
        {
            Target.finding("prefecture", "1.1.1"): {"finding": "met"},
            Target.evidence("X1"): {"title": "评审引用"},
            Target.answer(OTHER): {"claim": "met", "evidence": {"other": ["X1"]}},
            Target.finding("prefecture", "2.1.1"): {"finding": "met", "evidence": {"other": ["X1"]}},
        },
    )
    saved = write(office, COORDINATOR, returned, (Target.evidence("X1"), {"title": "更名"}))
    assert saved.voided == (("prefecture", "2.1.1"),)


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
        write(office, reviewer, record.id, (Target.finding("prefecture", OTHER), {"finding": "met"}))
    assert caught.value.code == "own_work"
    write(office, PREFECTURE, record.id, (Target.finding("prefecture", OTHER), {"finding": "met"}))
