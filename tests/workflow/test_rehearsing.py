"""Who learns what of a rehearsal over the store: what is released in their area; administrators only how many."""

from __future__ import annotations

import pytest

from indicators.replacement import Replacement, replacement_by_installed
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    DIRECT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NEIGHBOUR,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    head,
    person,
    put_submission,
    review_content,
    whole_content,
)
from tests.workflow.upgraded import stricter, upgraded, with_standards
from workflow.errors import Refused
from workflow.people import Role
from workflow.rehearsing import rehearse_for
from workflow.states import State


@pytest.fixture
def change() -> Replacement:
    """3.3.2 of the national standard made stricter."""
    new = stricter()
    return Replacement(LIBRARY.standards[new.id], new, {new.id: new}, (LIBRARY,))


@pytest.fixture
def area(office):
    """甲县 released, 乙县 not; 戊县 has no prefecture and is released."""
    with office.store.write("scene", EARLIER) as tx:
        put_submission(tx, COUNTY, State.SUBMITTED, whole_content() | review_content("prefecture"))
        put_submission(tx, NEIGHBOUR, State.DRAFT, whole_content())
        put_submission(tx, DIRECT, State.SUBMITTED, whole_content(DIRECT))
    return office


@pytest.mark.parametrize("who", [PROVINCE, OBSERVER])
def test_province_and_observer_see_what_is_released_and_why_it_would_change(area, change, who) -> None:
    before = head(area)
    found = rehearse_for(area, who, change)
    assert [one.name for one in found.rehearsal.submissions] == ["甲县（批次 2018）", "戊县（批次 2018）"]
    assert found.counts.lost_eligibility == 2
    assert [one.name for one in found.skipped] == ["乙县（批次 2018）"]
    assert "不对您开放" in found.skipped[0].why
    assert head(area) == before


def test_another_province_learns_of_none(area, change) -> None:
    found = rehearse_for(area, person(Role.PROVINCE_REVIEWER, "530000"), change)
    assert found.counts.submissions == 0
    assert found.skipped == ()


def test_at_a_level_whose_findings_are_not_given_yet_nothing_is_told(area, change) -> None:
    found = rehearse_for(area, PROVINCE, change, "prefecture")
    assert found.rehearsal.submissions == ()
    assert len(found.skipped) == 3


def test_an_administrator_learns_how_many_and_never_which(area, change) -> None:
    found = rehearse_for(area, ADMINISTRATOR, change)
    assert found.counts.submissions == 3
    assert (found.rehearsal, found.skipped) == (None, None)
    assert any("95" in line for line in found.rules)
    assert "甲县" not in repr(found.counts)


@pytest.mark.parametrize("who", [COORDINATOR, DEPARTMENT, GOVERNMENT, PREFECTURE])
def test_nobody_else_rehearses(area, change, who) -> None:
    with pytest.raises(Refused, match="规则预演供") as refused:
        rehearse_for(area, who, change)
    assert refused.value.code == "wrong_role"


def test_a_round_without_its_rules_is_left_out_and_stops_nobody(area) -> None:
    later = upgraded(area, with_standards(stricter()))
    found = rehearse_for(later, PROVINCE, replacement_by_installed(later.library, "yunnan-2018"))
    assert found.rehearsal.submissions == ()
    assert any("指纹不符" in one.why for one in found.skipped)


def test_what_was_withdrawn_is_left_out(office, change) -> None:
    with office.store.write("scene", EARLIER) as tx:
        put_submission(tx, COUNTY, State.WITHDRAWN, whole_content())
    assert rehearse_for(office, ADMINISTRATOR, change).withheld == 1


def test_progress_is_told_to_the_end(area, change) -> None:
    steps = []
    rehearse_for(area, OBSERVER, change, step=lambda done, whole: steps.append((done, whole)))
    assert steps[-1] == (2, 2)
