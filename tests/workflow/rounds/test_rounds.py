"""Rounds: only administrators', pinned for good; a county begins once, in its own kind of round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    GOVERNMENT,
    LIBRARY,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    RECOMMEND_BY,
    STANDARDS,
    head,
    move,
    office_at,
    person,
    whole_content,
    write,
)
from tests.workflow.office_room import (
    add_round as put_round,
)
from tests.workflow.story_steps import give_opinion
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, audit_page
from workflow.overview.overview import workbench
from workflow.people import Role
from workflow.rounds.extending import extend, extendable
from workflow.rounds.rounds import (
    NewRound,
    add_round,
    change_round,
    close_round,
    may_start,
    start_submission,
    submissions_in_area,
)
from workflow.submission.snapshot import open_submission

WHY = "上级通知改动期限和名额"
NEW = NewRound(
    "2019", "二〇一九年", ("national-2018",), date(2018, 1, 1), date(2019, 6, 30), date(2019, 7, 1), date(2019, 9, 1)
)


def test_two_rounds_have_not_one_title(office) -> None:
    add_round(office, ADMINISTRATOR, NEW, NOW)
    with pytest.raises(Refused, match="已用这个名称"):
        add_round(office, ADMINISTRATOR, replace(NEW, id="2019-2", title=f" {NEW.title}"), NOW)
    with pytest.raises(Refused, match="已用这个名称"):
        change_round(office, ADMINISTRATOR, "2018", NOW, WHY, title=NEW.title)
    assert change_round(office, ADMINISTRATOR, "2019", NOW, WHY, title=NEW.title).title == NEW.title, "its own"


def test_a_round_pins_the_fingerprints_of_its_standards(office) -> None:
    made = add_round(office, ADMINISTRATOR, NEW, NOW)
    assert made.fingerprints == {"national-2018": LIBRARY.standards["national-2018"].fingerprint}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "a b"}, "批次编号"),
        ({"id": "2018"}, "已存在"),
        ({"title": " "}, "批次名称"),
        ({"title": "某某11010519491231002X"}, "公民身份号码"),
        ({"standards": ()}, "已安装的标准"),
        ({"standards": ("no-such",)}, "已安装的标准"),
        ({"standards": ("national-2018", "national-2018")}, "只能列一次"),
        ({"period_first": date(2020, 1, 1)}, "晚于截止日"),
        ({"period_first": date(217, 1, 1)}, "申报期起始日早于1900年"),
        ({"apply_by": date(2019, 12, 1)}, "晚于考察推荐截止日"),
        ({"apply_by": date(2016, 12, 31)}, "早于申报期起始日"),
        ({"quota_per_prefecture": 0}, "1以上"),
    ],
)
def test_a_faulty_round_is_refused_with_its_fault(office, changes: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        add_round(office, ADMINISTRATOR, replace(NEW, **changes), NOW)


@pytest.mark.parametrize("by", [COORDINATOR, GOVERNMENT, PREFECTURE, PROVINCE, OBSERVER])
def test_only_administrators_touch_rounds(office, by) -> None:
    before = head(office)
    for act in (
        lambda: add_round(office, by, NEW, NOW),
        lambda: close_round(office, by, "2018", NOW),
        lambda: change_round(office, by, "2018", NOW, title="改"),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.code == "wrong_role"
    assert head(office) == before


def test_deadlines_can_be_moved_while_the_round_runs_and_are_held_to_the_same_rules(office) -> None:
    moved = date(2018, 8, 1)
    with pytest.raises(Refused, match="理由"):
        change_round(office, ADMINISTRATOR, "2018", NOW, apply_by=moved)
    assert change_round(office, ADMINISTRATOR, "2018", NOW, WHY, apply_by=moved).apply_by == moved
    told = audit_page(office, ADMINISTRATOR, AuditQuery(action="round.change")).lines[0]
    assert told.more == f"申报截止：2018-07-15 → 2018-08-01；理由：{WHY}"
    assert inspect_store(office.store).faults == ()
    for changes, words in (
        ({"apply_by": date(2019, 1, 1)}, "晚于"),
        ({"quota_per_prefecture": 0}, "1以上"),
        ({"title": ""}, "名称"),
        ({}, "没有给出"),
    ):
        with pytest.raises(Refused, match=words):
            change_round(office, ADMINISTRATOR, "2018", NOW, WHY, **changes)
    with pytest.raises(Refused, match="没有编号"):
        change_round(office, ADMINISTRATOR, "1999", NOW, WHY, title="改")
    close_round(office, ADMINISTRATOR, "2018", NOW)
    with pytest.raises(Refused, match="已经结束"):
        change_round(office, ADMINISTRATOR, "2018", NOW, WHY, title="改")


def test_a_county_begins_once_and_in_its_own_kind_of_round(office) -> None:
    with office.store.write("system", NOW) as tx:
        put_round(tx, id="real", demo=False)
    start_submission(office, COORDINATOR, "2018", NOW)
    for who, round_id, code in (
        (COORDINATOR, "2018", "already_started"),
        (COORDINATOR, "real", "demo_mixed"),
        (COORDINATOR, "1999", "round_closed"),
        (GOVERNMENT, "2018", "wrong_role"),
        (person(Role.COUNTY_COORDINATOR, "530125"), "2018", "demo_mixed"),
    ):
        with pytest.raises(Refused) as caught:
            start_submission(office, who, round_id, NOW)
        assert caught.value.code == code
    close_round(office, ADMINISTRATOR, "2018", NOW)
    with pytest.raises(Refused) as caught:
        start_submission(office, person(Role.COUNTY_COORDINATOR, "990122"), "2018", NOW)
    assert caught.value.code == "round_closed"


def test_everyone_lists_their_own_area(office) -> None:
    start_submission(office, COORDINATOR, "2018", NOW)
    start_submission(office, person(Role.COUNTY_COORDINATOR, "990221"), "2018", NOW)
    seen = {
        who.username: [one.record.division_name for one in submissions_in_area(office, who)]
        for who in (
            COORDINATOR,
            PREFECTURE,
            PROVINCE,
            OBSERVER,
            ADMINISTRATOR,
            person(Role.PROVINCE_REVIEWER, "530000"),
        )
    }
    assert list(seen.values()) == [["甲县"], ["甲县"], ["甲县", "己县"], ["甲县", "己县"], [], []]


def test_in_a_demonstration_every_new_round_is_a_demo_round_and_its_counties_may_use_it(office) -> None:
    new = NewRound("second", "第二批", STANDARDS, date(2017, 1, 1), date(2018, 6, 30))
    assert add_round(office, ADMINISTRATOR, new, NOW).demo
    assert may_start(COORDINATOR, add_round(office, None, replace(new, id="third", title="第三批"), NOW))


def test_where_there_is_no_demonstration_a_new_round_is_a_real_one(tmp_path) -> None:
    office = office_at(tmp_path / "var")
    new = NewRound("first", "首批", STANDARDS, date(2017, 1, 1), date(2018, 6, 30))
    assert not add_round(office, ADMINISTRATOR, new, NOW).demo
    office.store.close()


def test_one_county_is_given_longer_than_the_others(office) -> None:
    number = start_submission(office, COORDINATOR, "2018", NOW).id
    write(office, COORDINATOR, number, *whole_content(COORDINATOR.division_code).items())
    late = NOW + timedelta(days=20)
    with pytest.raises(Refused, match="申报截止日期 2018-07-15 已过"):
        move(office, COORDINATOR, number, "hand_over", now=late)
    for to, why, words in (
        (None, WHY, "哪一天"),
        (date(2018, 7, 14), WHY, "今天或以后"),
        (RECOMMEND_BY + timedelta(days=1), WHY, "晚于考察推荐截止日"),
        (date(2018, 8, 1), "好", "理由"),
    ):
        with pytest.raises(Refused, match=words):
            extend(office, ADMINISTRATOR, number, late, to=to, why=why)
    with pytest.raises(Refused, match="只有系统管理员"):
        extend(office, PROVINCE, number, late, to=date(2018, 8, 1), why=WHY)
    assert [one.id for one in extendable(office, ADMINISTRATOR, "2018")] == [number]
    extend(office, ADMINISTRATOR, number, late, to=date(2018, 8, 1), why=WHY)
    opened = open_submission(office, COORDINATOR, number)
    assert (opened.round.apply_by, opened.content.round.apply_by) == (date(2018, 8, 1), date(2018, 8, 1))
    assert workbench(office, COORDINATOR, late).cards[0].deadline.day == date(2018, 8, 1)
    assert move(office, COORDINATOR, number, "hand_over", now=late).state == "awaiting_government"
    give_opinion(office, GOVERNMENT, number, "county_government", now=late)
    move(office, GOVERNMENT, number, "release", now=late)
    with pytest.raises(Refused, match="已经上报"):
        extend(office, ADMINISTRATOR, number, late, to=date(2018, 8, 2), why=WHY)
    assert extendable(office, ADMINISTRATOR, "2018") == ()
    assert inspect_store(office.store).faults == ()
