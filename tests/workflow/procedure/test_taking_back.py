"""A level takes back what it decided, with a reason, until those it went to have begun to act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    COORDINATOR,
    GOVERNMENT,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    PROVINCE,
    good_finding,
    move,
    opened_by,
    put_everywhere,
    put_submission,
    record_of,
    write,
)
from tests.workflow.story_steps import fill_in, find_all, give_opinion, state
from workflow.errors import Refused
from workflow.office import Office
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm
from workflow.procedure.reviewing import corrections_made
from workflow.procedure.situation import RequestedItem
from workflow.states import State
from workflow.targets import Target

WHY = "所列材料经核对没有问题，收回重新办理"
HOUR = timedelta(hours=1)
DUE = date(2018, 7, 20)


@pytest.fixture
def released(office: Office) -> int:
    """Sent up by the county government, with nothing wrong."""
    number = fill_in(office, COORDINATOR)
    move(office, COORDINATOR, number, "hand_over")
    give_opinion(office, GOVERNMENT, number, "county_government")
    move(office, GOVERNMENT, number, "release")
    return number


def returned(office: Office, number: int, *, now=NOW) -> None:
    item = RequestedItem("V2", "缺公安机关的比对证明")
    move(office, PREFECTURE, number, "prefecture_return", items=(item,), due=DUE, now=now)


def test_a_return_taken_back_leaves_all_as_it_was(office: Office, released: int) -> None:
    find_all(office, PREFECTURE, released, "prefecture")
    before = opened_by(office, PREFECTURE, released)
    returned(office, released, now=NOW + HOUR)
    assert opened_by(office, PREFECTURE, released).record.return_due == DUE
    with pytest.raises(Refused, match="理由"):
        move(office, PREFECTURE, released, "prefecture_take_back", reason="好")
    move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 2 * HOUR)
    after = opened_by(office, PREFECTURE, released)
    assert (after.state, after.content, after.open_return) == (before.state, before.content, None)
    assert after.record.return_due is None
    assert corrections_made(office, PREFECTURE, released) == ()
    # 恢复的县政府意见不是评审人员填报的：仍可评价本县。
    give_opinion(office, PREFECTURE, released, "prefecture", now=NOW + 3 * HOUR)
    assert move(office, PREFECTURE, released, "prefecture_recommend", now=NOW + 3 * HOUR).state == (
        "prefecture_recommended"
    )
    assert inspect_store(office.store).faults == ()


def test_a_return_is_not_taken_back_once_the_county_mends(office: Office, released: int) -> None:
    returned(office, released)
    said = {"explanation": "证明已在材料中，无须改动。"}
    write(office, COORDINATOR, released, (Target("correction", "1/1"), said), now=NOW + HOUR)
    with pytest.raises(Refused, match="县级已经开始补正"):
        move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 2 * HOUR)
    # 县级上报收回，补正随之恢复，期限照旧。
    move(office, COORDINATOR, released, "hand_over", now=NOW + 2 * HOUR)
    give_opinion(office, GOVERNMENT, released, "county_government", now=NOW + 2 * HOUR)
    move(office, GOVERNMENT, released, "release", now=NOW + 3 * HOUR)
    move(office, GOVERNMENT, released, "release_take_back", reason=WHY, now=NOW + 4 * HOUR)
    opened = opened_by(office, COORDINATOR, released)
    assert (state(office, released), opened.open_return.due) == ("awaiting_government", DUE)
    move(office, COORDINATOR, released, "recall", reason="数字还要再核对一遍再送", now=NOW + 5 * HOUR)
    assert state(office, released) == "returned"
    assert [c.met for c in opened_by(office, COORDINATOR, released).corrections] == [True]
    assert inspect_store(office.store).faults == ()


def test_what_was_sent_up_is_not_taken_back_once_the_level_above_began(office: Office, released: int) -> None:
    find_all(office, PREFECTURE, released, "prefecture", now=NOW + HOUR)
    with pytest.raises(Refused, match="市级已经开始评价"):
        move(office, GOVERNMENT, released, "release_take_back", reason=WHY, now=NOW + HOUR)
    give_opinion(office, PREFECTURE, released, "prefecture", now=NOW + HOUR)
    move(office, PREFECTURE, released, "prefecture_recommend", now=NOW + HOUR)
    move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 2 * HOUR)
    with pytest.raises(Refused, match="市级已经开始评价"):  # 收回的决定也是作出过的决定
        move(office, GOVERNMENT, released, "release_take_back", reason=WHY, now=NOW + 2 * HOUR)
    text = {"text": "经基础评价，拟重新提出意见。", "date": "2018-07-02", "by": "演示州民政局"}
    write(office, PREFECTURE, released, (Target.opinion("prefecture"), text), now=NOW + 2 * HOUR)
    move(office, PREFECTURE, released, "prefecture_recommend", now=NOW + 3 * HOUR)
    begun = (Target.finding("province", "1.1.1"), good_finding("1.1.1"))
    write(office, PROVINCE, released, begun, now=NOW + 4 * HOUR)
    with pytest.raises(Refused, match="省级已经开始评价"):
        move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 5 * HOUR)
    move(office, PROVINCE, released, "province_decline", reason="实地评估与所报材料不符", now=NOW + 5 * HOUR)
    with pytest.raises(Refused) as caught:
        move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 6 * HOUR)
    assert caught.value.code == "decision_is_ours"
    move(office, PROVINCE, released, "province_take_back", reason=WHY, now=NOW + 6 * HOUR)
    assert state(office, released) == "prefecture_recommended"


def test_an_overdue_county_declined_and_taken_back_goes_on_correcting(office: Office, released: int) -> None:
    returned(office, released)
    late = NOW + timedelta(days=40)
    move(office, PREFECTURE, released, "prefecture_decline", reason="逾期没有补正所列各项", now=late)
    move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=late + HOUR)
    opened = opened_by(office, PREFECTURE, released)
    assert (opened.state, [item.row_id for item in opened.open_return.items]) == ("returned", ["V2"])
    move(office, PREFECTURE, released, "prefecture_extend", due=date(2018, 9, 1), now=late + HOUR)
    assert inspect_store(office.store).faults == ()


def test_whom_the_form_names_as_head_or_contact_does_not_review_the_county(office: Office, released: int) -> None:
    named = replace(PREFECTURE, display_name="何晓梅")
    put_everywhere(office, released, {Target.form("contact_name_and_title"): "何晓梅（未成年人保护科科长）"})
    with pytest.raises(Refused, match="负责人、联系人"):
        write(office, named, released, (Target.finding("prefecture", "1.1.1"), good_finding("1.1.1")))
    with pytest.raises(Refused, match="负责人、联系人"):
        move(office, named, released, "prefecture_decline", reason=WHY)
    write(office, PREFECTURE, released, (Target.finding("prefecture", "1.1.1"), good_finding("1.1.1")))


def test_a_place_that_was_given_on_is_not_taken_back(office: Office, released: int) -> None:
    find_all(office, PREFECTURE, released, "prefecture")
    give_opinion(office, PREFECTURE, released, "prefecture")
    move(office, PREFECTURE, released, "prefecture_recommend")
    move(office, PROVINCE, released, "province_decline", reason="实地评估与所报材料不符")
    with office.store.write("scene", NOW) as tx:
        put_submission(tx, NEIGHBOUR, State.PREFECTURE_RECOMMENDED)
    with pytest.raises(Refused) as caught:
        move(office, PROVINCE, released, "province_take_back", reason=WHY)
    assert caught.value.code == "quota_free"


def test_nothing_is_taken_back_after_the_day_by_which_it_would_have_to_be_given_again(office, released: int) -> None:
    late = datetime(2018, 7, 16, tzinfo=UTC)
    with pytest.raises(Refused, match="申报截止日期 2018-07-15 已过"):
        move(office, GOVERNMENT, released, "release_take_back", reason=WHY, now=late)
    find_all(office, PREFECTURE, released, "prefecture")
    give_opinion(office, PREFECTURE, released, "prefecture")
    move(office, PREFECTURE, released, "prefecture_recommend")
    with pytest.raises(Refused, match="考察推荐截止日期 2018-09-30 已过"):
        move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=late + timedelta(days=90))


def test_many_rows_are_confirmed_as_they_were_looked_at_only(office: Office, released: int) -> None:
    seen = record_of(office, released).version
    move(office, GOVERNMENT, released, "release_take_back", reason=WHY, now=NOW + HOUR)
    move(office, GOVERNMENT, released, "release", now=NOW + 2 * HOUR)
    asked = Confirmation("prefecture", ("3.3.2",), TOGETHER, date(2018, 7, 2), seen)
    with pytest.raises(Refused) as caught:
        confirm(office, PREFECTURE, released, asked, NOW + 3 * HOUR)
    assert caught.value.code == "stale"
