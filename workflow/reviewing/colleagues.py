"""A reviewing office: its people, and who of them has which county, or which sections of it.

What somebody has is theirs to see to; it gives no right: every reviewer of the office may read and do everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.submission import ReviewLevel
from storage.records import Account, SubmissionRecord
from storage.store import Transaction
from workflow.people import REVIEWER_LEVELS, Person

WHOLE = ""  # in place of a section: the county, but for the sections that others have


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


def reviewing_office(tx: Transaction, person: Person) -> ReviewingOffice | None:
    """The person's; None where they review nothing."""
    level = REVIEWER_LEVELS.get(person.role)
    if level is None:
        return None
    every = tx.accounts.all(division_prefix=person.division_code)
    people = {one.username: one for one in every if one.role == person.role and not one.disabled}
    return ReviewingOffice(level, people, {name: one.username for one in people.values() for name in one.taken_over})
