"""One submission under other rules: what they do not ask any more is taken out, findings on rows they changed fall.

Needs no other submission. Nothing is lost: every version stays in the entry's history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from indicators.comparing import told
from indicators.comparing.row_difference import StandardDifference, standard_difference
from indicators.model import Indicator, Library
from indicators.model.rule_changes import Redefinition
from indicators.reading.problems import Problem, ProblemsError
from scoring.rehearsal.rehearse import RehearsalInput, Rehearsed, RowChange, rehearse_one
from scoring.submission import Submission
from storage.canonical import Json
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.office import Office
from workflow.permissions import rows_reading
from workflow.states import State
from workflow.submission.repins import RepinEffect, note_repin
from workflow.targets import FINDING_KINDS, Target


@dataclass(frozen=True, slots=True)
class RulesChange:
    """The installed rules in the place of a round's own. ``old`` None: those are not kept, nothing can be compared.

    ``redefined``: what means something else under its id; ``rows``: ids that ask something else, by their own words or
    because a fact they read means something else.
    """

    round: RoundRecord
    old: Library | None
    differences: tuple[StandardDifference, ...] = ()
    redefined: tuple[Redefinition, ...] = ()
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refit:
    """What the other rules do to one submission. ``changes``: new bodies, None = removed; ``versions``: as they stand.

    ``would``: judged both ways, None where it cannot be, or has withdrawn; ``content``: what is left as the new rules
    read it, None where they cannot, ``problems`` says why.
    """

    record: SubmissionRecord
    changes: Mapping[Target, Json]
    versions: Mapping[Target, int]
    effect: RepinEffect
    would: Rehearsed | None
    problems: tuple[Problem, ...]
    content: Submission | None = field(default=None, compare=False, repr=False)

    @property
    def withdrawn(self) -> bool:
        """Whether the county has withdrawn: its entries follow the rules, nobody is told."""
        return self.record.state == State.WITHDRAWN


def rules_change(office: Office, round_record: RoundRecord) -> RulesChange:
    """All of the round's standards are installed."""
    if not office.has_rules(round_record):
        return RulesChange(round_record, None)
    old, new = office.rules_of(round_record), office.library
    differences = tuple(
        standard_difference(old.standards[each], new.standards[each], new.vocabulary, new.policies)
        for each in round_record.standards
    )
    meanings, standards = told.redefined(differences), [difference.new for difference in differences]
    rows = {row.id for difference in differences for row in difference.rows if row.asks_otherwise}
    rows.update(*(rows_reading(meaning.id, standards) for meaning in meanings if meaning.what == "fact"))
    return RulesChange(round_record, old, differences, meanings, frozenset(rows))


def refit(office: Office, tx: Transaction, record: SubmissionRecord, change: RulesChange) -> Refit:
    """From what stands now, so that done twice it finds nothing left to change."""
    entries, old, new = tx.entries.all(record.id), change.old or office.library, office.library
    bodies = bodies_of(entries)
    changes: dict[Target, Json] = {t: None for t in bodies if t.is_finding and t.key in change.rows}
    fallen = tuple((level, t.key) for t in changes for level, kind in FINDING_KINDS.items() if t.kind == kind)
    changes |= {
        target: kept
        for target, body in bodies.items()
        if target not in changes and (kept := fitting(target, body, old, new)) != body
    }
    left = {target: body for target, body in {**bodies, **changes}.items() if body is not None}
    content, problems, would = None, tuple[Problem, ...](), None
    try:
        content = read_content(record, change.round, left, new)
    except ProblemsError as error:
        problems = error.problems
    if change.old is not None and record.state != State.WITHDRAWN:
        before, after = (tuple(rules.standards[each] for each in change.round.standards) for rules in (old, new))
        given = read_content(record, change.round, bodies, old)
        case = RehearsalInput(record.division_name, given, before, after, without_unasked=content)
        would = rehearse_one(case, office.points())
    redefined = tuple(meaning for meaning in change.redefined if _given(left, meaning))
    taken_out = len(changes) - len(fallen)
    effect = replace(_judged(would), fallen=fallen, taken_out=taken_out, redefined=redefined)
    versions = {Target.of(entry): entry.version for entry in entries}
    return Refit(record, changes, versions, effect, would, problems, content)


def take(tx: Transaction, refitted: Refit, reason: str) -> None:
    """Write it with the record of it; `refit` may be from an earlier transaction only if nothing was written since."""
    for target, body in sorted(refitted.changes.items(), key=lambda change: change[1] is not None):
        if body is None:
            tx.entries.remove(refitted.record.id, *target, refitted.versions[target])
        else:
            tx.entries.put(refitted.record.id, *target, body, refitted.versions[target])
    if not refitted.withdrawn:
        note_repin(tx, refitted.record.id, reason, refitted.effect)


def _judged(would: Rehearsed | None) -> RepinEffect:
    """Which rows change, never why, as reasons quote what a county wrote; of a kind: in every standard alike."""
    if would is None:
        return RepinEffect(None)
    rows: dict[str, list[RowChange]] = {}
    for change in would.rows:
        rows.setdefault(change.id, []).append(change)

    def all_are(test: Callable[[RowChange], bool]) -> tuple[str, ...]:
        return tuple(row_id for row_id, changes in rows.items() if all(map(test, changes)))

    new, gone = all_are(lambda change: change.before is None), all_are(lambda change: change.after is None)
    added = all_are(lambda change: change.cause == "added" and change.id not in new)
    return RepinEffect(would.eligible, tuple(rows), new=new, added=added, gone=gone)


def _given(bodies: Mapping[Target, Json], meaning: Redefinition) -> bool:
    """Whether the county gave a figure, a document or a fact for it."""
    if meaning.what == "fact":
        return Target.fact(meaning.id) in bodies
    parts = ("evidence",) if meaning.what == "evidence" else ("measures", "judgements")
    answers = (bodies.get(target) for target in (Target.answer(meaning.row), Target.veto(meaning.row)))
    filled = (body.get(part) for body in answers if isinstance(body, Mapping) for part in parts)
    return any(isinstance(part, Mapping) and meaning.id in part for part in filled)


def fitting(target: Target, body: Json, old: Library, new: Library) -> Json:
    """The body without what ``new`` does not ask or asks in another form; None = gone."""
    if target.kind == "fact":
        fact_was, fact = _fact(old, target.key), _fact(new, target.key)
        return body if fact is not None and fact_was in {None, fact} else None
    if target.kind == "given":
        facts = (standard.facts.get(target.key) for standard in new.standards.values())
        return body if any(fact is not None and fact.given_by for fact in facts) else None
    of_row, rows = target.is_answer or target.is_finding, _rows(new, target)
    if of_row and not rows:
        return None
    if not of_row or not isinstance(body, Mapping):
        return body
    was, asked = (
        {key: m.form for row in several for m in row.measures for key in (m.id, *m.replaces)}
        for several in (_rows(old, target), rows)
    )
    same = {key for key, form in asked.items() if was.get(key, form) == form}
    papers = {paper.id for row in rows for paper in row.evidence} | {"other"}
    kept = {"measures": same, "judgements": same, "evidence": papers}
    return {
        part: {key: value for key, value in given.items() if key in kept[part]}
        if part in kept and isinstance(given, Mapping)
        else given
        for part, given in body.items()
    }


def _rows(library: Library, target: Target) -> list[Indicator]:
    """In every standard: the rows an answer or a finding is about."""
    of_kind = {"answer": {False}, "veto": {True}}.get(target.kind, {False, True})
    rows = (standard.row(target.key) for standard in library.standards.values())
    return [row for row in rows if row is not None and (row.consequence == "veto") in of_kind]


def _fact(library: Library, fact_id: str) -> tuple[str, str | None] | None:
    facts = (standard.facts[fact_id] for standard in library.standards.values() if fact_id in standard.facts)
    return next(((fact.kind, fact.options) for fact in facts), None)
