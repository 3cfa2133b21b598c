"""One submission under other rules, by itself: what a repin that was cut off can take up again."""

from __future__ import annotations

import pytest

from indicators.building.pinned import kept_text
from storage.care.integrity import inspect_store
from storage.errors import VersionConflict
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COUNTY,
    EARLIER,
    LIBRARY,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    STANDARDS,
    head,
    opened_by,
    put_submission,
    review_content,
    whole_content,
)
from tests.workflow.upgraded import REIMBURSEMENT, repin_round, upgraded, with_standards, without_reimbursement
from workflow.office import Office
from workflow.rounds.refitting import Refit, refit, rules_change, take
from workflow.states import State
from workflow.targets import Target

OTHER = with_standards(*(without_reimbursement(one) for one in STANDARDS))
FOUND = Target.finding("prefecture", "3.3.2")


@pytest.fixture
def later(office) -> Office:
    """Two counties with findings, in a program whose rules no longer ask for a share of 3.3.2."""
    with office.store.write("scene", EARLIER) as tx:
        for one in STANDARDS:
            tx.pinned_standards.keep(one, LIBRARY.standards[one].fingerprint, kept_text(LIBRARY.standards[one]))
        for division in (COUNTY, NEIGHBOUR):
            put_submission(tx, division, State.SUBMITTED, whole_content() | review_content("prefecture"))
    return upgraded(office, OTHER)


def refitted(office: Office, number: int) -> Refit:
    with office.store.read() as tx:
        change = rules_change(office, tx.rounds.get("2018"))
        return refit(office, tx, tx.submissions.get(number), change)


def numbers(office: Office) -> tuple[int, ...]:
    with office.store.read() as tx:
        return tuple(record.id for record in tx.submissions.all(round_id="2018"))


def test_one_submission_is_written_alone_and_then_there_is_nothing_left_to_change(later):
    first, second = numbers(later)
    found, before = refitted(later, first), head(later)
    assert set(found.changes) == {FOUND, Target.answer("3.3.2")}
    assert (found.effect.fallen, found.effect.taken_out) == ((("prefecture", "3.3.2"),), 1)
    assert head(later) == before  # looking writes nothing
    with later.store.write("system", NOW) as tx:
        take(tx, found, "规则更正")
    assert refitted(later, first).changes == {}
    assert set(refitted(later, second).changes) == {FOUND, Target.answer("3.3.2")}


def test_what_was_cut_off_after_one_county_is_taken_up_for_the_others(later):
    first, second = numbers(later)
    with later.store.write("system", NOW) as tx:
        take(tx, refitted(later, first), "规则更正")
    assert later.follows_installed(repin_round(later, ADMINISTRATOR, "2018", "规则更正", NOW))
    for number in (first, second):
        opened = opened_by(later, PREFECTURE, number)
        assert FOUND not in opened.entries
        assert REIMBURSEMENT not in opened.entries[Target.answer("3.3.2")].body["measures"]
        with later.store.read() as tx:
            removed = [version.removed for version in tx.entries.history(number, *FOUND)]
        assert removed == [False, True]  # once, not again
    assert inspect_store(later.store).faults == ()


def test_what_a_person_wrote_since_is_not_overwritten(later):
    first, _ = numbers(later)
    found = refitted(later, first)
    with later.store.write("scene", NOW) as tx:
        entry = tx.entries.get(first, *FOUND)
        tx.entries.put(first, *FOUND, {**entry.body, "reason": "另行核实"}, entry.version)
    before = head(later)
    with pytest.raises(VersionConflict), later.store.write("system", NOW) as tx:
        take(tx, found, "规则更正")
    assert head(later) == before
