"""A row's past: findings that stand no more, and what the county changed since oneself or the other level looked."""

from __future__ import annotations

from datetime import timedelta

from tests.workflow.office_room import (
    NOW,
    PREFECTURE,
    PROVINCE,
    good_finding,
    person,
    put_at,
    write,
)
from tests.workflow.story_steps import back_and_mended
from workflow.people import Role
from workflow.procedure.past import Ended, changed_since_found, former_findings, found_together, read_past
from workflow.states import State
from workflow.targets import Target

ROW = "3.3.2"
TARGET = Target.finding("prefecture", ROW)
COLLEAGUE = person(Role.PREFECTURE_REVIEWER, name="colleague")
HOUR = timedelta(hours=1)


def test_a_row_nobody_found_on_has_no_past(office, county) -> None:
    past = read_past(office, PREFECTURE, county)
    assert former_findings(past, ROW) == ()
    assert list(changed_since_found(past, ROW)) == []


def test_a_voided_finding_is_told_with_what_the_county_changed_since(office, county) -> None:
    write(office, PREFECTURE, county, (TARGET, good_finding(ROW)))
    back_and_mended(office, county, ROW)
    past = read_past(office, PREFECTURE, county)
    (former,) = former_findings(past, ROW)
    assert (former.ended, former.body, former.level) == (Ended.VOIDED, good_finding(ROW), "prefecture")
    (since,) = changed_since_found(past, ROW)
    assert (since.level, since.at) == (None, NOW)
    assert [change.target for change in since.changes] == [Target.answer(ROW)]
    assert former_findings(past, "1.1.1") == ()


def test_what_a_colleague_found_is_not_ones_own_look(office, county) -> None:
    write(office, COLLEAGUE, county, (TARGET, good_finding(ROW)))
    back_and_mended(office, county, ROW)
    (since,) = changed_since_found(read_past(office, PREFECTURE, county), ROW)
    assert since.level == "prefecture"
    write(office, PREFECTURE, county, (TARGET, good_finding(ROW)), now=NOW + 2 * HOUR)
    looks = {since.level: since.changes for since in changed_since_found(read_past(office, PREFECTURE, county), ROW)}
    assert looks[None] == ()
    assert len(looks["prefecture"]) == 1


def test_one_taken_back_and_one_changed_are_told_apart(office, county) -> None:
    other = {**good_finding(ROW), "methods": ["document_review"]}
    write(office, PREFECTURE, county, (TARGET, good_finding(ROW)))
    write(office, PREFECTURE, county, (TARGET, other))
    assert former_findings(read_past(office, PREFECTURE, county), ROW)[0].ended is Ended.CHANGED
    write(office, PREFECTURE, county, (TARGET, None))
    assert former_findings(read_past(office, PREFECTURE, county), ROW)[0].ended is Ended.TAKEN_BACK


def test_the_province_sees_what_the_prefecture_gave_and_nothing_it_replaced_before(office, county) -> None:
    wanting = {"finding": "needs_correction", "reason": "结算汇总未附分月明细，请补充", "date": "2018-07-02"}
    write(office, PREFECTURE, county, (TARGET, wanting))
    write(office, PREFECTURE, county, (TARGET, good_finding(ROW)))
    put_at(office, county, State.PREFECTURE_RECOMMENDED)
    past = read_past(office, PROVINCE, county)
    assert former_findings(past, ROW) == ()
    assert [since.level for since in changed_since_found(past, ROW)] == ["prefecture"]


def test_what_was_found_in_one_act_is_one_line(office, county) -> None:
    rows = ("1.1.1", "4.4.1", "5.1.2")
    write(office, PREFECTURE, county, *((Target.finding("prefecture", row), good_finding(row)) for row in rows))
    write(office, PREFECTURE, county, (TARGET, good_finding(ROW)), now=NOW + HOUR)
    (act,) = found_together(read_past(office, PREFECTURE, county)).values()
    assert (act.level, act.row_ids, act.by, act.at) == ("prefecture", rows, PREFECTURE.username, NOW)
