"""Opening a submission: everything one use case or screen needs, read in one transaction, for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from indicators.model import Standard
from scoring.submission import Submission
from storage.records import Entry, EntryVersion, Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import CONTENT_KINDS, Target, bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import EditContext, edit_refusal, may_read, opened_by_return
from workflow.states import State

_NOT_FOUND = "没有这份申报，或不在您的辖区内。请从工作台重新进入。"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One submission as it stood at one moment, with the rights of the person who opened it."""

    person: Person
    record: SubmissionRecord
    round: RoundRecord
    standards: tuple[Standard, ...]
    content: Submission
    entries: Mapping[Target, Entry]
    open_return: Return | None
    context: EditContext

    @property
    def state(self) -> State:
        """Where it is in the procedure."""
        return State(self.record.state)

    def version(self, target: Target) -> int:
        """The version an edit of this entry must name (0 = not there yet)."""
        entry = self.entries.get(target)
        return 0 if entry is None else entry.version

    def may_edit(self, target: Target) -> bool:
        """Whether this person may write this entry now (screens ask; saving asks again)."""
        return edit_refusal(self.person, target, self.context) is None

    def why_not(self, target: Target) -> str | None:
        """The reason they may not, in words; None when they may."""
        refusal = edit_refusal(self.person, target, self.context)
        return None if refusal is None else "；".join(refusal.reasons)


def open_dossier(office: Office, person: Person, submission_id: int) -> Dossier:
    """Read a submission for a person; raises Refused (``not_found``, ``not_released``) alike for absent and foreign."""
    with office.store.read() as tx:
        return dossier(office, tx, person, submission_id)


def dossier(office: Office, tx: Transaction, person: Person, submission_id: int) -> Dossier:
    """The same inside a transaction."""
    record = tx.submissions.get(submission_id)
    if record is None or not may_read(person, record.division_code, State(record.state)):
        raise Refused("not_found", _NOT_FOUND)
    round_record = tx.rounds.get(record.round_id)
    if round_record is None:
        raise Refused("not_found", _NOT_FOUND)
    standards = office.standards(round_record)
    entries = tx.entries.all(submission_id)
    content = read_content(record, round_record, bodies_of(entries), office.library)
    open_return = tx.returns.open_one(submission_id)
    by_target: dict[Target, Entry] = {(e.kind, e.key): e for e in entries}
    opened = None
    if open_return is not None:
        opened = opened_by_return((item.row_id for item in open_return.items), standards, content)
    context = _context(person, record, by_target, tx.entries.history(submission_id))
    return Dossier(
        person,
        record,
        round_record,
        standards,
        content,
        by_target,
        open_return,
        replace(context, open_targets=opened),
    )


def _context(
    person: Person, record: SubmissionRecord, entries: Mapping[Target, Entry], history: tuple[EntryVersion, ...]
) -> EditContext:
    first_by = {(v.kind, v.key): v.by for v in reversed(history)}
    return EditContext(
        division_code=record.division_code,
        state=State(record.state),
        assigned=_assigned(person, entries),
        own_evidence=frozenset(
            key for (kind, key), by in first_by.items() if kind == "evidence" and by == person.username
        ),
        known_evidence=frozenset(key for kind, key in entries if kind == "evidence"),
        touched_by=frozenset(v.by for v in history if v.kind in CONTENT_KINDS),
    )


def _assigned(person: Person, entries: Mapping[Target, Entry]) -> frozenset[str]:
    if person.role is not Role.COUNTY_DEPARTMENT or not person.unit:
        return frozenset()
    return frozenset(
        key for (kind, key), e in entries.items() if kind == "assignment" and person.unit in _units(e.body)
    )


def _units(body: Any) -> tuple[str, ...]:  # noqa: ANN401 - an entry's body
    """The departments of an assignment entry: ``{units: [...]}``."""
    return tuple(body.get("units", ())) if isinstance(body, Mapping) else ()
