"""The one way content, findings, visits and opinions are written: all of a save or nothing, in one transaction.

Checked here and nowhere else: permission per entry, personal identifiers, versions, and that what is written reads as
the exchange format wants it. An edit voids only the findings on the rows it touches. All of that, and the judging, is
done before anybody has to stand in line; inside the transaction the stamp says whether it still holds, else it is done
anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scoring.assessment import Assessment
from scoring.entry.editing import VerdictChange, changes
from scoring.submission import Level, Submission
from storage.clock import local_date
from storage.records import KeptVerdicts
from storage.repositories.entries import EntryChange
from storage.store import Transaction
from workflow.content import only_levels
from workflow.drafting.drafts import close
from workflow.drafting.scopes import for_submission
from workflow.entries.attached import opinion_of
from workflow.entries.numbering import Numbers, naming, numbered, numbers_for
from workflow.errors import Conflict, Refused
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import rows_depending_on
from workflow.submission.applying import without_findings
from workflow.submission.checking import Edit, as_kept, differs, read_edits, refuse, refuse_needless, refuse_unfounded
from workflow.submission.entry_shape import warnings_of
from workflow.submission.judging import formerly, judged_as, judged_at
from workflow.submission.merging import Merged, bodies_seen, settled
from workflow.submission.rows import Rows
from workflow.submission.snapshot import (
    Opened,
    SubmissionSnapshot,
    keep_opened,
    kept_opened,
    opened_from,
    read_opened,
    stamp_of,
)
from workflow.targets import CONTENT_KINDS, Target
from workflow.verdicts.keeping import JUDGED_KINDS, keep, kept_of, levels_kept

__all__ = ["Closing", "Edit", "Merged", "Saved", "save"]

_JUDGED = JUDGED_KINDS & CONTENT_KINDS  # neither the form nor what local documents ask
Check = Callable[[SubmissionSnapshot], object]
_TRIES = 4  # before everybody else waits while it is done


@dataclass(frozen=True, slots=True)
class Closing:
    """Which window's drafts end with the save: of the entries saved, ``but`` those of other forms, and of ``forms``."""

    tab: str
    forms: tuple[tuple[str, str], ...] = ()
    but: Collection[Target] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """The versions that stand by target (0 = taken out), and the findings the save voided as (level, row id).

    An edit that changes nothing writes nothing and keeps its version; ``unchanged``: none of them changed anything.
    ``changes``: the verdicts it changed, at the level whose words were saved. ``warnings``: what may name somebody.
    ``numbers``: what new documents got.
    """

    versions: dict[Target, int]
    voided: tuple[tuple[str, str], ...]
    unchanged: bool
    merged: tuple[Merged, ...] = ()
    changes: tuple[VerdictChange, ...] = ()
    warnings: tuple[str, ...] = ()
    numbers: Numbers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written if the stamp still stands.

    ``content``: the whole submission's then. ``level``: whose verdicts may change, with what is ``judged`` then;
    ``verdicts``: what is to be kept of it at every level.
    """

    opened: Opened
    edits: tuple[Edit, ...]
    voided: tuple[Target, ...]
    content: Submission
    merged: tuple[Merged, ...]
    level: Level | None
    judged: Assessment | None
    verdicts: Sequence[KeptVerdicts]
    numbers: Numbers


def save(
    office: Office,
    person: Person,
    submission_id: int,
    edits: Sequence[Edit],
    now: datetime,
    *,
    drafts: Closing | None = None,
    check: Check | None = None,
) -> Saved:
    """Write the edits; durable when this returns. What another changed in other fields meanwhile stands beside them.

    ``check`` raises Refused where they may not be written over this; it holds of what is written over. Raises Refused
    (permission, identifiers, format; all reasons at once) or Conflict (someone changed the same field first).
    """
    opened = kept_opened(office, person, submission_id)
    for _ in range(_TRIES):
        if opened is None:
            with office.store.read() as tx:
                opened = read_opened(office, tx, person, submission_id)
        try:
            plan = _plan(office, opened, edits, now, check)
        except (Refused, Conflict):
            if stamp_of(office, submission_id) == opened.rows.stamp:
                raise
        else:
            saved = _saved_as_planned(office, plan, edits, drafts, now)
            if saved is not None:
                return saved
        opened = None
    with office.store.write(person.username, now) as tx:
        plan = _plan(office, read_opened(office, tx, person, submission_id), edits, now, check)
        versions, after = _write(tx, plan, edits, drafts)
    return _saved(office, plan, edits, versions, after)


def _saved_as_planned(
    office: Office, plan: _Plan, edits: Sequence[Edit], drafts: Closing | None, now: datetime
) -> Saved | None:
    """None where the plan is of yesterday; then nothing was written."""
    person, rows = plan.opened.whole.person, plan.opened.rows
    if not plan.edits:
        if stamp_of(office, rows.record.id) != rows.stamp:
            return None
        if drafts is not None:
            with office.store.jot(now) as tx:
                _close(tx, plan, edits, drafts)
        return _saved(office, plan, edits, {}, None)
    with office.store.write(person.username, now) as tx:
        if tx.submissions.stamps(rows.record.id) != rows.stamp:
            return None
        versions, after = _write(tx, plan, edits, drafts)
    return _saved(office, plan, edits, versions, after)


def _plan(office: Office, opened: Opened, edits: Sequence[Edit], now: datetime, check: Check | None) -> _Plan:
    snapshot, library = opened.whole, office.rules_of(opened.rows.round)
    if check is not None:
        check(opened.seen)
    kept = (replace(edit, body=as_kept(edit.body)) for edit in edits)
    changing = [edit for edit in kept if differs(snapshot, edit)]
    weighed, merged, clashes = settled(snapshot, changing, bodies_seen(office, snapshot, changing))
    refuse(snapshot, weighed, local_date(now), library)
    if clashes:
        clashing = {clash.target for clash in clashes}
        rest = {e.target: (e.body, e.expected_version) for e in weighed if e.target not in clashing}
        raise Conflict(clashes, rest, snapshot.person.username)
    numbers = numbers_for((edit.target for edit in weighed), opened.rows.numbers_given)
    given = (replace(e, target=numbered(e.target, numbers), body=naming(e.target, e.body, numbers)) for e in weighed)
    changed = tuple(edit for edit in given if differs(snapshot, edit))
    changed += tuple(_unsealed(snapshot, changed))
    content = read_edits(snapshot, changed, library)
    voided = _voided(snapshot, changed)
    content = without_findings(content, voided)
    level = _level(changed)
    judged: Mapping[Level, Assessment] = {}
    if level is not None:
        # 一次判断：各级的结论都由它得出，别级的认定不改变本级的。
        judged = _judged(office, opened, content)
        refuse_unfounded(snapshot, changed, content, judged[level])
    refuse_needless(changed, lambda: judged.get("county") or judged_at(office, opened.seen, "county"))
    verdicts = kept_of(snapshot.record.id, judged, office.points())
    judged_there = None if level is None else judged[level]
    return _Plan(opened, changed, voided, content, merged, level, judged_there, verdicts, numbers)


def _judged(office: Office, opened: Opened, content: Submission) -> Mapping[Level, Assessment]:
    """At every level that is kept. Where that is the county's alone, the page has mostly tried it already."""
    levels = levels_kept(opened.rows.record.state)
    if levels == ("county",):
        return {"county": judged_as(office, opened.seen, only_levels(content, opened.seen_levels), "county")}
    return office.judge_levels(content, opened.rows.round, levels, formerly(opened.seen))


def _unsealed(snapshot: SubmissionSnapshot, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The scan of an opinion that is written anew or taken out: what was sealed says something else."""
    written = {edit.target for edit in edits}
    for scan, entry in snapshot.entries.items():
        if scan.is_scan and scan not in written and opinion_of(scan) in written:
            yield Edit(scan, None, entry.version)


def _voided(snapshot: SubmissionSnapshot, edits: Iterable[Edit]) -> tuple[Target, ...]:
    touched: set[str] = set()
    for edit in edits:
        if edit.target.is_content:
            touched |= rows_depending_on(edit.target, snapshot.standards, snapshot.content)
    return tuple(target for target in snapshot.entries if target.is_finding and target.key in touched)


def _level(edits: Iterable[Edit]) -> Level | None:
    """At which level verdicts may change; None where nothing is judged by what was written."""
    targets = [edit.target for edit in edits]
    if any(target.kind in _JUDGED for target in targets):
        return "county"
    return next((target.level for target in targets if target.is_finding), None)


def _write(
    tx: Transaction, plan: _Plan, edits: Sequence[Edit], drafts: Closing | None
) -> tuple[dict[Target, int], Rows | None]:
    """The versions written, and the rows as they are then."""
    rows, number = plan.opened.rows, plan.opened.rows.record.id
    changes = [EntryChange(*e.target, e.body, e.expected_version, removed=e.body is None) for e in plan.edits]
    changes += [EntryChange(*t, None, plan.opened.whole.version(t), removed=True) for t in plan.voided]
    written = tx.entries.write(number, changes) if changes else None
    if plan.verdicts:
        keep(tx, number, plan.verdicts)
    if drafts is not None:
        _close(tx, plan, edits, drafts)
    if written is None:
        return {}, None
    versions = {Target.of(line): 0 if line.removed else line.version for line in written.lines}
    return versions, rows.after(written)


def _close(tx: Transaction, plan: _Plan, edits: Sequence[Edit], drafts: Closing) -> None:
    forms = dict.fromkeys((*(e.target for e in edits if e.target not in drafts.but), *drafts.forms))
    close(tx, plan.opened.whole.person, for_submission(plan.opened.rows.record.id), [*forms], drafts.tab)


def _saved(
    office: Office, plan: _Plan, edits: Sequence[Edit], written: Mapping[Target, int], after: Rows | None
) -> Saved:
    """The answer; what the person opens next is what was just written, and is judged already."""
    opened = plan.opened
    changed: tuple[VerdictChange, ...] = ()
    if plan.level is not None and plan.judged is not None:
        changed = changes(judged_at(office, opened.seen, plan.level), plan.judged)
    if after is not None:
        following = opened_from(office, opened.whole.person, after, plan.content)
        if plan.level != "county":  # what other levels write changes nothing there
            following.seen.judged.update({k: v for k, v in opened.seen.judged.items() if k == "county"})
        if plan.level is not None and plan.judged is not None:
            following.seen.judged[plan.level] = plan.judged
        keep_opened(office, following)
    targets = [numbered(edit.target, plan.numbers) for edit in edits]
    versions = {target: written.get(target, opened.whole.version(target)) for target in targets}
    voided = tuple((str(target.level), target.key) for target in plan.voided)
    warnings = warnings_of(office, opened.whole, ((e.target, e.body) for e in plan.edits))
    return Saved(versions, voided, not plan.edits, plan.merged, changed, warnings, plan.numbers)
