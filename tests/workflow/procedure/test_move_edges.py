"""Moves at the edge of their deadlines and of what is given along with them, and twice at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.workflow.moving_scene import GIVEN, R, S, row_of
from tests.workflow.office_room import (
    APPLY_BY,
    DUE,
    EARLIER,
    NEIGHBOUR,
    NOW,
    RECOMMEND_BY,
    head,
    person,
    put_everywhere,
    put_submission,
    record_of,
)
from workflow.errors import Refused
from workflow.procedure.moving import perform
from workflow.procedure.situation import RequestedItem
from workflow.states import State
from workflow.targets import Target


@pytest.mark.parametrize(
    ("move", "source", "day"),
    [
        ("hand_over", S.DRAFT, APPLY_BY),
        ("hand_over", S.RETURNED, DUE),
        ("release", S.AWAITING_GOVERNMENT, APPLY_BY),
        ("prefecture_recommend", S.SUBMITTED, RECOMMEND_BY),
        ("province_recommend", S.PREFECTURE_RECOMMENDED, RECOMMEND_BY),
    ],
)
def test_a_deadline_ends_at_midnight_in_beijing(scene, move: str, source: State, day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, 16, 0, tzinfo=UTC)
    late = scene(row_of(move, source))
    late.now = midnight
    with pytest.raises(Refused, match="已过"):
        late.go()
    in_time = scene(row_of(move, source))
    in_time.now = midnight - timedelta(seconds=1)
    assert in_time.go().state == row_of(move, source).target.value


def test_the_day_of_a_return_counts_and_no_longer_the_round_s(scene) -> None:
    at = scene(row_of("hand_over", S.RETURNED))
    at.now = datetime(2018, 7, 20, 4, 0, tzinfo=UTC)  # after APPLY_BY, before DUE
    assert at.go().state == S.AWAITING_GOVERNMENT.value


def test_withdrawing_ends_the_return_so_that_reopening_is_held_to_the_round_s_deadline(scene) -> None:
    at = scene(row_of("withdraw", S.RETURNED))
    at.go()
    coordinator = person(R.COUNTY_COORDINATOR)
    late = datetime(2018, 7, 20, 4, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="申报截止日期"):
        perform(at.office, coordinator, at.id, "reopen", GIVEN, expected_version=3, now=late)


def test_the_second_of_two_moves_made_on_the_same_page_is_refused_and_done_once(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    version = record_of(at.office, at.id).version
    after = perform(at.office, at.who, at.id, "hand_over", GIVEN, expected_version=version, now=NOW)
    before = head(at.office)
    with pytest.raises(Refused, match="刷新") as caught:
        perform(at.office, at.who, at.id, "hand_over", GIVEN, expected_version=version, now=NOW)
    assert caught.value.code == "stale"
    assert (head(at.office), record_of(at.office, at.id)) == (before, after)


def test_a_naive_moment_is_a_fault_of_the_caller(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    at.now = datetime(2018, 7, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="time zone"):
        at.go()


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ((RequestedItem("9.9.9", "缺"),), "没有编号为“9.9.9”的指标"),
        ((RequestedItem("3.3.2", " "),), "需补正的内容没有写。请写明"),
        ((RequestedItem("3.3.2", "文件不全"),), "第 1 项（指标 3.3.2）：需补正的内容过于简单"),
        ((RequestedItem("3.3.2", "按要求办理了，没有问题。好的"),), "过于简单"),
        ((RequestedItem("3.3.2", "缺"), RequestedItem("3.3.2", "又缺")), "列了多次"),
        ((RequestedItem("form/unknown", "缺"),), "form/unknown"),
    ],
)
def test_a_return_names_known_rows_once_with_a_reason_each(scene, items, words: str) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["items"] = items
    with pytest.raises(Refused, match=words) as caught:
        at.go()
    assert caught.value.code == "items_numbered"


def test_a_return_s_day_lies_ahead(scene) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["due"] = date(2018, 7, 1)
    with pytest.raises(Refused, match="早于今天"):
        at.go()


@pytest.mark.parametrize(
    "given", [{"reason": "监护人身份证11010519491231002X"}, {"items": (RequestedItem("3.3.2", "电话13812345678"),)}]
)
def test_no_personal_identifier_enters_a_reason(scene, given: dict) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given.update(given)
    before = head(at.office)
    with pytest.raises(Refused) as caught:
        at.go()
    assert caught.value.code == "personal_identifier"
    assert "11010519491231002X" not in str(caught.value)
    assert head(at.office) == before


def test_a_county_that_does_not_qualify_is_told_every_reason(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    put_everywhere(
        at.office,
        at.id,
        {
            Target.answer("3.3.2"): {"claim": "not_met"},
            Target.veto("V3"): {"claim": "present"},
            Target.answer("5.4.2"): None,
        },
    )
    with pytest.raises(Refused) as caught:
        at.go()
    said = str(caught.value)
    assert all(row in said for row in ("指标 3.3.2", "一票否决 V3", "指标 5.4.2"))
    assert "请逐项处理" in said


def test_the_quota_is_the_prefecture_s_and_is_free_again_when_the_other_county_is_declined(scene) -> None:
    at = scene(row_of("prefecture_recommend", S.SUBMITTED))
    with at.office.store.write("scene", EARLIER) as tx:
        put_submission(tx, NEIGHBOUR, State.PREFECTURE_RECOMMENDED)
    with pytest.raises(Refused, match="限推荐 1 个"):
        at.go()
    with at.office.store.write("scene", EARLIER) as tx:
        other = tx.submissions.find("2018", NEIGHBOUR)
        tx.moves.add(other.id, move="scene", to_state="declined", expected_version=other.version)
        put_submission(tx, "990221", State.PREFECTURE_RECOMMENDED)  # another prefecture's
    assert at.go().state == S.PREFECTURE_RECOMMENDED.value


def test_a_return_s_day_lies_within_two_years(scene) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["due"] = date(2020, 7, 3)
    with pytest.raises(Refused, match="核对年份"):
        at.go()
    at.given["due"] = date(2020, 7, 2)
    assert at.go().state == S.RETURNED.value


@pytest.mark.parametrize("given", [{"reason": "因" * 2001}, {"items": (RequestedItem("3.3.2", "缺" * 2001),)}])
def test_a_reason_has_its_length(scene, given: dict) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given.update(given)
    with pytest.raises(Refused, match="超过2000字") as caught:
        at.go()
    assert caught.value.code == "too_long"


def test_only_a_package_says_that_it_brought_a_move(scene) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["reason"] = "上次由交换包收入的一份有误，多项材料须重新核对"
    with pytest.raises(Refused, match="理由里不能写"):
        at.go()


def test_rows_without_a_finding_are_listed_once_not_again_as_reasons(scene) -> None:
    at = scene(row_of("prefecture_recommend", S.SUBMITTED))
    put_everywhere(at.office, at.id, {Target.finding("prefecture", row): None for row in ("1.1.1", "4.2.1", "V2")})
    with pytest.raises(Refused) as caught:
        at.go()
    said = list(caught.value.reasons)
    assert [s for s in said if "4.2.1" in s] == ["还有 3 项没有认定：1.1.1、4.2.1、V2。请逐项认定。"]
    assert len(said) == 2
