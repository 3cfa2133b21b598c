"""What was said of a submission before: read once as long as nothing moves, then asked row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from scoring.submission import REVIEW_LEVELS, ReviewLevel
from storage.canonical import Json
from storage.records import EntryVersion, Return
from storage.repositories.audit import Order
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.reviewing import EntryChange, changes_after
from workflow.submission.corrections import Writing, repin_writings
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.submission.tracing import history_of
from workflow.targets import CONTENT_KINDS, FINDING_KINDS, Target

_LEVELS: Mapping[str, ReviewLevel] = {kind: level for level, kind in FINDING_KINDS.items()}


class Ended(Enum):
    """Why a finding stands no more."""

    VOIDED = "县里改动了所填内容（或换用了规则），已作废"
    TAKEN_BACK = "本级已撤销"
    CHANGED = "后来改了"


@dataclass(frozen=True, slots=True)
class FormerFinding:
    """The last finding of a level on a row before the one that stands, if one stands. ``body``: as it was kept."""

    level: ReviewLevel
    body: Json
    by: str
    at: datetime
    ended: Ended


@dataclass(frozen=True, slots=True)
class Since:
    """What the county changed of what a row rests on since somebody found on it. ``level`` None: oneself did."""

    level: ReviewLevel | None
    at: datetime
    changes: tuple[EntryChange, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """``findings``: every version of findings this person may read; ``history``: of all entries; both oldest first."""

    snapshot: SubmissionSnapshot
    findings: tuple[EntryVersion, ...]
    history: tuple[EntryVersion, ...]
    order: Order
    returns: tuple[Return, ...]
    rules: frozenset[Writing]

    @property
    def of_county(self) -> frozenset[Writing]:
        """By whom and when what findings are made on was written."""
        return self.rules | {(line.by, line.at) for line in self.history if line.kind in CONTENT_KINDS}

    def after(self, link: int) -> tuple[EntryChange, ...]:
        """What the county changed since a link of the audit log."""
        return changes_after(self.snapshot, self.history, self.order, link)


def read_past(office: Office, person: Person, submission_id: int) -> Past:
    """Raises Refused ``not_found``."""
    everything = [Target.finding(level, "") for level in REVIEW_LEVELS]
    findings = history_of(office, person, submission_id, everything)
    with office.store.read() as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        return Past(
            snapshot,
            findings,
            tx.entries.history(submission_id),
            tx.audit.order(submission_id),
            tx.returns.all(submission_id),
            repin_writings(tx, snapshot.round.id),
        )


def former_findings(past: Past, row_id: str) -> tuple[FormerFinding, ...]:
    """Of either level, as far as the person sees them: voided ones too."""
    return tuple(one for level in REVIEW_LEVELS if (one := _former(past, Target.finding(level, row_id), level)))


@dataclass(frozen=True, slots=True)
class FoundTogether:
    """Findings of a level written in one act: what was confirmed together, or the vetoes."""

    level: ReviewLevel
    row_ids: tuple[str, ...]
    by: str
    at: datetime


def found_together(past: Past) -> dict[int, FoundTogether]:
    """By the last link of the act."""
    saves: dict[tuple[ReviewLevel, str, datetime], list[EntryVersion]] = {}
    for line in past.findings:
        if not line.removed:
            saves.setdefault((_LEVELS[line.kind], line.by, line.at), []).append(line)
    return {
        max(map(past.order.of, lines)): FoundTogether(level, tuple(sorted(line.key for line in lines)), by, at)
        for (level, by, at), lines in saves.items()
        if len(lines) > 1
    }


def _former(past: Past, target: Target, level: ReviewLevel) -> FormerFinding | None:
    lines = [line for line in past.findings if Target.of(line) == target]
    said = [line for line in lines if not line.removed and line.version != past.snapshot.version(target)]
    if not said:
        return None
    last = said[-1]
    removal = next((line for line in lines if line.removed and line.version > last.version), None)
    ended = Ended.CHANGED
    if removal is not None:
        ended = Ended.VOIDED if (removal.by, removal.at) in past.of_county else Ended.TAKEN_BACK
    return FormerFinding(level, last.body, last.by, last.at, ended)


def changed_since_found(past: Past, row_id: str) -> Iterator[Since]:
    """Since this person last found on the row, and since the other level did; nothing of whoever never did."""
    own = past.snapshot.person.username
    said = [line for line in past.findings if line.key == row_id and not line.removed]
    last: dict[ReviewLevel | None, EntryVersion] = {}
    for line in said:
        last[None if line.by == own else _LEVELS[line.kind]] = line
    for whose, line in last.items():
        changes = tuple(c for c in past.after(past.order.of(line)) if row_id in c.row_ids)
        yield Since(whose, line.at, changes)
