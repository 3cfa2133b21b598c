"""Deadlines and quota hold for what comes by a package as for what is done here, on the day it was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.clock import local_date
from tests.workflow.office_room import (
    COUNTY,
    NOW,
    PREFECTURE,
    copied,
    move,
    put_everywhere,
    put_submission,
    review_content,
)
from tests.workflow.offline.two_networks import packed, taken
from workflow.errors import Refused
from workflow.offline.limits import refuse_beyond_limits
from workflow.offline.trail import Notice, Step
from workflow.offline.way import Way
from workflow.procedure.transitions import TRANSITIONS
from workflow.rounds.rounds import change_round
from workflow.states import State

TODAY = local_date(NOW)
EARLIER = TODAY - timedelta(days=1)
SIBLING = "990122"
S = State


def told_by(refused: pytest.ExceptionInfo[Refused]) -> str:
    assert refused.value.code == "bad_file"
    return "\n".join(refused.value.reasons)


def test_what_comes_up_is_in_time_and_within_quota_and_what_comes_back_is_not_asked(both, begun, tmp_path) -> None:
    below, prefecture = both
    with prefecture.store.read() as tx:
        number = tx.submissions.all()[0].id
    put_everywhere(prefecture, number, review_content("prefecture"), by="scene", at=NOW)
    move(prefecture, PREFECTURE, number, "prefecture_recommend", now=NOW)
    content = packed(prefecture, PREFECTURE, number)
    province = copied(begun(False), tmp_path / "province")  # noqa: FBT003 - the fixture's own question
    try:
        change_round(province, None, "2018", NOW, apply_by=EARLIER, recommend_by=EARLIER)
        with province.store.write("scene", NOW) as tx:
            sibling = put_submission(tx, SIBLING, S.PREFECTURE_RECOMMENDED)
        with pytest.raises(Refused) as refused:
            taken(province, content)
        told = told_by(refused)
        assert f"“推荐报省”，{TODAY} 办理：考察推荐截止日期 {EARLIER} 已过" in told
        assert "限推荐 1 个，已推荐 1 个" in told
        assert "申报截止日期" not in told, "the prefecture took that in, and held it to its own"
        with province.store.write("scene", NOW) as tx:
            tx.moves.add(sibling.id, move="scene", to_state=S.DECLINED.value, expected_version=sibling.version)
        change_round(province, None, "2018", NOW, recommend_by=TODAY)
        assert taken(province, content).way.rows[-1].move == "prefecture_recommend"
    finally:
        province.store.close()
    change_round(below, None, "2018", NOW, apply_by=EARLIER, recommend_by=EARLIER)
    assert taken(below, content).way.rows[-1].target is S.PREFECTURE_RECOMMENDED


def test_what_a_county_sends_up_too_late_is_refused_with_the_deadline(office, begun, released, tmp_path) -> None:
    above = copied(begun(False), tmp_path / "above")  # noqa: FBT003 - the fixture's own question
    try:
        change_round(above, None, "2018", NOW, apply_by=EARLIER)
        content = packed(office, PREFECTURE, released)
        with pytest.raises(Refused) as refused:
            taken(above, content)
        assert f"“出具意见并上报”，{TODAY} 办理：申报截止日期 {EARLIER} 已过" in told_by(refused)
        with above.store.read() as tx:
            assert tx.submissions.all() == ()
        change_round(above, None, "2018", NOW, apply_by=TODAY)
        late = NOW + timedelta(days=30)  # on its way for a month
        assert taken(above, content, late).way.rows[-1].move == "release"
    finally:
        above.store.close()


DUE = date(2018, 7, 20)
NOTICE = Notice(1, "prefecture", None, DUE, (("3.3.2", "补充"),))
MENDED = (("hand_over", S.RETURNED, S.AWAITING_GOVERNMENT), ("release", S.AWAITING_GOVERNMENT, S.SUBMITTED))
BACK = ("release_take_back", S.SUBMITTED, S.AWAITING_GOVERNMENT)


@pytest.mark.parametrize(
    ("after", "day", "late"),
    [
        (MENDED, DUE, ()),
        (MENDED, DUE + timedelta(days=1), ("补正期限", "补正期限")),
        ((*MENDED, BACK, MENDED[1]), DUE + timedelta(days=1), ("补正期限",) * 2 + ("申报截止日期", "补正期限")),
        ((("prefecture_take_back", S.RETURNED, S.SUBMITTED), BACK), DUE, ("申报截止日期",)),
    ],
)
def test_a_return_has_a_deadline_of_its_own_until_it_is_mended(office, after, day, late) -> None:
    trail = [Step("prefecture_return", S.SUBMITTED, S.RETURNED, notice=NOTICE), *(Step(*one, day=day) for one in after)]
    rows = {(row.move, row.source, row.target): row for row in TRANSITIONS}
    way = Way(tuple((step, rows[step.move, step.source, step.target]) for step in trail[1:]))
    with office.store.write("scene", NOW) as tx:
        put_submission(tx, COUNTY, S.DRAFT)
        round_record = tx.rounds.get("2018")
    if not late:
        refuse_beyond_limits(way, trail, round_record, lambda: 0, sent_from_here=False)
        return
    with pytest.raises(Refused) as refused:
        refuse_beyond_limits(way, trail, round_record, lambda: 0, sent_from_here=False)
    assert [next(w for w in ("补正期限", "申报截止日期") if w in told) for told in refused.value.reasons[1:]] == [*late]
