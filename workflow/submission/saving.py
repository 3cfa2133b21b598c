"""The one way content, findings, visits and opinions are written: all of a save or nothing, in one transaction.

Checked here and nowhere else: permission per entry, personal identifiers, versions, and that the whole submission still
reads as the exchange format wants it. An edit voids only the findings on the rows it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.model import Library
from indicators.reading.located import ProblemsError
from storage.canonical import Json
from storage.clock import local_date
from storage.records import Entry
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.errors import Clash, Conflict, Refused
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import edit_refusal, rows_depending_on
from workflow.submission.entry_shape import entry_refusal
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry to write: its new body (None takes it out) and the version the person saw (0 = it was not there)."""

    target: Target
    body: Json
    expected_version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """The versions that stand by target (0 = taken out), and the findings the save voided as (level, row id).

    An edit that changes nothing writes nothing and keeps its version; ``unchanged``: none of them changed anything.
    """

    versions: dict[Target, int]
    voided: tuple[tuple[str, str], ...]
    unchanged: bool


def save(office: Office, person: Person, submission_id: int, edits: Sequence[Edit], now: datetime) -> Saved:
    """Write the edits; durable when this returns.

    Raises Refused (permission, identifiers, format; all reasons at once) or Conflict (someone saved first; both texts).
    """
    with office.store.write(person.username, now) as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        changed = tuple(e for e in edits if _differs(snapshot, e))
        _refuse(snapshot, changed, local_date(now), office.rules_of(snapshot.round))
        _clash(snapshot, changed)
        _read_back(office, snapshot, changed)
        voided = _void_findings(tx, snapshot, changed)
        written = {e.target: _write(tx, snapshot, e) for e in changed}
        versions = {e.target: written.get(e.target, snapshot.version(e.target)) for e in edits}
        return Saved(versions, voided, unchanged=not changed)


def _differs(snapshot: SubmissionSnapshot, edit: Edit) -> bool:
    entry = snapshot.entries.get(edit.target)
    return edit.body is not None if entry is None else bool(entry.body != edit.body)


def _refuse(snapshot: SubmissionSnapshot, edits: Iterable[Edit], today: date, library: Library) -> None:
    refusals: list[Refused] = []
    seen: set[Target] = set()
    for edit in edits:
        refusal = edit_refusal(snapshot.person, edit.target, snapshot.context)
        if refusal is None:
            refusal = entry_refusal(snapshot, edit.target, edit.body, today, library)
        if edit.target in seen:
            refusal = Refused("malformed", f"{edit.target.label}：同一处在一次保存中写了两遍。")
        seen.add(edit.target)
        if refusal is not None:
            refusals.append(refusal)
    if refusals:
        raise Refused(refusals[0].code, *dict.fromkeys(reason for r in refusals for reason in r.reasons))


def _clash(snapshot: SubmissionSnapshot, edits: Iterable[Edit]) -> None:
    clashes = tuple(
        Clash(e.target, e.body, *_standing(snapshot.entries.get(e.target)))
        for e in edits
        if snapshot.version(e.target) != e.expected_version
    )
    if clashes:
        raise Conflict(clashes)


def _standing(entry: Entry | None) -> tuple[Json, int, str]:
    return (None, 0, "") if entry is None else (entry.body, entry.version, entry.updated_by)


def _read_back(office: Office, snapshot: SubmissionSnapshot, edits: Iterable[Edit]) -> None:
    """Refuse what the exchange reader would refuse: the one implementation of what a well-formed submission is."""
    bodies = bodies_of(snapshot.entries.values())
    for edit in edits:
        if edit.body is None:
            bodies.pop(edit.target, None)
        else:
            bodies[edit.target] = edit.body
    try:
        written = {edit.target for edit in edits}
        read_content(snapshot.record, snapshot.round, bodies, office.rules_of(snapshot.round), written=written)
    except ProblemsError as error:
        raise Refused("malformed", *(f"{p.where}：{p.message}" for p in error.problems)) from error


def _void_findings(tx: Transaction, snapshot: SubmissionSnapshot, edits: Iterable[Edit]) -> tuple[tuple[str, str], ...]:
    touched: set[str] = set()
    for edit in edits:
        if edit.target.is_content:
            touched |= rows_depending_on(edit.target, snapshot.standards, snapshot.content)
    voided = [target for target in snapshot.entries if target.is_finding and target.key in touched]
    for target in voided:
        tx.entries.remove(snapshot.record.id, *target, snapshot.version(target))
    return tuple((str(target.level), target.key) for target in voided)


def _write(tx: Transaction, snapshot: SubmissionSnapshot, edit: Edit) -> int:
    if edit.body is None:
        tx.entries.remove(snapshot.record.id, *edit.target, edit.expected_version)
        return 0
    return tx.entries.put(snapshot.record.id, *edit.target, edit.body, edit.expected_version).version
