"""Rehearsal of a change of rules: submissions judged as they stand and as they would stand, and what differs.

Pure: the caller brings the submissions and both sets of standards. Nothing is installed, nothing is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from indicators.model import Indicator, Scheme, Standard, Vocabulary
from indicators.model.rule_changes import where_they_differ
from scoring.assessment import PASSED, IndicatorResult, Reason, StandardAssessment, VetoResult
from scoring.judging.assess import assess
from scoring.judging.levels import verdict_name
from scoring.rehearsal.newly_asked import answered, without_new_requirements
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
    """A row of ``standard`` whose verdict or veto state changes; ``before``/``after`` None: no such row then/now.

    ``thresholds``: that moved; ``statement``: where the documents' words differ, None where they do not.
    """

    standard: str
    id: str
    kind: Kind
    before: Stand | None
    after: Stand | None
    cause: Cause
    thresholds: tuple[ThresholdMoved, ...] = ()
    statement: tuple[str, str] | None = None


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
    only_added: int = 0
    lost_only_added: int = 0
    added: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All of them, in the order given."""

    level: Level
    submissions: tuple[Rehearsed, ...]

    @property
    def counts(self) -> Counts:
        """How many change to what."""
        verdicts: Counter[tuple[str, str]] = Counter()
        added: Counter[tuple[str, str]] = Counter()
        for change in (change for rehearsed in self.submissions for change in rehearsed.rows):
            pair = (change.before.name if change.before else "", change.after.name if change.after else "")
            verdicts[pair] += 1
            added[pair] += change.cause == "added"
        lost = [
            rehearsed for rehearsed in self.submissions if rehearsed.eligible_before and not rehearsed.eligible_after
        ]
        return Counts(
            submissions=len(self.submissions),
            changed=sum(rehearsed.changed for rehearsed in self.submissions),
            became_eligible=sum(
                rehearsed.eligible_after and not rehearsed.eligible_before for rehearsed in self.submissions
            ),
            lost_eligibility=len(lost),
            verdicts=dict(sorted(verdicts.items(), key=lambda item: (-item[1], item[0]))),
            only_added=sum(rehearsed.only_added for rehearsed in self.submissions),
            lost_only_added=sum(rehearsed.only_added for rehearsed in lost),
            added={pair: count for pair, count in added.items() if count},
        )


def rehearse(cases: Iterable[RehearsalInput], scheme: Scheme, level: Level = "county") -> Rehearsal:
    """Judge each case twice and compare. Raises ValueError for a standard that is not whole, as `assess` does."""
    return Rehearsal(level, tuple(rehearse_one(case, scheme, level) for case in cases))


def rehearse_one(case: RehearsalInput, scheme: Scheme, level: Level = "county") -> Rehearsed:
    """One submission; standards are compared by their place: the second of ``after`` takes over from the second now."""
    submission = case.submission
    successors = {old.id: new.id for old, new in zip(case.before, case.after, strict=True)}
    before = assess(submission, case.before, scheme, level)
    claimed = _claimed(submission, successors)
    left = claimed if case.without_unasked is None else _claimed(case.without_unasked, successors)
    after = assess(left, case.after, scheme, level)
    rows: list[RowChange] = []
    standards: dict[str, tuple[bool, bool]] = {}
    for old, new in zip(case.before, case.after, strict=True):
        was, would = before.standards[old.id], after.standards[new.id]
        standards[old.id] = (was.eligible, would.eligible)
        changes = tuple(_changes(old, was, new, would))
        if any(map(_for_the_worse, changes)):
            asked_before = without_new_requirements(old, new, claimed)
            tried = assess(claimed, (asked_before,), scheme, level).standards[new.id]
            changes = tuple(_with_cause(change, claimed, _stands(tried, new)) for change in changes)
        rows += changes
    return Rehearsed(
        name=case.name,
        division_code=submission.division.code,
        division_name=submission.division.name,
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
    moved = {old: new for old, new in successors.items() if old != new}
    if not moved:
        return submission
    return replace(
        submission,
        answers={row_id: _handed_on(answer, moved) for row_id, answer in submission.answers.items()},
        vetoes={row_id: _handed_on(answer, moved) for row_id, answer in submission.vetoes.items()},
    )


def _handed_on(answer: Answer, moved: Mapping[str, str]) -> Answer:
    added = {new: answer.claims[old] for old, new in moved.items() if old in answer.claims and new not in answer.claims}
    return replace(answer, claims={**answer.claims, **added}) if added else answer


def _changes(old: Standard, was: StandardAssessment, new: Standard, would: StandardAssessment) -> Iterator[RowChange]:
    before, after = _stands(was, old), _stands(would, new)
    results = _results(was), _results(would)
    vetoes = {row.id for standard in (old, new) for row in standard.vetoes}
    for row_id in dict.fromkeys(row.id for row in (*new.rows(), *old.rows())):
        left, right = before.get(row_id), after.get(row_id)
        if left is None or right is None or left.state != right.state:
            kind: Kind = "veto" if row_id in vetoes else "indicator"
            change = RowChange(new.id, row_id, kind, left, right, "removed" if right is None else "judged")
            was_asked, asks = old.row(row_id), new.row(row_id)
            if was_asked is not None and asks is not None and left is not None and right is not None:
                moved = tuple(_thresholds_moved(results[0][row_id], results[1][row_id]))
                change = replace(change, thresholds=moved, statement=_statements_differ(was_asked, asks))
            yield change


def _thresholds_moved(was: Result, now: Result) -> Iterator[ThresholdMoved]:
    earlier = {measured.id: measured for measured in was.measures}
    for measured in (measured for measured in now.measures if measured.id in earlier):
        old, new, threshold = earlier[measured.id].measure, measured.measure, earlier[measured.id].threshold
        if old.kind == new.kind and (old.require, old.each) != (new.require, new.each):
            yield ThresholdMoved(new.id, new.label, threshold or "", measured.threshold or "", measured.figure)


def _statements_differ(old: Indicator, new: Indicator) -> tuple[str, str] | None:
    return None if old.statement == new.statement else where_they_differ(old.statement, new.statement)


def _for_the_worse(change: RowChange) -> bool:
    return change.after is not None and change.after.state not in PASSED


def _with_cause(change: RowChange, submission: Submission, tried: Mapping[str, Stand]) -> RowChange:
    """``tried``: how the rows come out when no more is asked than before."""
    if not _for_the_worse(change):
        return change
    if change.before is None:
        answers = submission.vetoes if change.kind == "veto" else submission.answers
        only_added = not answered(answers.get(change.id))
    else:
        only_added = tried[change.id].state == change.before.state
    return replace(change, cause="added") if only_added else change


def _results(judged: StandardAssessment) -> dict[str, Result]:
    return {**judged.indicators, **{veto.id: veto for veto in judged.vetoes}}


def _stands(judged: StandardAssessment, standard: Standard) -> dict[str, Stand]:
    return {row.id: _stand(row, standard.vocabulary) for row in judged.results}


def _stand(result: Result, vocabulary: Vocabulary) -> Stand:
    blocking, holding = (tuple(r for r in result.reasons if r.effect == effect) for effect in ("blocks", "holds"))
    return Stand(result.outcome, verdict_name(result, vocabulary), blocking, holding)
