"""改动记录: each save in words, by row and by person; nobody reads there what they could not read then."""

from __future__ import annotations

from datetime import timedelta

from tests.workflow.office_room import (
    COORDINATOR,
    DEPARTMENT,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    move,
    opened_by,
    put_assigned,
    write,
)
from tests.workflow.story_steps import give_opinion
from workflow.targets import Target
from workflow.words.written import Wanted, written

ROW = "3.3.2"
ANSWER, FOUND = Target.answer(ROW), Target.finding("prefecture", ROW)
HOUR = timedelta(hours=1)


def told(office, who, number: int, **wanted: str) -> list[tuple[str, str, str, list[str]]]:
    """Who, what, done what, and each field, the newest first."""
    asked = Wanted(**wanted)
    return [
        (one.by, one.name, one.act, list(map(str, one.fields)))
        for one in written(office, opened_by(office, who, number), asked)
    ]


def test_each_save_is_told_old_and_new_by_row_and_by_person_to_who_could_read_it(office, draft) -> None:
    put_assigned(office, draft, ROW)
    body = opened_by(office, COORDINATOR, draft).entries[ANSWER].body
    write(office, DEPARTMENT, draft, (ANSWER, body | {"note": "先写的说明"}), now=NOW)
    write(office, COORDINATOR, draft, (ANSWER, body | {"note": "改过的说明"}), now=NOW + HOUR)
    newest, before, *_ = told(office, COORDINATOR, draft, row=ROW)
    assert newest == (COORDINATOR.username, f"指标 {ROW}", "改动", ["说明：先写的说明 → 改过的说明"])
    assert before == (DEPARTMENT.username, f"指标 {ROW}", "改动", ["说明：先写的说明"])
    assert [line[1] for line in told(office, COORDINATOR, draft, by=DEPARTMENT.username)] == [f"指标 {ROW}"]
    move(office, COORDINATOR, draft, "hand_over", now=NOW + 2 * HOUR)
    give_opinion(office, GOVERNMENT, draft, "county_government", NOW + 2 * HOUR)
    move(office, GOVERNMENT, draft, "release", now=NOW + 3 * HOUR)
    # what was replaced before the release is the county's alone
    (one,) = [line for line in told(office, PREFECTURE, draft, row=ROW) if line[1].startswith("指标")]
    assert (one[0], one[2]) == (COORDINATOR.username, "新填")
    assert "说明：改过的说明" in one[3]
    write(office, PREFECTURE, draft, (FOUND, {"finding": "met", "date": "2018-07-02"}), now=NOW + 4 * HOUR)
    assert ["认定结论：达标", "日期：2018-07-02"] in [line[3] for line in told(office, PREFECTURE, draft)]
    assert FOUND not in {one.target for one in written(office, opened_by(office, COORDINATOR, draft))}
