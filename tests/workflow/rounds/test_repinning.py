"""Rules that change under a round: it goes on by those it kept, and takes the new ones only by an audited act."""

from __future__ import annotations

import pytest

from indicators.model.rule_changes import texts
from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    STANDARDS,
    head,
    open_return,
    opened_by,
    review_content,
    write,
)
from tests.workflow.rounds.repin_scene import REASON, STRICTER, put
from tests.workflow.upgraded import (
    REIMBURSEMENT,
    of_other_costs,
    repin_round,
    stricter,
    upgraded,
    with_standards,
    without_reimbursement,
    without_row,
)
from workflow.errors import Refused
from workflow.overview.overview import workbench
from workflow.rounds.repinning import preview_repin
from workflow.states import State
from workflow.submission.exchanging import export_submission
from workflow.targets import Target

BOTH = with_standards(*(without_reimbursement(one) for one in STANDARDS))


def eligible(office, submission_id: int) -> bool:
    opened = opened_by(office, COORDINATOR, submission_id)
    return office.judge(opened.content, opened.round).eligible


def test_after_an_upgrade_a_round_is_judged_by_the_rules_it_kept(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, STRICTER)
    opened = opened_by(later, COORDINATOR, county)
    assert [one.fingerprint for one in opened.standards] == [LIBRARY.standards[one].fingerprint for one in STANDARDS]
    assert eligible(later, county)
    assert not later.follows_installed(opened.round)
    assert workbench(later, COORDINATOR, NOW).cards[0].refused == ()


def test_what_was_filled_in_stays_readable_and_writable_where_the_new_rules_no_longer_ask_it(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, BOTH)
    answer = opened_by(later, COORDINATOR, county).entries[Target.answer("3.3.2")].body
    assert REIMBURSEMENT in answer["measures"]
    write(later, COORDINATOR, county, (Target.answer("3.3.2"), answer | {"note": "已核对"}))
    assert REIMBURSEMENT in export_submission(later, COORDINATOR, county)


def test_without_kept_rules_the_message_names_the_way_forward(office) -> None:
    county = put(office, State.DRAFT)
    later = upgraded(office, STRICTER)
    with pytest.raises(Refused, match="换用现行规则") as refused:
        opened_by(later, COORDINATOR, county)
    assert refused.value.code == "rules_changed"
    assert "没有丢失" in str(refused.value)


def test_without_kept_rules_everything_can_still_be_taken_out(office) -> None:
    county = put(office, State.DRAFT)
    text = export_submission(upgraded(office, BOTH), COORDINATOR, county)
    assert REIMBURSEMENT in text
    with pytest.raises(Refused, match="不在您的辖区"):
        export_submission(upgraded(office, BOTH), PREFECTURE, county)


def test_the_preview_counts_what_would_change_and_writes_nothing(kept) -> None:
    put(kept, State.DRAFT)
    before = head(kept)
    found = preview_repin(upgraded(kept, STRICTER), ADMINISTRATOR, "2018")
    assert found.refusals == ()
    assert (found.counts.submissions, found.counts.lost_eligibility) == (1, 1)
    assert found.counts.verdicts == {("达标", "数据与自评不符"): 1}
    assert any("95" in text for change in found.changes for text in texts(change.rules or ()))
    assert head(kept) == before


def test_what_would_do_something_else_than_was_seen_is_not_done(kept) -> None:
    put(kept, State.DRAFT)
    later = upgraded(kept, STRICTER)
    seen = preview_repin(later, ADMINISTRATOR, "2018")
    put(kept, State.DRAFT, division=NEIGHBOUR)
    with pytest.raises(Refused, match="重新查看") as caught:
        repin_round(later, ADMINISTRATOR, "2018", REASON, NOW, seen=seen)
    assert caught.value.code == "seen_otherwise"
    again = preview_repin(later, ADMINISTRATOR, "2018")
    assert later.follows_installed(repin_round(later, ADMINISTRATOR, "2018", REASON, NOW, seen=again))


def test_taking_the_installed_rules_is_audited_with_its_reason_and_judged_by_from_then_on(kept) -> None:
    county = put(kept, State.SUBMITTED)
    later = upgraded(kept, STRICTER)
    changed = repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    assert changed.fingerprints["national-2018"] == STRICTER.standards["national-2018"].fingerprint
    assert later.follows_installed(changed)
    assert not eligible(later, county)
    with later.store.read() as tx:
        (told,) = tx.audit.entries(action="round.repin")
    assert (told.actor, told.detail["reason"]) == (ADMINISTRATOR.username, REASON)
    assert inspect_store(later.store).faults == ()
    # 换用过的规则也留存：再升级一次，仍按它评估。
    again = upgraded(kept, with_standards(stricter(least=99)))
    assert opened_by(again, COORDINATOR, county).standards[0].fingerprint == changed.fingerprints["national-2018"]


def test_figures_no_longer_asked_are_taken_out_and_stay_in_the_history(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, BOTH)
    assert preview_repin(later, ADMINISTRATOR, "2018").taken_out == 1
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    opened = opened_by(later, COORDINATOR, county)
    assert REIMBURSEMENT not in opened.entries[Target.answer("3.3.2")].body["measures"]
    with later.store.read() as tx:
        bodies = [one.body for one in tx.entries.history(county, "answer", "3.3.2")]
    assert any(REIMBURSEMENT in body["measures"] for body in bodies)


def test_a_figure_whose_question_is_replaced_stays_is_shown_and_proves_nothing(kept) -> None:
    county = put(kept, State.DRAFT)
    assert eligible(kept, county)
    later = upgraded(kept, with_standards(*(of_other_costs(one) for one in STANDARDS)))
    assert preview_repin(later, ADMINISTRATOR, "2018").taken_out == 0
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    opened = opened_by(later, COORDINATOR, county)
    assert REIMBURSEMENT in opened.entries[Target.answer("3.3.2")].body["measures"]
    result = later.judge(opened.content, opened.round).standards["national-2018"].indicators["3.3.2"]
    assert result.verdict == "unproven"
    assert [reason.figure for reason in result.reasons if reason.code == "figure_replaced"] == ["71%"]


def test_an_answer_to_an_indicator_that_is_gone_is_taken_out_whole(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, with_standards(*(without_row(one, "2.1.2") for one in STANDARDS)))
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    opened = opened_by(later, COORDINATOR, county)
    assert Target.answer("2.1.2") not in opened.entries
    assert eligible(later, county)


def test_findings_fall_on_the_rows_that_changed_and_on_no_others(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    later = upgraded(kept, STRICTER)
    assert preview_repin(later, ADMINISTRATOR, "2018").voided == 1
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    findings = opened_by(later, PREFECTURE, county).content.findings["prefecture"]
    assert "3.3.2" not in findings
    assert "3.3.3" in findings


@pytest.mark.parametrize("state", [State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED])
def test_a_round_in_which_a_level_has_decided_keeps_its_rules(kept, state) -> None:
    put(kept, State.DRAFT)
    put(kept, state, division=NEIGHBOUR)
    later, before = upgraded(kept, STRICTER), head(kept)
    with pytest.raises(Refused, match="另开批次") as refused:
        repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    assert refused.value.code == "not_now"
    assert "乙县" in str(refused.value)
    assert head(kept) == before


def test_where_the_old_rules_are_lost_even_a_decided_round_gets_a_way_forward(office) -> None:
    county = put(office, State.PROVINCE_RECOMMENDED)
    later = upgraded(office, STRICTER)
    assert preview_repin(later, ADMINISTRATOR, "2018").counts is None
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    assert opened_by(later, COORDINATOR, county).state is State.PROVINCE_RECOMMENDED


def test_a_closed_round_keeps_its_rules(kept) -> None:
    with kept.store.write("system", EARLIER) as tx:
        tx.rounds.close("2018")
    with pytest.raises(Refused, match="已经结束"):
        repin_round(upgraded(kept, STRICTER), ADMINISTRATOR, "2018", REASON, NOW)


def test_an_open_return_on_a_row_that_would_be_gone_comes_first(kept) -> None:
    county = put(kept, State.RETURNED)
    with kept.store.write("scene", EARLIER) as tx:
        open_return(tx, county, "2.1.2")
    later = upgraded(kept, with_standards(*(without_row(one, "2.1.2") for one in STANDARDS)))
    with pytest.raises(Refused, match=r"甲县的退回补正列有 2\.1\.2"):
        repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)


def test_there_is_nothing_to_take_where_the_round_has_the_installed_rules(kept) -> None:
    with pytest.raises(Refused, match="就是现行规则"):
        repin_round(kept, ADMINISTRATOR, "2018", REASON, NOW)


@pytest.mark.parametrize(
    ("reason", "words"), [("  ", "理由"), ("长" * 501, "500字"), ("某某11010519491231002X", "身份")]
)
def test_the_reason_is_given_bounded_and_names_nobody(kept, reason, words) -> None:
    before = head(kept)
    with pytest.raises(Refused, match=words):
        repin_round(upgraded(kept, STRICTER), ADMINISTRATOR, "2018", reason, NOW)
    assert head(kept) == before


@pytest.mark.parametrize("by", [COORDINATOR, GOVERNMENT, PREFECTURE, PROVINCE, OBSERVER])
def test_only_administrators_look_or_take(kept, by) -> None:
    later, before = upgraded(kept, STRICTER), head(kept)
    with pytest.raises(Refused, match="只有系统管理员"):
        preview_repin(later, by, "2018")
    with pytest.raises(Refused, match="只有系统管理员"):
        repin_round(later, by, "2018", REASON, NOW)
    assert head(kept) == before


def test_a_round_that_is_not_there_is_said_to_be_not_there(kept) -> None:
    with pytest.raises(Refused, match="没有编号为“2099”"):
        preview_repin(kept, ADMINISTRATOR, "2099")
