"""What is out of line is counted over findings: the same figures ruled otherwise, always met, never a reason."""

from __future__ import annotations

import pytest

from storage.records import SubmissionRecord
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    NEIGHBOUR,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    ROWS,
    copied,
    put_submission,
    review_content,
    whole_content,
)
from workflow.overview.consistency import Ruling, against_others, habits, ruled_otherwise, rulings
from workflow.states import State
from workflow.targets import Target


def ruling(number: int, row_id: str, finding: str, figures: str = "12", reason: str = "") -> Ruling:
    record = SubmissionRecord(number, "2018", f"99012{number}", "县", "submitted", 1, EARLIER, EARLIER)
    return Ruling(record, row_id, finding, reason, "甲", {"x": figures} if figures else {}, figures)


def test_the_same_figures_ruled_otherwise_are_a_group_and_others_are_not() -> None:
    told = [
        ruling(1, "1.1.1", "met"), ruling(2, "1.1.1", "met"), ruling(3, "1.1.1", "needs_correction"),
        ruling(1, "1.1.2", "met"), ruling(2, "1.1.2", "not_met", "13"),
        ruling(1, "1.1.3", "met", ""), ruling(2, "1.1.3", "not_met", ""),
        ruling(1, "2.1.1", "met"), ruling(2, "2.1.1", "not_applicable"),
    ]  # fmt: skip
    (group,) = ruled_otherwise(told)
    assert [(one.record.id, one.finding) for one in group] == [(1, "met"), (2, "met"), (3, "needs_correction")]
    assert against_others(told, 3) == ((group[2], 2, 2),)
    assert against_others(told, 1) == ((group[0], 1, 2),)  # 一半不同，也请再看
    assert against_others([*told, ruling(4, "1.1.1", "met")], 1) == ()


@pytest.mark.parametrize(
    ("findings", "counties", "reason", "always_met", "never_a_reason"),
    [
        (["met"] * 20, 2, "", True, True),
        (["met"] * 19, 2, "", False, False),  # 太少
        (["met"] * 48, 1, "", False, True),  # 一个县全部达标，不说明什么
        (["met"] * 19 + ["not_met"], 2, "", False, True),
        (["clear"] * 19 + ["not_applicable"], 2, "有一处写了理由", True, False),
    ],
)
def test_a_habit_shows_over_enough_rows_only(findings, counties, reason, always_met, never_a_reason) -> None:
    told = [ruling(at % counties, f"r{at}", found, reason="" if at else reason) for at, found in enumerate(findings)]
    (habit,) = habits(told)
    assert (habit.total, habit.counties) == (len(findings), counties)
    assert (habit.always_met, habit.never_a_reason) == (always_met, never_a_reason)


def test_each_sees_the_findings_of_its_own_area_and_level_that_are_there_for_it(begun, tmp_path) -> None:
    office = copied(begun(with_draft=False), tmp_path / "var")
    given = review_content("prefecture")
    other = {**given, Target.finding("prefecture", "3.3.2"): {"finding": "not_met", "reason": "花名册与系统相差三人"}}
    with office.store.write("reviewer", EARLIER) as tx:
        put_submission(tx, COUNTY, State.PREFECTURE_RECOMMENDED, whole_content() | given)
        put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR) | other)
    told = rulings(office, PREFECTURE, "2018", "prefecture")
    assert len(told) == 2 * len(ROWS)
    (group,) = ruled_otherwise(told)
    assert [(one.record.division_code, one.finding, one.by) for one in group] == [
        (COUNTY, "met", "reviewer"), (NEIGHBOUR, "not_met", "reviewer"),
    ]  # fmt: skip
    assert group[0].figures == whole_content()[Target.answer("3.3.2")]["measures"] | {
        name: judged["fulfilled"] for name, judged in whole_content()[Target.answer("3.3.2")]["judgements"].items()
    }
    for person in (PROVINCE, OBSERVER):
        assert {one.record.division_code for one in rulings(office, person, "2018", "prefecture")} == {COUNTY}
    assert rulings(office, PREFECTURE, "2018", "province") == ()
    assert {one.record.division_code for one in rulings(office, COORDINATOR, "2018", "prefecture")} == {COUNTY}
    office.store.close()
