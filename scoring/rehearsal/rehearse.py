"""Rehearsal of a change of rules: submissions judged as they stand and as they would stand, and what differs.

Pure: the caller brings the submissions and both sets of standards. Nothing is installed, nothing is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indicators.model import Scheme, Standard, Vocabulary
from indicators.model.rule_changes import paired_rows, where_they_differ
from scoring.assessment import PASSED, IndicatorResult, Reason, StandardAssessment, VetoResult
from scoring.judging.assess import assess
from scoring.judging.levels import verdict_name
from scoring.rehearsal.newly_asked import BLANK, answer_to, without_new_requirements
from scoring.submission import Answer, Level, Submission

Kind = Literal["indicator", "veto"]
Result = IndicatorResult | VetoResult
# Why a row changes: only for requirements that are new and nobody has answered yet; what was answered is judged
# otherwise; the row is gone.
Cause = Literal["added", "judged", "removed"]


@dataclass(frozen=True, slots=True)
class RehearsalInput:
    """One submission: ``name`` as people know it (a file, a county), the standards it has now and would have.

    ``round_title``: of its round; None = it goes by its id. ``without_unasked``: what of it stands under the new rules
    where taking them would take something out; None = all of it.
    """

    name: str
    submission: Submission
    before: tuple[Standard, ...]
    after: tuple[Standard, ...]
    round_title: str | None = None
    without_unasked: Submission | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What a row came to: the verdict or veto state, its name in words, the reasons that block it, and what held."""

    state: str
    name: str
    reasons: tuple[Reason, ...]
    held: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ThresholdMoved:
    """A measure (by id, with its label) that asks for more or less than before, in words, and what the county gave."""

    measure: str
    label: str
    before: str
    after: str
    figure: str | None

    def __str__(self) -> str:
        moved = f"“{self.label}”门槛由{self.before}改为{self.after}"
        return f"{moved}，所填 {self.figure}" if self.figure else moved


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of ``standard`` (its id, ``standard_name`` for people) whose verdict or veto state changes.

    ``before``, ``after``: None where there is no such row; ``thresholds``: that moved; ``statement``: where the
    documents' words differ, None where they do not.
    """

    standard: str
    standard_name: str
    id: str
    kind: Kind
    before: Stand | None
    after: Stand | None
    cause: Cause
    thresholds: tuple[ThresholdMoved, ...] = ()
    statement: tuple[str, str] | None = None

    @property
    def names(self) -> tuple[str, str]:
        """From what to what; "" stands for a row that is not there."""
        return self.before.name if self.before else "", self.after.name if self.after else ""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One submission's outcome. ``rows`` in printed order: changed, new and gone ones; ``eligible_*`` of all together.

    ``standards``: id of the standard as it is now → (eligible now, eligible under what replaces it).
    """

    name: str
    division_code: str
    division_name: str
    eligible_before: bool
    eligible_after: bool
    standards: Mapping[str, tuple[bool, bool]]
    rows: tuple[RowChange, ...]

    @property
    def changed(self) -> bool:
        """Whether anything at all would be different."""
        return bool(self.rows) or self.eligible_before != self.eligible_after

    @property
    def only_added(self) -> bool:
        """Whether something new is not answered yet, and nothing given is judged otherwise, better or worse."""
        causes = {change.cause for change in self.rows}
        return "added" in causes and "judged" not in causes


@dataclass(frozen=True, slots=True)
class Skipped:
    """A submission that was not rehearsed, and why, in Chinese."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be told to people who may not see a county: no name, no row of a county, only how many.

    ``verdicts``: (name before, name after) → how many rows; "" stands for a row that is not there. ``only_added``,
    ``lost_only_added``, ``added``: of these the ones that change only for new requirements nobody has answered yet.
    """

    submissions: int
    changed: int
    became_eligible: int
    lost_eligibility: int
    verdicts: Mapping[tuple[str, str], int]
    only_added: int
    lost_only_added: int
    added: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All of them, in the order given."""

    level: Level
    submissions: tuple[Rehearsed, ...]

    @property
    def counts(self) -> Counts:
        """How many change to what."""
        changes = [change for rehearsed in self.submissions for change in rehearsed.rows]
        verdicts = Counter(change.names for change in changes)
        lost = [one for one in self.submissions if one.eligible_before and not one.eligible_after]
        return Counts(
            submissions=len(self.submissions),
            changed=sum(one.changed for one in self.submissions),
            became_eligible=sum(one.eligible_after and not one.eligible_before for one in self.submissions),
            lost_eligibility=len(lost),
            verdicts=dict(sorted(verdicts.items(), key=lambda item: (-item[1], item[0]))),
            only_added=sum(one.only_added for one in self.submissions),
            lost_only_added=sum(one.only_added for one in lost),
            added=dict(Counter(change.names for change in changes if change.cause == "added")),
        )


def rehearse(cases: Iterable[RehearsalInput], scheme: Scheme, level: Level = "county") -> Rehearsal:
    """Judge each case twice and compare. Raises ValueError for a standard that is not whole, as `assess` does."""
    return Rehearsal(level, tuple(rehearse_one(case, scheme, level) for case in cases))


def rehearse_one(case: RehearsalInput, scheme: Scheme, level: Level = "county") -> Rehearsed:
    """One submission; standards are compared by their place: the second of ``after`` takes over from the second now."""
    successors = {old.id: new.id for old, new in zip(case.before, case.after, strict=True)}
    before = assess(case.submission, case.before, scheme, level)
    claimed = _claimed(case.submission, successors)
    left = claimed if case.without_unasked is None else _claimed(case.without_unasked, successors)
    after = assess(left, case.after, scheme, level)
    rows: list[RowChange] = []
    standards: dict[str, tuple[bool, bool]] = {}
    for old, new in zip(case.before, case.after, strict=True):
        was, would = before.standards[old.id], after.standards[new.id]
        standards[old.id] = (was.eligible, would.eligible)
        changes = list(_changes(old, was, new, would))
        if any(map(_for_the_worse, changes)):
            asked_before = without_new_requirements(old, new, claimed)
            tried = _results(assess(claimed, (asked_before,), scheme, level).standards[new.id])
            changes = [replace(one, cause="added") if _only_added(one, claimed, tried) else one for one in changes]
        rows += changes
    return Rehearsed(
        name=case.name,
        division_code=case.submission.division.code,
        division_name=case.submission.division.name,
        eligible_before=before.eligible,
        eligible_after=after.eligible,
        standards=standards,
        rows=tuple(rows),
    )


def in_place(standards: Sequence[Standard], replaced: Mapping[str, Standard]) -> tuple[Standard, ...]:
    """The standards with some taken over by others; ``replaced``: id → what takes its place."""
    return tuple(replaced.get(standard.id, standard) for standard in standards)


def _claimed(submission: Submission, successors: Mapping[str, str]) -> Submission:
    """What a county claimed under one standard, it is taken to claim under the one that takes its place."""

    def handed_on(answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {row_id: replace(a, claims=_inherited(a.claims, successors)) for row_id, a in answers.items()}

    return replace(submission, answers=handed_on(submission.answers), vetoes=handed_on(submission.vetoes))


def _inherited(claims: Mapping[str, str], successors: Mapping[str, str]) -> dict[str, str]:
    return {**{new: claims[old] for old, new in successors.items() if old in claims}, **claims}


def _changes(old: Standard, was: StandardAssessment, new: Standard, would: StandardAssessment) -> Iterator[RowChange]:
    before, after = _results(was), _results(would)
    for row_id, earlier, row in paired_rows(old, new):
        left, right = before.get(row_id), after.get(row_id)
        if left is not None and right is not None and left.outcome == right.outcome:
            continue
        veto = any(isinstance(result, VetoResult) for result in (left, right))
        change = RowChange(
            standard=new.id,
            standard_name=new.short_name,
            id=row_id,
            kind="veto" if veto else "indicator",
            before=_stand(left, old.vocabulary),
            after=_stand(right, new.vocabulary),
            cause="removed" if right is None else "judged",
        )
        if earlier is not None and row is not None and left is not None and right is not None:
            words = where_they_differ(earlier.statement, row.statement) if earlier.statement != row.statement else None
            change = replace(change, thresholds=tuple(_thresholds_moved(left, right)), statement=words)
        yield change


def _thresholds_moved(was: Result, now: Result) -> Iterator[ThresholdMoved]:
    earlier = {measured.id: measured for measured in was.measures}
    for measured in (measured for measured in now.measures if measured.id in earlier):
        old, new, threshold = earlier[measured.id].measure, measured.measure, earlier[measured.id].threshold
        if old.kind == new.kind and (old.require, old.each) != (new.require, new.each):
            yield ThresholdMoved(new.id, new.label, threshold or "", measured.threshold or "", measured.figure)


def _for_the_worse(change: RowChange) -> bool:
    return change.after is not None and change.after.state not in PASSED


def _only_added(change: RowChange, submission: Submission, tried: Mapping[str, Result]) -> bool:
    """``tried``: how the rows come out when no more is asked than before."""
    if not _for_the_worse(change):
        return False
    if change.before is None:
        return answer_to(change.id, submission, veto=change.kind == "veto") == BLANK
    return tried[change.id].outcome == change.before.state


def _results(judged: StandardAssessment) -> dict[str, Result]:
    return {result.id: result for result in judged.results}


def _stand(result: Result | None, vocabulary: Vocabulary) -> Stand | None:
    if result is None:
        return None
    blocking, holding = (tuple(r for r in result.reasons if r.effect == effect) for effect in ("blocks", "holds"))
    return Stand(result.outcome, verdict_name(result, vocabulary), blocking, holding)
