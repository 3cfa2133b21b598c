"""The contents of many submissions at once, for whoever compares them under rules of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.submission import Submission
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.office import Office


@dataclass(frozen=True, slots=True)
class ReadSubmission:
    """A submission and what it holds."""

    record: SubmissionRecord
    round: RoundRecord
    content: Submission


def read_many(office: Office, tx: Transaction, records: Iterable[SubmissionRecord]) -> tuple[ReadSubmission, ...]:
    """Read each, in the order given; the caller has asked whether the person may read them.

    Raises Refused (``rules_changed``, ``rules_missing``).
    """
    several = tuple(records)
    rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
    entries = tx.entries.of_many([record.id for record in several])
    return tuple(
        ReadSubmission(
            record,
            round_record := rounds[record.round_id].of(record),
            read_content(record, round_record, bodies_of(entries[record.id]), office.rules_of(round_record)),
        )
        for record in several
    )
