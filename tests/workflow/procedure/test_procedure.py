"""The transition table against the procedure, written down here by hand.

A move added to the table without a line here fails, and so does a guard taken out of it.
"""

from __future__ import annotations

import pytest

from tests.workflow.moving_scene import R, S, kinds_of_county, routes
from workflow.procedure.guards import GUARDS
from workflow.procedure.moving import _EFFECTS
from workflow.procedure.transitions import TRANSITIONS, Effect, Guard, Route, Transition

# DESIGN §6 by hand: (move, from, to, who, only while a return is open?[, only counties with or without a prefecture])
WITH, WITHOUT = Route.WITH_PREFECTURE, Route.WITHOUT_PREFECTURE
PROCEDURE = {
    ("hand_over", S.DRAFT, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR, None),
    ("hand_over", S.RETURNED, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR, None),
    ("hand_back", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_GOVERNMENT, False),
    ("hand_back", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_GOVERNMENT, True),
    ("recall", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_COORDINATOR, False),
    ("recall", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_COORDINATOR, True),
    ("release", S.AWAITING_GOVERNMENT, S.SUBMITTED, R.COUNTY_GOVERNMENT, None),
    ("prefecture_recommend", S.SUBMITTED, S.PREFECTURE_RECOMMENDED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_return", S.SUBMITTED, S.RETURNED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_decline", S.SUBMITTED, S.DECLINED, R.PREFECTURE_REVIEWER, None),
    ("province_recommend", S.PREFECTURE_RECOMMENDED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER, None),
    ("province_return", S.PREFECTURE_RECOMMENDED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.PREFECTURE_RECOMMENDED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("province_recommend", S.SUBMITTED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER, None),
    ("province_return", S.SUBMITTED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.SUBMITTED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("prefecture_extend", S.RETURNED, S.RETURNED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_decline", S.RETURNED, S.DECLINED, R.PREFECTURE_REVIEWER, None),
    ("province_extend", S.RETURNED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.RETURNED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("withdraw", S.DRAFT, S.WITHDRAWN, R.COUNTY_COORDINATOR, None),
    ("withdraw", S.AWAITING_GOVERNMENT, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.SUBMITTED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.PREFECTURE_RECOMMENDED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.RETURNED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("reopen", S.WITHDRAWN, S.DRAFT, R.COUNTY_COORDINATOR, None),
    ("release_take_back", S.SUBMITTED, S.AWAITING_GOVERNMENT, R.COUNTY_GOVERNMENT, None),
    ("prefecture_take_back", S.PREFECTURE_RECOMMENDED, S.SUBMITTED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_take_back", S.RETURNED, S.SUBMITTED, R.PREFECTURE_REVIEWER, None, WITH),
    ("prefecture_take_back", S.DECLINED, S.SUBMITTED, R.PREFECTURE_REVIEWER, False, WITH),
    ("prefecture_take_back", S.DECLINED, S.RETURNED, R.PREFECTURE_REVIEWER, True, WITH),
    ("province_take_back", S.PROVINCE_RECOMMENDED, S.PREFECTURE_RECOMMENDED, R.PROVINCE_REVIEWER, None, WITH),
    ("province_take_back", S.PROVINCE_RECOMMENDED, S.SUBMITTED, R.PROVINCE_REVIEWER, None, WITHOUT),
    ("province_take_back", S.RETURNED, S.PREFECTURE_RECOMMENDED, R.PROVINCE_REVIEWER, None, WITH),
    ("province_take_back", S.RETURNED, S.SUBMITTED, R.PROVINCE_REVIEWER, None, WITHOUT),
    ("province_take_back", S.DECLINED, S.PREFECTURE_RECOMMENDED, R.PROVINCE_REVIEWER, False, WITH),
    ("province_take_back", S.DECLINED, S.SUBMITTED, R.PROVINCE_REVIEWER, False, WITHOUT),
    ("province_take_back", S.DECLINED, S.RETURNED, R.PROVINCE_REVIEWER, True, WITH),
    ("province_take_back", S.DECLINED, S.RETURNED, R.PROVINCE_REVIEWER, True, WITHOUT),
}
# What each move must ask, and what it writes (after ›), by hand too: a guard taken out of the table fails here.
_READY = "before_apply_deadline form_complete facts_complete eligible_at_county"
_FOUND = (
    "before_recommend_deadline not_own_work not_own_findings all_found_by_{0} eligible_at_{0} no_open_doubt {0}_opinion"
)
_RETURN, _DECLINE = "not_own_work items_numbered › open_return void_opinions", "not_own_work reason_given"
_EXTEND = "return_is_ours not_own_work due_given › extend_return"
_OVERDUE = "return_is_ours not_own_work return_overdue reason_given › close_return"
_BACK = "not_own_work return_is_ours county_idle reason_given › restore_opinions take_back_return"
ASKS = {
    ("hand_over", S.DRAFT): _READY,
    ("hand_over", S.RETURNED): f"{_READY} return_items_met",
    ("hand_back", S.AWAITING_GOVERNMENT): "reason_given › void_opinions",
    ("recall", S.AWAITING_GOVERNMENT): "reason_given › void_opinions",
    ("release", S.AWAITING_GOVERNMENT): f"{_READY} county_opinion › close_return",
    ("prefecture_recommend", S.SUBMITTED): f"has_prefecture quota_free {_FOUND.format('prefecture')}",
    ("prefecture_return", S.SUBMITTED): f"has_prefecture {_RETURN}",
    ("prefecture_decline", S.SUBMITTED): f"has_prefecture {_DECLINE}",
    ("province_recommend", S.PREFECTURE_RECOMMENDED): f"has_prefecture site_visit {_FOUND.format('province')}",
    ("province_return", S.PREFECTURE_RECOMMENDED): f"has_prefecture {_RETURN}",
    ("province_decline", S.PREFECTURE_RECOMMENDED): f"has_prefecture {_DECLINE}",
    ("province_recommend", S.SUBMITTED): f"no_prefecture site_visit {_FOUND.format('province')}",
    ("province_return", S.SUBMITTED): f"no_prefecture {_RETURN}",
    ("province_decline", S.SUBMITTED): f"no_prefecture {_DECLINE}",
    ("prefecture_extend", S.RETURNED): _EXTEND,
    ("prefecture_decline", S.RETURNED): _OVERDUE,
    ("province_extend", S.RETURNED): _EXTEND,
    ("province_decline", S.RETURNED): _OVERDUE,
    ("withdraw", S.DRAFT): "reason_given",
    ("withdraw", S.AWAITING_GOVERNMENT): "reason_given › close_return",
    ("withdraw", S.SUBMITTED): "reason_given › close_return",
    ("withdraw", S.PREFECTURE_RECOMMENDED): "reason_given › close_return",
    ("withdraw", S.RETURNED): "reason_given › close_return",
    ("reopen", S.WITHDRAWN): "before_apply_deadline reason_given › void_opinions",
    ("release_take_back", S.SUBMITTED): "before_apply_deadline next_level_idle reason_given › reopen_return",
    (
        "prefecture_take_back",
        S.PREFECTURE_RECOMMENDED,
    ): "before_recommend_deadline not_own_work next_level_idle reason_given",
    ("province_take_back", S.PROVINCE_RECOMMENDED): "before_recommend_deadline not_own_work reason_given",
    ("prefecture_take_back", S.RETURNED): _BACK,
    ("province_take_back", S.RETURNED): _BACK,
}


def test_the_table_is_the_procedure_written_here_and_nothing_else() -> None:
    only = {(True, False): None, (True,): True, (False,): False}
    written = {
        (t.move, t.source, t.target, t.actor, only[routes(t)], *({WITH, WITHOUT} & set(t.routes))) for t in TRANSITIONS
    }
    assert written == PROCEDURE
    assert len(TRANSITIONS) == len(PROCEDURE)


@pytest.mark.parametrize("row", TRANSITIONS, ids=str)
def test_every_row_asks_and_writes_what_is_written_here(row: Transition) -> None:
    declined = "not_own_work decision_is_ours reason_given" + " › reopen_return" * (row.target is S.RETURNED)
    quota = {"quota_free"} if row.move == "province_take_back" and row.target is S.PREFECTURE_RECOMMENDED else set()
    quota = quota if row.source in {S.RETURNED, S.DECLINED} else set()
    asks, _, writes = (declined if row.source is S.DECLINED else ASKS[row.move, row.source]).partition("›")
    assert set(row.guards) == {"round_open", *asks.split(), *quota}
    assert set(row.writes) == set(writes.split())


def test_no_two_rows_compete_for_the_same_move() -> None:
    rows = [
        (t.move, t.source, open_, county) for t in TRANSITIONS for open_ in routes(t) for county in kinds_of_county(t)
    ]
    assert len(rows) == len(set(rows))


def test_every_guard_and_effect_of_the_table_is_carried_out_and_every_one_is_used() -> None:
    assert set(GUARDS) == set(Guard) == {g for t in TRANSITIONS for g in t.guards}
    assert set(_EFFECTS) == set(Effect) == {e for t in TRANSITIONS for e in t.writes}


def test_nothing_moves_in_a_closed_round() -> None:
    assert all(t.guards[0] is Guard.ROUND_OPEN for t in TRANSITIONS)


def test_what_is_decided_upon_is_left_only_by_taking_the_decision_back() -> None:
    left = {t.move for t in TRANSITIONS if t.source in {S.PROVINCE_RECOMMENDED, S.DECLINED}}
    assert left == {"prefecture_take_back", "province_take_back"}
