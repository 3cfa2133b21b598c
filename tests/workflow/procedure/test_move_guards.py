"""Each row of the table is refused by each of its guards that does not hold, and then nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.workflow.moving_scene import EXPLAINED, R, Scene
from tests.workflow.office_room import (
    APPLY_BY,
    COUNTY,
    DIRECT,
    DUE,
    EARLIER,
    NEIGHBOUR,
    NOW,
    RECOMMEND_BY,
    good_finding,
    head,
    open_return,
    put_everywhere,
    put_submission,
    record_of,
    review_content,
    whole_content,
)
from workflow.errors import Refused
from workflow.procedure.transitions import TRANSITIONS, Guard, Transition
from workflow.states import State
from workflow.targets import Target


def _put(**bodies) -> Callable[[Scene], None]:
    def change(at: Scene) -> None:
        put_everywhere(at.office, at.id, bodies["bodies"])

    return change


def _give(**given) -> Callable[[Scene], None]:
    return lambda at: at.given.update(given)


def _later(day: date) -> Callable[[Scene], None]:
    """One minute after the day ends in Beijing."""

    def change(at: Scene) -> None:
        at.now = datetime(day.year, day.month, day.day, 16, 1, tzinfo=UTC)

    return change


def _after_the_apply_deadline(at: Scene) -> None:
    with at.office.store.read() as tx:
        returned = tx.returns.open_one(at.id)
    _later(returned.due if returned else APPLY_BY)(at)


def _close_round(at: Scene) -> None:
    with at.office.store.write("system", EARLIER) as tx:
        tx.rounds.close("2018")


def _worked_on_it(at: Scene) -> None:
    put_everywhere(at.office, at.id, {Target.evidence("EX"): {"title": "补充材料"}}, by=at.who.username)


def _found_on_it(at: Scene) -> None:
    """The round wants two people, and one of the findings is theirs."""
    with at.office.store.write("system", EARLIER) as tx:
        tx.rounds.change("2018", second_reviewer=True)
    put_everywhere(
        at.office,
        at.id,
        {Target.finding(at.row.move.split("_")[0], "1.1.1"): good_finding("1.1.1")},
        by=at.who.username,
    )


def _take_the_quota(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        put_submission(tx, NEIGHBOUR, State.PREFECTURE_RECOMMENDED)


def _other_level_returned(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        standing = tx.returns.open_one(at.id)
        tx.returns.close(standing.id)
        level = "prefecture" if standing.level == "province" else "province"
        open_return(tx, at.id, level=level, due=standing.due)


def _extend(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        tx.returns.extend(tx.returns.open_one(at.id).id, DUE)


def _other_level_declined(at: Scene) -> None:
    """The last decision was not theirs: whoever took part sees who did."""
    with at.office.store.write("scene", EARLIER) as tx:
        record = tx.submissions.get(at.id)
        name = "province_decline" if at.row.move.startswith("prefecture") else "prefecture_decline"
        before = tx.moves.all(at.id)[-1].from_state
        for move, state in (("scene", before), (name, State.DECLINED.value)):
            record = tx.submissions.get(at.id)
            tx.moves.add(at.id, move=move, to_state=state, expected_version=record.version)


def _county_began(at: Scene) -> None:
    put_everywhere(at.office, at.id, {Target.form("narrative"): "补充了一段。"}, at=NOW)


def _next_level_began(at: Scene) -> None:
    level = "province" if at.row.source is State.PREFECTURE_RECOMMENDED else "prefecture"
    begun = {Target.finding(level, "3.3.2"): {"finding": "met", "reason": "看了分月明细"}}
    put_everywhere(at.office, at.id, begun, at=NOW)


def _other_kind_of_county(at: Scene) -> None:
    """The same state for a county of the other kind, of the same province."""
    other = DIRECT if at.division == COUNTY else COUNTY
    with at.office.store.write("scene", EARLIER) as tx:
        bodies = whole_content(other) | review_content("province", other)
        at.id = put_submission(tx, other, at.row.source, bodies).id
    if at.row.actor is R.PREFECTURE_REVIEWER:
        at.expected = "not_found"  # no prefecture's reviewer has such a county at all


def _one_not_met(level: str) -> Callable[[Scene], None]:
    return _put(bodies={Target.finding(level, "3.3.2"): {"finding": "not_met", "reason": "抽查的报销比例低于70%"}})


def _doubt(at: Scene) -> None:
    level = "prefecture" if at.row.actor is R.PREFECTURE_REVIEWER else "province"
    body = {"reason": "结算汇总与分月明细相差较大", "settles": "补齐分月的结算明细并逐月核对"}
    put_everywhere(at.office, at.id, {Target.doubt(level, "3.3.2"): body})


BREAKERS: dict[Guard, Callable[[Scene], None]] = {
    Guard.ROUND_OPEN: _close_round,
    Guard.BEFORE_APPLY_DEADLINE: _after_the_apply_deadline,
    Guard.BEFORE_RECOMMEND_DEADLINE: _later(RECOMMEND_BY),
    Guard.FORM_COMPLETE: _put(bodies={Target.form("narrative"): "  "}),
    Guard.FACTS_COMPLETE: _put(bodies={Target.fact("left_behind_children"): None}),
    Guard.ELIGIBLE_AT_COUNTY: _put(bodies={Target.answer("3.3.2"): {"claim": "not_met"}}),
    Guard.ELIGIBLE_AT_PREFECTURE: _one_not_met("prefecture"),
    Guard.ELIGIBLE_AT_PROVINCE: _one_not_met("province"),
    Guard.ALL_FOUND_BY_PREFECTURE: _put(bodies={Target.finding("prefecture", "V2"): None}),
    Guard.ALL_FOUND_BY_PROVINCE: _put(bodies={Target.finding("province", "4.5.3"): None}),
    Guard.COUNTY_OPINION: _put(bodies={Target.opinion("county_government"): {"text": "同意推荐。"}}),
    Guard.PREFECTURE_OPINION: _put(bodies={Target.opinion("prefecture"): {"text": " ", "date": "2018-07-01"}}),
    Guard.PROVINCE_OPINION: _put(bodies={Target.opinion("province"): None}),
    Guard.NO_OPEN_DOUBT: _doubt,
    Guard.SITE_VISIT: _put(bodies={Target("site_visit", "province/001"): {"level": "province", "places": ["城关镇"]}}),
    Guard.QUOTA_FREE: _take_the_quota,
    Guard.HAS_PREFECTURE: _other_kind_of_county,
    Guard.NO_PREFECTURE: _other_kind_of_county,
    Guard.REASON_GIVEN: _give(reason=" \n"),
    Guard.ITEMS_NUMBERED: _give(items=()),
    Guard.DUE_GIVEN: _give(due=None),
    Guard.RETURN_IS_OURS: _other_level_returned,
    Guard.RETURN_OVERDUE: _extend,
    Guard.RETURN_ITEMS_MET: _put(bodies=dict.fromkeys(EXPLAINED)),
    Guard.NOT_OWN_WORK: _worked_on_it,
    Guard.NOT_OWN_FINDINGS: _found_on_it,
    Guard.DECISION_IS_OURS: _other_level_declined,
    Guard.NEXT_LEVEL_IDLE: _next_level_began,
    Guard.COUNTY_IDLE: _county_began,
}
GUARDED = [(row, guard) for row in TRANSITIONS for guard in row.guards]


def test_every_guard_has_a_way_to_fail_it() -> None:
    assert set(BREAKERS) == set(Guard)


@pytest.mark.parametrize(("row", "guard"), GUARDED, ids=str)
def test_every_row_is_refused_by_each_guard_that_does_not_hold(scene, row: Transition, guard: Guard) -> None:
    at = scene(row)
    BREAKERS[guard](at)
    before, standing = head(at.office), record_of(at.office, at.id)
    with pytest.raises(Refused) as caught:
        at.go()
    assert caught.value.code == (at.expected or guard.value)
    assert all(reason.endswith(("。", "：", "）")) for reason in caught.value.reasons)
    assert (head(at.office), record_of(at.office, at.id)) == (before, standing)
