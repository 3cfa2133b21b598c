"""What of an entry's versions a person reads: what stood when they could open it, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.office_room import COUNTY, EARLIER, person, put_submission, record_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role
from workflow.states import State
from workflow.submission.tracing import history_of
from workflow.targets import Target

ANSWER, FINDING = Target.answer("1.1.1"), Target.finding("prefecture", "1.1.1")
# What happened, hour by hour: an entry was written with this note, or the submission moved.
STORY = (
    (ANSWER, "一"),
    (ANSWER, "二"),
    State.SUBMITTED,
    (FINDING, "甲"),
    (FINDING, "乙"),
    State.RETURNED,
    (ANSWER, "三"),
    State.AWAITING_GOVERNMENT,
    (ANSWER, "四"),
    (ANSWER, "五"),
    State.SUBMITTED,
)


@pytest.fixture(params=[1, -1], ids=["", "the clock set back each time"])
def lived(office: Office, request: pytest.FixtureRequest) -> int:
    with office.store.write("scene", EARLIER) as tx:
        number = put_submission(tx, COUNTY, State.DRAFT).id
    for hour, happened in enumerate(STORY, start=1):
        go_on(office, number, happened, hour * request.param)
    return number


def go_on(office: Office, number: int, happened: State | tuple[Target, str], hour: int) -> None:
    with office.store.write("scene", EARLIER + timedelta(hours=hour)) as tx:
        if isinstance(happened, State):
            version = record_of(office, number).version
            tx.moves.add(number, move="scene", to_state=happened.value, expected_version=version)
            return
        target, words = happened
        standing = tx.entries.get(number, *target)
        body = {"note": words} if target is ANSWER else {"finding": "met", "reason": words}
        tx.entries.put(number, *target, body, standing.version if standing else 0)


def read(office: Office, number: int, role: Role, target: Target) -> str:
    division = COUNTY if role is Role.COUNTY_COORDINATOR else None
    lines = history_of(office, person(role, division), number, [target])
    return "".join(line.body.get("note") or line.body.get("reason") for line in lines)


@pytest.mark.parametrize("target", [ANSWER, Target("answer", "")])
def test_the_county_reads_all_its_versions_and_others_what_it_released(office, lived, target):
    assert read(office, lived, Role.COUNTY_COORDINATOR, target) == "一二三四五"
    assert read(office, lived, Role.PREFECTURE_REVIEWER, target) == "二三五"


def test_a_levels_findings_are_read_by_others_as_given_and_only_while_they_are_shown(office, lived):
    assert read(office, lived, Role.PREFECTURE_REVIEWER, FINDING) == "甲乙"
    assert read(office, lived, Role.COUNTY_COORDINATOR, FINDING) == ""
    go_on(office, lived, State.PREFECTURE_RECOMMENDED, 20)
    assert read(office, lived, Role.COUNTY_COORDINATOR, FINDING) == "乙"
    go_on(office, lived, State.RETURNED, 21)
    assert read(office, lived, Role.COUNTY_COORDINATOR, FINDING) == ""
    assert read(office, lived, Role.PREFECTURE_REVIEWER, FINDING) == "甲乙"


def test_who_may_not_open_it_reads_nothing(office, lived):
    go_on(office, lived, State.WITHDRAWN, 20)
    with pytest.raises(Refused):
        read(office, lived, Role.PREFECTURE_REVIEWER, ANSWER)
