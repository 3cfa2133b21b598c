"""A return opens its rows, what they rest on and what a mended figure turns; an edit voids the findings it touches."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    add_round,
    move,
    opened_by,
    put_everywhere,
    put_returned,
    put_submission,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.states import State
from workflow.targets import Target

OTHER = "3.3.2"


@pytest.fixture
def returned(office, draft):
    """甲县, returned for 3.3.2, V2 and the narrative; later than everything it holds."""
    put_returned(office, draft, OTHER, "V2", "form/narrative")
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
    put_returned(office, draft, "5.3.1")
    assert not opened_by(office, COORDINATOR, draft).may_edit(Target.answer("1.1.2"))
    write(office, COORDINATOR, draft, (Target.fact("townships"), 15))
    opened = opened_by(office, COORDINATOR, draft)
    assert opened.may_edit(Target.answer("1.1.2"))
    assert not opened.may_edit(Target.answer("3.3.2"))


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
    put_returned(office, draft, named)
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
    put_returned(office, draft, "5.3.2")
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
        county = put_submission(tx, COUNTY, State.DRAFT, whole_content(), round_id="long").id
    put_returned(office, county, "1.1.1", due=due)
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
