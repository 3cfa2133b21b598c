"""Opening a submission: everything one use case or screen needs, read in one transaction, for one person."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from indicators.model import Standard
from scoring.submission import Submission
from storage.canonical import Json
from storage.records import Entry, EntryStep, Move, Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import EditContext, edit_refusal, may_read, opened_by_return, rows_depending_on
from workflow.states import State
from workflow.submission.corrections import Correction, Writing, corrections_of, items_by_key, repin_writings
from workflow.submission.handing_back import last_government_return
from workflow.submission.repins import Repin, repins_of
from workflow.targets import CONTENT_KINDS, Target
from workflow.visibility import sees

_COUNTY_S_WORDS = frozenset({"correction", "opinion.county_government"})


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
    handed_back: Move | None = None  # by 县级人民政府, and not handed over since

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


def open_submission(office: Office, person: Person, submission_id: int) -> SubmissionSnapshot:
    """Read a submission for a person; raises Refused (``not_found``, alike for absent, foreign and unreleased).

    What another level has not given yet — findings, visits, opinions in the making — is left out.
    """
    with office.store.read() as tx:
        whole = read_snapshot(office, tx, person, submission_id)
    seen = tuple(change.seen_by(person.role, whole.state) for change in whole.repins)
    whole = replace(whole, repins=seen)
    visible = {target: entry for target, entry in whole.entries.items() if _seen(person, whole.state, target)}
    if len(visible) == len(whole.entries):
        return whole
    content = read_content(whole.record, whole.round, bodies_of(visible.values()), office.rules_of(whole.round))
    return replace(whole, entries=visible, content=content)


def stamp_of(office: Office, submission_id: int) -> tuple[int, int] | None:
    """Two numbers that stay as long as nothing is written to the submission or its round; None where there is none."""
    with office.store.read() as tx:
        return tx.submissions.stamps(submission_id)


def _seen(person: Person, state: State, target: Target) -> bool:
    return target.level is None or sees(person.role, state, target.level)


def read_snapshot(office: Office, tx: Transaction, person: Person, submission_id: int) -> SubmissionSnapshot:
    """The whole submission, read in ``tx``, for use cases to decide on; `open_submission` is what people are shown."""
    record = tx.submissions.get(submission_id)
    if record is None or not may_read(person, record.division_code, State(record.state)):
        raise Refused("not_found")
    round_record = tx.rounds.get(record.round_id)
    if round_record is None:
        raise Refused("not_found")
    standards = office.standards(round_record)
    entries = tx.entries.all(submission_id)
    content = read_content(record, round_record, bodies_of(entries), office.rules_of(round_record))
    open_return = tx.returns.open_one(submission_id)
    by_target: dict[Target, Entry] = {Target.of(entry): entry for entry in entries}
    timeline = tx.entries.timeline(submission_id)
    rules = repin_writings(tx, record.round_id)
    opened: frozenset[Target] | None = None
    corrections: tuple[Correction, ...] = ()
    return_items: Mapping[str, str] = {}
    if open_return is not None:
        opened = _opened(open_return, timeline, standards, content)
        corrections = corrections_of(open_return, tx.entries.history(submission_id), standards, content, rules)
        return_items = items_by_key(open_return)
    context = _context(person, record, by_target, timeline, rules)
    return SubmissionSnapshot(
        person,
        record,
        round_record,
        standards,
        content,
        by_target,
        open_return,
        replace(
            context,
            open_targets=opened,
            round_closed=round_record.closed_at is not None,
            return_items=return_items,
        ),
        frozenset(file.sha256 for file in tx.files.all(submission_id)),
        corrections,
        repins_of(tx, record),
        last_government_return(tx, record),
    )


def _context(
    person: Person,
    record: SubmissionRecord,
    entries: Mapping[Target, Entry],
    timeline: tuple[EntryStep, ...],
    rules: Set[Writing],
) -> EditContext:
    entered_by = _entered_by(timeline)
    return EditContext(
        division_code=record.division_code,
        state=State(record.state),
        assigned=_assigned(person, entries),
        own_evidence=frozenset(
            target.key for target, by in entered_by.items() if target.kind == "evidence" and by == person.username
        ),
        known_evidence=frozenset(target.key for target in entries if target.kind == "evidence"),
        touched_by=frozenset(s.by for s in timeline if _fills_in(s) and (s.by, s.at) not in rules),
    )


def _fills_in(step: EntryStep) -> bool:
    """县级一方写下的一切：谁写过其中之一，谁就不能再评价本县，写县政府意见的人也一样。评审退回时作废意见，不算填报。"""
    return step.kind in CONTENT_KINDS or (step.kind in _COUNTY_S_WORDS and not step.removed)


def _entered_by(timeline: tuple[EntryStep, ...]) -> dict[Target, str]:
    """Each entry's first author (username), counted anew after a removal."""
    entered: dict[Target, str] = {}
    for step in timeline:
        if step.removed:
            entered.pop(Target.of(step), None)
        else:
            entered.setdefault(Target.of(step), step.by)
    return entered


def _opened(
    open_return: Return, timeline: tuple[EntryStep, ...], standards: tuple[Standard, ...], content: Submission
) -> frozenset[Target]:
    """What an open return opens: its items, evidence added since, rows that read a fact or document changed since.

    Without the latter a county that rightly mends a fact could not mend the figures that no longer agree with it.
    """
    opened = set(opened_by_return((item.row_id for item in open_return.items), standards, content))
    since = {Target.of(step) for step in timeline if step.at > open_return.created_at}
    former = {Target.of(step) for step in timeline if step.at <= open_return.created_at}
    opened |= {target for target in since - former if target.kind == "evidence"}
    vetoes = {row.id for standard in standards for row in standard.vetoes}
    for target in since:
        if target.kind in {"fact", "evidence"}:
            rows = rows_depending_on(target, standards, content)
            opened |= {Target.veto(row_id) if row_id in vetoes else Target.answer(row_id) for row_id in rows}
    return frozenset(opened)


def _assigned(person: Person, entries: Mapping[Target, Entry]) -> frozenset[str]:
    if person.role is not Role.COUNTY_DEPARTMENT or not person.unit:
        return frozenset()
    return frozenset(
        target.key
        for target, entry in entries.items()
        if target.kind == "assignment" and person.unit in _units(entry.body)
    )


def _units(body: Json) -> tuple[str, ...]:
    """The departments of an assignment entry: ``{units: [...]}``."""
    return tuple(body.get("units", ())) if isinstance(body, Mapping) else ()
