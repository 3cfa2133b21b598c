"""The rows the store holds of a submission, read in one transaction, whoever asks; and what a save makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from scoring.departments import DepartmentList
from scoring.submission import ReviewLevel
from storage.records import Entry, EntryStep, EntryVersion, Move, Return, RoundRecord, SubmissionRecord
from storage.repositories.audit import Order
from storage.repositories.entries import Written, oldest_first
from storage.store import Transaction
from workflow.department_list import read_departments
from workflow.people import REVIEWER_LEVELS, Person
from workflow.stamped_cache import Stamp
from workflow.submission.corrections import Writing, repin_writings
from workflow.submission.handing_back import last_release, restored
from workflow.submission.repins import Repin, repins_of
from workflow.targets import CONTENT_KINDS, FINDING_KINDS, NOTE_KINDS, Target

_NAMING = ("leader_name", "contact_name_and_title")
_COUNTY_S_WORDS = frozenset(
    {
        "assignment", "sent_back", "correction", "explanation", "opinion.county_government", "scan.county_government",
    }
)  # fmt: skip
COUNTY_KINDS = CONTENT_KINDS | _COUNTY_S_WORDS  # of what a county writes


@dataclass(frozen=True, slots=True)
class Rows:
    """What the store holds of a submission, whoever asks. ``history``, ``order``: while a return is open."""

    record: SubmissionRecord
    round: RoundRecord
    entries: Mapping[Target, Entry]
    timeline: tuple[EntryStep, ...]
    open_return: Return | None
    history: tuple[EntryVersion, ...]
    order: Order
    rules: Set[Writing]
    held_files: frozenset[str]
    repins: tuple[Repin, ...]
    moves: tuple[Move, ...]
    departments: DepartmentList

    @property
    def stamp(self) -> Stamp:
        """They stand as long as this does."""
        return self.record.stamp, self.round.stamp

    @property
    def numbers_given(self) -> frozenset[str]:
        """Every number that documents of the register and notes have or had."""
        numbered = {"evidence", *NOTE_KINDS.values()}
        steps = (step.key for step in self.timeline if step.kind in numbered)
        return frozenset((*steps, *(target.key for target in self.entries if target.kind in numbered)))

    @property
    def entered_by(self) -> dict[Target, str]:
        """Each entry's first author (username), counted anew after a removal."""
        entered: dict[Target, str] = {}
        for step in self.timeline:
            if step.removed:
                entered.pop(Target.of(step), None)
            else:
                entered.setdefault(Target.of(step), step.by)
        return entered

    @property
    def filled_in_by(self) -> frozenset[str]:
        """县级一方写下的一切：谁写过其中之一，谁就不能再评价本县，写县政府意见的人也一样。评审退回时作废意见、收回退回时
        恢复意见，不算填报。
        """
        nobody_s = self.rules | restored(self.moves)
        return frozenset(s.by for s in self.timeline if _fills_in(s) and (s.by, s.at) not in nobody_s)

    @property
    def finders(self) -> dict[ReviewLevel, frozenset[str]]:
        """By level who found, where the round wants the opinion from somebody else: the findings that stand, and any
        written since the submission was last sent up, whoever wrote over them."""
        if not self.round.second_reviewer:
            return {}
        by_kind: dict[str, set[str]] = {}
        for entry in self.entries.values():
            by_kind.setdefault(entry.kind, set()).add(entry.updated_by)
        sent = last_release(self.moves)
        for step in self.timeline:
            if not step.removed and (sent is None or step.at >= sent):
                by_kind.setdefault(step.kind, set()).add(step.by)
        return {level: frozenset(by_kind.get(kind, ())) for level, kind in FINDING_KINDS.items()}

    def has_part(self, person: Person) -> bool:
        """Whether the person filled it in, or is named as the county's own: then they do not review it."""
        return person.username in self.filled_in_by or self.names(person)

    def names(self, person: Person) -> bool:
        """Whether the form names a reviewer as the county's own head or contact."""
        if person.role not in REVIEWER_LEVELS:
            return False
        texts = (self.entries[target].body for target in map(Target.form, _NAMING) if target in self.entries)
        return any(isinstance(text, str) and person.display_name.strip() in text for text in texts)

    def after(self, made: Written) -> Rows:
        """What reading anew would give once this is durable."""
        written = {Target.of(line): line for line in made.lines}
        entries = {target: entry for target, entry in self.entries.items() if target not in written}
        entries |= {target: _entry(line) for target, line in written.items() if not line.removed}
        steps = [EntryStep(v.kind, v.key, v.version, v.removed, v.by, v.at) for v in written.values()]
        returned = self.open_return is not None
        return replace(
            self,
            record=replace(self.record, stamp=made.stamp),
            entries=dict(sorted(entries.items())),
            timeline=oldest_first((*self.timeline, *steps)),
            history=oldest_first((*self.history, *written.values())) if returned else (),
            order=self.order.after(made.lines, made.links) if returned else self.order,
        )


def read_rows(tx: Transaction, record: SubmissionRecord, round_record: RoundRecord) -> Rows:
    """All of them but the two records, which tell whether that is needed."""
    open_return = tx.returns.open_one(record.id)
    return Rows(
        record,
        round_record,
        {Target.of(entry): entry for entry in tx.entries.all(record.id)},
        tx.entries.timeline(record.id),
        open_return,
        () if open_return is None else tx.entries.history(record.id),
        Order() if open_return is None else tx.audit.order(record.id),
        repin_writings(tx, record.round_id),
        frozenset(file.sha256 for file in tx.files.all(record.id)),
        repins_of(tx, record),
        tx.moves.all(record.id),
        read_departments(tx, record.division_code),
    )


def _fills_in(step: EntryStep) -> bool:
    return step.kind in CONTENT_KINDS or (step.kind in _COUNTY_S_WORDS and not step.removed)


def _entry(line: EntryVersion) -> Entry:
    return Entry(line.submission_id, line.kind, line.key, line.body, line.version, line.by, line.at)
