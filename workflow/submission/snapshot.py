"""Opening a submission: everything one use case or screen needs, read in one transaction, for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from indicators.model import Library, Standard
from scoring.assessment import Assessment
from scoring.context import judging_context
from scoring.departments import DepartmentList
from scoring.judging.proof import lapsed_documents
from scoring.submission import LEVELS, Level, Submission
from storage.records import Entry, EntryStep, Move, Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.assignment import Assignment, parts_of, standing_assignments
from workflow.content import bodies_of, only_levels, read_content
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import (
    EditContext,
    cross_checked_with,
    edit_refusal,
    may_read,
    opened_by_return,
    rows_depending_on,
)
from workflow.stamped_cache import Stamp
from workflow.states import State
from workflow.submission.corrections import Correction, corrections_of, items_by_key
from workflow.submission.repins import Repin
from workflow.submission.rows import Rows, read_rows
from workflow.targets import CONTENT_KINDS, Target
from workflow.unanswered import handed_on_by
from workflow.visibility import sees, shows

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class SubmissionSnapshot:
    """One submission as it stood at one moment, with the rights of the person who opened it."""

    person: Person
    record: SubmissionRecord
    round: RoundRecord
    standards: tuple[Standard, ...]
    content: Submission
    entries: Mapping[Target, Entry]
    open_return: Return | None
    context: EditContext
    held_files: frozenset[str] = frozenset()  # SHA-256 of every file uploaded for this submission
    corrections: tuple[Correction, ...] = ()  # what became of each item of the open return
    repins: tuple[Repin, ...] = ()  # each 换用现行规则 it met, the first one first
    departments: DepartmentList = field(default_factory=DepartmentList)  # of the county
    moves: tuple[Move, ...] = ()
    timeline: tuple[EntryStep, ...] = ()  # of every entry, oldest first
    # `workflow.submission.judging` fills it; a snapshot made otherwise begins with none
    judged: dict[Level, Assessment] = field(init=False, default_factory=dict, compare=False, repr=False)
    tried: list[tuple[Level, Submission, Assessment]] = field(
        init=False, default_factory=list, compare=False, repr=False
    )
    made: dict[object, object] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """Something made of this snapshot and its rules alone: made once, and kept as long as the snapshot is.

        ``name``: what it is; whoever makes it under that name makes the same.
        """
        if name not in self.made:
            self.made[name] = make()
        return cast("Made", self.made[name])

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


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's view: ``whole`` for use cases to decide on, ``seen`` what they are shown. ``library``: read with."""

    library: Library
    rows: Rows
    whole: SubmissionSnapshot
    seen: SubmissionSnapshot

    @property
    def seen_levels(self) -> frozenset[Level]:
        """The levels whose findings, visits and opinions the person sees."""
        return _seen_levels(self.whole)


def open_submission(
    office: Office, person: Person, submission_id: int, stamp: Stamp | None = None
) -> SubmissionSnapshot:
    """Read a submission for a person; raises Refused (``not_found``, alike for absent, foreign and unreleased).

    What another level has not given yet — findings, visits, opinions in the making — is left out. ``stamp``: as it was
    read just now; where the person's own opening of it stands, nothing is asked again.
    """
    if stamp is not None and (kept := _kept(office, person, submission_id, stamp)) is not None:
        return kept.seen
    with office.store.read() as tx:
        return read_opened(office, tx, person, submission_id).seen


def read_snapshot(office: Office, tx: Transaction, person: Person, submission_id: int) -> SubmissionSnapshot:
    """The whole submission, read in ``tx``, for use cases to decide on; `open_submission` is what people are shown."""
    return read_opened(office, tx, person, submission_id).whole


def stamp_of(office: Office, submission_id: int) -> Stamp | None:
    """Two numbers that stay as long as nothing is written to the submission or its round; None where there is none."""
    with office.store.glance() as tx:
        return tx.submissions.stamps(submission_id)


def read_opened(
    office: Office,
    tx: Transaction,
    person: Person,
    submission_id: int,
    found: tuple[SubmissionRecord, RoundRecord] | None = None,
) -> Opened:
    """Both views. As long as the stamp stands, the same person gets what was read before: one query, or none where
    ``found`` gives it and its round, read in ``tx``."""
    found = found or tx.submissions.with_round(submission_id)
    if found is None or not may_read(person, found[0].division_code, State(found[0].state)):
        raise Refused("not_found")
    record, round_record = found
    kept = _kept(office, person, submission_id, (record.stamp, round_record.stamp))
    if kept is not None:
        return kept
    rows = read_rows(tx, record, round_record)
    content = read_content(record, round_record, bodies_of(rows.entries.values()), office.rules_of(round_record))
    opened = opened_from(office, person, rows, content)
    if tx.only_reads:
        keep_opened(office, opened)
    return opened


def _kept(office: Office, person: Person, submission_id: int, stamp: Stamp) -> Opened | None:
    kept = office.snapshots.get((person, submission_id), stamp)
    return kept if isinstance(kept, Opened) and kept.library is office.library else None


def kept_opened(office: Office, person: Person, submission_id: int) -> Opened | None:
    """What this person last opened, if it is still in memory; it may be out of date: compare its stamp."""
    kept = office.snapshots.latest((person, submission_id))
    return kept[1] if kept and isinstance(kept[1], Opened) and kept[1].library is office.library else None


def keep_opened(office: Office, opened: Opened) -> None:
    """What is durable may be shown again to the same person, until something moves."""
    rows = opened.rows
    office.snapshots.put((opened.whole.person, rows.record.id), rows.stamp, opened)


def opened_from(office: Office, person: Person, rows: Rows, content: Submission) -> Opened:
    """``content``: of all the entries of ``rows``."""
    standards = office.standards(rows.round)
    context = _context(person, rows)
    corrections: tuple[Correction, ...] = ()
    if rows.open_return is not None:
        corrections = corrections_of(rows.open_return, rows.history, rows.order, standards, content, rules=rows.rules)
        context = replace(
            context,
            open_targets=_opened(rows, rows.open_return, standards, content),
            return_items=items_by_key(rows.open_return),
        )
    whole = SubmissionSnapshot(
        person,
        rows.record,
        rows.round,
        standards,
        content,
        rows.entries,
        rows.open_return,
        replace(
            context,
            round_closed=rows.round.closed_at is not None,
            repinning=rows.round.repinning is not None,
        ),
        rows.held_files,
        corrections,
        rows.repins,
        rows.departments,
        rows.moves,
        rows.timeline,
    )
    return Opened(office.library, rows, whole, _as_seen(whole))


def _seen_levels(whole: SubmissionSnapshot) -> frozenset[Level]:
    return frozenset(level for level in LEVELS if sees(whole.person.role, whole.state, level))


def _as_seen(whole: SubmissionSnapshot) -> SubmissionSnapshot:
    role, state, seen = whole.person.role, whole.state, _seen_levels(whole)
    return replace(
        whole,
        repins=tuple(change.seen_by(role, state) for change in whole.repins),
        entries={target: entry for target, entry in whole.entries.items() if shows(role, state, target)},
        content=only_levels(whole.content, seen),
    )


def _context(person: Person, rows: Rows) -> EditContext:
    given = _given(person, rows)
    own = {person.username, *person.predecessors}
    return EditContext(
        division_code=rows.record.division_code,
        state=State(rows.record.state),
        assigned=frozenset(given),
        parts=parts_of(rows.departments.name_of(person.unit or ""), given),
        own_evidence=frozenset(
            target.key for target, by in rows.entered_by.items() if target.kind == "evidence" and by in own
        ),
        known_evidence=frozenset(target.key for target in rows.entries if target.kind == "evidence"),
        given=frozenset(target.key for target in rows.entries if target.kind == "given"),
        touched_by=rows.filled_in_by | ({person.username} if rows.names(person) else frozenset()),
        unanswered=handed_on_by(
            State(rows.record.state),
            rows.moves,
            rows.timeline,
            has_prefecture=has_prefecture(rows.record.division_code),
        ),
        finders=rows.finders,
    )


def _opened(rows: Rows, open_return: Return, standards: tuple[Standard, ...], content: Submission) -> frozenset[Target]:
    """What an open return opens: its items; what the county changed since; rows that read a fact or document changed
    since; what cross-checks set beside any of these; and papers that lapsed by the later cut-off, with their rows.

    Without the others a county that rightly mends a fact could not mend the figures that no longer agree with it.
    """
    opened = set(opened_by_return((item.row_id for item in open_return.items), standards, content))
    returned = rows.order.since(open_return)
    steps = [step for step in rows.timeline if rows.order.of(step) > returned]
    since = {Target.of(step).stated for step in steps}
    # Open when it was changed, it stays so, though what opened it may be mended by now.
    opened |= {Target.of(s) for s in steps if s.kind in CONTENT_KINDS and (s.by, s.at) not in rows.rules}
    opened |= cross_checked_with(opened | since, standards)
    vetoes = {row.id for standard in standards for row in standard.vetoes}
    for target in since:
        if target.kind in {"fact", "evidence"}:
            reading = rows_depending_on(target, standards, content)
            opened |= {Target.veto(row_id) if row_id in vetoes else Target.answer(row_id) for row_id in reading}
    return frozenset(opened | _lapsed(standards, content))


def _lapsed(standards: tuple[Standard, ...], content: Submission) -> set[Target]:
    """A return's day may be later than the cut-off the county was released by: what proved a row then may not now."""
    found: set[Target] = set()
    for standard in standards:
        context = judging_context(content, standard)
        for row in standard.rows():
            veto = row.consequence == "veto"
            answer = (content.vetoes if veto else content.answers).get(row.id)
            if answer is not None and (papers := lapsed_documents(row, answer, context)):
                found |= {Target.veto(row.id) if veto else Target.answer(row.id), *map(Target.evidence, papers)}
    return found


def _given(person: Person, rows: Rows) -> dict[str, Assignment]:
    """What is given to the person's unit, however either spells its name."""
    if person.role is not Role.COUNTY_DEPARTMENT or not person.unit:
        return {}
    name_of = rows.departments.name_of
    given = standing_assignments(rows.entries, name_of)
    return {key: one for key, one in given.items() if name_of(person.unit) in one.units}
