"""Who learns what of a rehearsal over the store: what is released in their area; administrators at most how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.building.pinned import kept_text
from indicators.comparing.replacement import Replacement, replacement
from indicators.model.rule_changes import texts
from scoring.rehearsal.report import headline
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
    copied,
    head,
    person,
    put_submission,
    review_content,
    whole_content,
)
from tests.workflow.upgraded import stricter, upgraded, with_standards
from workflow.errors import Refused
from workflow.people import Role
from workflow.rounds.rehearsing import rehearse_for
from workflow.states import State


@pytest.fixture(scope="module")
def change() -> Replacement:
    """3.3.2 of the national standard made stricter."""
    new = stricter()
    return Replacement(LIBRARY.standards[new.id], new, {new.id: new}, (LIBRARY,))


@pytest.fixture(scope="module")
def area_var(begun, tmp_path_factory) -> Path:
    """甲县 released, 乙县 not; 戊县 has no prefecture and is released. Closed, to be copied."""
    var = tmp_path_factory.mktemp("area") / "var"
    office = copied(begun(with_draft=False), var)
    with office.store.write("scene", EARLIER) as tx:
        put_submission(tx, COUNTY, State.SUBMITTED, whole_content() | review_content("prefecture"))
        put_submission(tx, NEIGHBOUR, State.DRAFT, whole_content())
        put_submission(tx, DIRECT, State.SUBMITTED, whole_content(DIRECT))
    office.store.close()
    return var


@pytest.fixture
def area(area_var, tmp_path):
    """An office on a copy."""
    office = copied(area_var, tmp_path / "var")
    yield office
    office.store.close()


@pytest.mark.parametrize("who", [PROVINCE, OBSERVER])
def test_province_and_observer_see_what_is_released_and_why_it_would_change(area, change, who) -> None:
    before = head(area)
    found = rehearse_for(area, who, change)
    assert [one.name for one in found.rehearsal.submissions] == ["甲县，演示批次", "戊县，演示批次"]
    assert found.counts.lost_eligibility == 2
    assert [one.name for one in found.rehearsal.skipped] == ["乙县，演示批次"]
    assert "不对您开放" in found.rehearsal.skipped[0].why
    assert head(area) == before


def test_another_province_learns_of_none(area, change) -> None:
    found = rehearse_for(area, person(Role.PROVINCE_REVIEWER, "530000"), change)
    assert found.counts.submissions == 0
    assert found.rehearsal.skipped == ()


def test_at_a_level_whose_findings_are_not_given_yet_nothing_is_told(area, change) -> None:
    found = rehearse_for(area, PROVINCE, change, "prefecture")
    assert found.rehearsal.submissions == ()
    assert len(found.rehearsal.skipped) == 3


@pytest.fixture
def installed_change() -> Replacement:
    """A rule of this installation in the place of another."""
    return replacement(LIBRARY, "yunnan-2018")


def test_an_administrator_learns_of_an_installed_standard_how_many_released_ones_change_and_never_which(
    area, installed_change
) -> None:
    found = rehearse_for(area, ADMINISTRATOR, installed_change)
    assert (found.counts.submissions, found.withheld) == (2, 1)
    assert found.rehearsal is None
    assert "甲县" not in repr(found.counts)


def test_of_a_draft_an_administrator_learns_what_differs_and_no_count(area, change) -> None:
    # 一次次改草案的限值，看变不变，就能逼出一个县没有上报的数字
    found = rehearse_for(area, ADMINISTRATOR, change)
    assert found.counts is None
    assert (found.rehearsal, found.withheld, found.rules.replaced) == (None, 0, ())
    assert any("95" in line for line in texts(found.rules.lines))


def test_a_draft_hidden_behind_an_installed_standard_is_a_draft_all_the_same(area) -> None:
    new, yunnan = stricter(), LIBRARY.standards["yunnan-2018"]
    hidden = Replacement(LIBRARY.standards[new.id], yunnan, {new.id: new}, (LIBRARY,))
    assert rehearse_for(area, ADMINISTRATOR, hidden).counts is None


@pytest.mark.parametrize("who", [COORDINATOR, DEPARTMENT, GOVERNMENT, PREFECTURE])
def test_nobody_else_rehearses(area, change, who) -> None:
    with pytest.raises(Refused, match="规则预演供") as refused:
        rehearse_for(area, who, change)
    assert refused.value.code == "wrong_role"


def test_a_round_without_its_rules_is_left_out_and_stops_nobody(area) -> None:
    later = upgraded(area, with_standards(stricter()))
    found = rehearse_for(later, PROVINCE, replacement(later.library, "yunnan-2018"))
    assert found.rehearsal.submissions == ()
    assert any("指纹不符" in one.why for one in found.rehearsal.skipped)


def test_what_was_withdrawn_is_left_out(office, change) -> None:
    with office.store.write("scene", EARLIER) as tx:
        put_submission(tx, COUNTY, State.WITHDRAWN, whole_content())
    assert rehearse_for(office, OBSERVER, change).withheld == 1


def test_progress_is_told_to_the_end(area, change) -> None:
    steps = []
    rehearse_for(area, OBSERVER, change, step=lambda done, whole: steps.append((done, whole)))
    assert steps[-1] == (3, 3)


def test_what_is_really_replaced_is_named_round_by_round(office, change) -> None:
    """Installed is a stricter edition; the round goes on by the one it kept."""
    old = LIBRARY.standards[change.old.id]
    with office.store.write("scene", EARLIER) as tx:
        for one in LIBRARY.standards.values():
            tx.pinned_standards.keep(one.id, one.fingerprint, kept_text(one))
        put_submission(tx, COUNTY, State.SUBMITTED, whole_content())
    later = upgraded(office, with_standards(change.new))
    same = Replacement(change.new, change.new, {old.id: change.new}, (later.library,))
    found = rehearse_for(later, PROVINCE, same)
    assert [(round_id, kept.fingerprint, many) for (round_id, _, kept), many in found.rules.replaced] == [
        ("2018", old.fingerprint, 1)
    ]
    assert found.counts.lost_eligibility == 1
    said = headline(found.rules)
    assert f"批次“演示批次”所采用的原来的内容（指纹 {old.fingerprint[:16]}），1 件" in said
    assert "内容相同" not in said
    assert any("95" in line for line in texts(found.rules.lines))
