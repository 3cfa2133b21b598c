"""A reviewing office: its people, and who of them has which county, or which sections of it.

What somebody has is theirs to see to; it gives no right: every reviewer of the office may read and do everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.submission import ReviewLevel
from storage.records import Account, SubmissionRecord
from storage.store import Transaction
from workflow.office import Office
from workflow.people import REVIEWER_LEVELS, Person

WHOLE = ""  # in place of a section: the county, but for the sections that others have


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has something. ``here``: an open account of the office; else what they have is left lying."""

    username: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class ReviewingOffice:
    """``people``: its open accounts, by username; ``following``: who left → who of them goes on with the work."""

    level: ReviewLevel
    people: Mapping[str, Account]
    following: Mapping[str, str]

    def shares(self, record: SubmissionRecord) -> dict[str, str]:
        """Section (`WHOLE`) → the username of who has it: of whoever goes on with the work of those who left.

        Where nobody does, it still says who had it: nobody of ``people``.
        """
        given = record.reviewers.get(self.level, {})
        return {
            section: name if name in self.people else self.following.get(name, name) for section, name in given.items()
        }

    def holders(self, tx: Transaction, shares: Iterable[Mapping[str, str]]) -> dict[str, Holder]:
        """By username: the office's people, and whoever else has something of these."""
        here = {name: Holder(name, account.display_name, here=True) for name, account in self.people.items()}
        others = {name for given in shares for name in given.values()} - here.keys()
        named = tx.accounts.display_names(others) if others else {}
        return here | {name: Holder(name, named.get(name, name), here=False) for name in sorted(others)}


def is_of(person: Person, record: SubmissionRecord) -> bool:
    """Whether the county, or a part of it, is this reviewer's to see to: given to them, or to whose work they go on."""
    given = record.reviewers.get(REVIEWER_LEVELS[person.role], {}) if person.role in REVIEWER_LEVELS else {}
    return not {person.username, *person.predecessors}.isdisjoint(given.values())


def own_sections(person: Person, record: SubmissionRecord, every: Iterable[str]) -> frozenset[str]:
    """Of these sections those that are this reviewer's to see to."""
    given = record.reviewers.get(REVIEWER_LEVELS[person.role], {}) if person.role in REVIEWER_LEVELS else {}
    names = {person.username, *person.predecessors}
    return frozenset(section for section in every if given.get(section, given.get(WHOLE)) in names)


def who_has(office: Office, person: Person, record: SubmissionRecord) -> tuple[dict[str, str], dict[str, Holder]]:
    """The shares of one county in the person's office, and by username who has them; empty where it is not divided."""
    level = REVIEWER_LEVELS.get(person.role)
    if level is None or not record.reviewers.get(level):
        return {}, {}
    with office.store.glance() as tx:
        ours = reviewing_office(tx, person)
        shares = ours.shares(record) if ours else {}
        return shares, ours.holders(tx, [shares]) if ours else {}


def reviewing_office(tx: Transaction, person: Person) -> ReviewingOffice | None:
    """The person's; None where they review nothing."""
    level = REVIEWER_LEVELS.get(person.role)
    if level is None:
        return None
    every = tx.accounts.all(division_prefix=person.division_code)
    people = {one.username: one for one in every if one.role == person.role and not one.disabled}
    return ReviewingOffice(level, people, {name: one.username for one in people.values() for name in one.taken_over})
