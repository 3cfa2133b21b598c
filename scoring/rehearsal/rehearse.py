"""Rehearsal of a change of rules: submissions judged as they stand and as they would stand, and what differs.

Pure: the caller brings the submissions and both sets of standards. Nothing is installed, nothing is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indicators.model import Scheme, Standard
from indicators.model.rule_changes import InRound, PartChange, paired_rows, where_they_differ
from scoring.assessment import PASSED, IndicatorResult, StandardAssessment, VetoResult
from scoring.judging.assess import assess
from scoring.judging.levels import verdict_name
from scoring.rehearsal.newly_asked import BLANK, answer_to, without_new_requirements
from scoring.submission import Answer, Division, Level, Submission

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
class RowChange:
    """A row of ``standard``, the new one, whose verdict or veto state changes.

    ``before``, ``after``: None where there is no such row; ``names``: their verdicts in words, "" for a row that is not
    there; ``thresholds``: that moved; ``statement``: where the documents' words differ, None where they do not.
    """

    standard: Standard
    id: str
    before: Result | None
    after: Result | None
    names: tuple[str, str]
    cause: Cause
    thresholds: tuple[PartChange, ...] = ()
    statement: tuple[str, str] | None = None

    @property
    def veto(self) -> bool:
        """Whether it is no indicator."""
        return isinstance(self.after or self.before, VetoResult)

    @property
    def for_the_worse(self) -> bool:
        """Whether the row is not met under the new rules."""
        return self.after is not None and self.after.outcome not in PASSED

    def figure(self, measure: str) -> str | None:
        """What the county gave for a measure, in words."""
        measures = self.after.measures if self.after else ()
        return next((measured.figure for measured in measures if measured.id == measure), None)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One submission's outcome. ``eligible``: now and under the new rules, under all standards together; ``standards``:
    the same under each, by the id it has now. ``rows`` in printed order: changed, new and gone ones.
    """

    name: str
    division: Division
    eligible: tuple[bool, bool]
    standards: Mapping[str, tuple[bool, bool]]
    rows: tuple[RowChange, ...]

    @property
    def changed(self) -> bool:
        """Whether anything at all would be different."""
        return bool(self.rows) or len(set(self.eligible)) > 1

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
    """All of them, in the order given; ``kept``: by what each is judged now."""

    level: Level
    submissions: tuple[Rehearsed, ...]
    skipped: tuple[Skipped, ...] = ()
    kept: tuple[InRound, ...] = ()

    @property
    def counts(self) -> Counts:
        """How many change to what."""
        changes = [change for rehearsed in self.submissions for change in rehearsed.rows]
        verdicts = Counter(change.names for change in changes)
        lost = [one for one in self.submissions if one.eligible == (True, False)]
        return Counts(
            submissions=len(self.submissions),
            changed=sum(one.changed for one in self.submissions),
            became_eligible=sum(one.eligible == (False, True) for one in self.submissions),
            lost_eligibility=len(lost),
            verdicts=dict(sorted(verdicts.items(), key=lambda item: (-item[1], item[0]))),
            only_added=sum(one.only_added for one in self.submissions),
            lost_only_added=sum(one.only_added for one in lost),
            added=dict(Counter(change.names for change in changes if change.cause == "added")),
        )


def rehearse(cases: Iterable[RehearsalInput | Skipped], scheme: Scheme, level: Level = "county") -> Rehearsal:
    """Judge each case twice and compare, one after the other, for they may be read as they are asked for.

    Raises ValueError for a standard that is not whole, as `assess` does.
    """
    done, skipped, kept = list[Rehearsed](), list[Skipped](), list[InRound]()
    for case in cases:
        if isinstance(case, Skipped):
            skipped.append(case)
        else:
            done.append(rehearse_one(case, scheme, level))
            of = case.submission.round.id
            kept += ((of, case.round_title or of, standard) for standard in case.before)
    return Rehearsal(level, tuple(done), tuple(skipped), tuple(kept))


def rehearse_one(case: RehearsalInput, scheme: Scheme, level: Level = "county") -> Rehearsed:
    """One submission; standards are compared by their place: the second of ``after`` takes over from the second now."""
    pairs = list(zip(case.before, case.after, strict=True))
    successors = {old.id: new.id for old, new in pairs}
    claimed = _claimed(case.submission, successors)
    left = _claimed(case.without_unasked or case.submission, successors)
    before, after = assess(case.submission, case.before, scheme, level), assess(left, case.after, scheme, level)
    rows: list[RowChange] = []
    for old, new in pairs:
        changes = list(_changes(old, before.standards[old.id], new, after.standards[new.id]))
        if any(change.for_the_worse for change in changes):
            asked_before = without_new_requirements(old, new, claimed)
            tried = _results(assess(claimed, (asked_before,), scheme, level).standards[new.id])
            changes = [replace(one, cause="added") if _only_added(one, claimed, tried) else one for one in changes]
        rows += changes
    standards = {o.id: (before.standards[o.id].eligible, after.standards[n.id].eligible) for o, n in pairs}
    eligible = before.eligible, after.eligible
    return Rehearsed(case.name, case.submission.division, eligible, standards, tuple(rows))


def in_place(standards: Sequence[Standard], replaced: Mapping[str, Standard]) -> tuple[Standard, ...]:
    """The standards with some taken over by others; ``replaced``: id → what takes its place."""
    return tuple(replaced.get(standard.id, standard) for standard in standards)


def _claimed(submission: Submission, successors: Mapping[str, str]) -> Submission:
    """What a county claimed under one standard, it is taken to claim under the one that takes its place."""

    def handed_on(answer: Answer) -> Answer:
        taken_over = {new: answer.claims[old] for old, new in successors.items() if old in answer.claims}
        return replace(answer, claims={**taken_over, **answer.claims})

    answers, vetoes = ({row: handed_on(of[row]) for row in of} for of in (submission.answers, submission.vetoes))
    return replace(submission, answers=answers, vetoes=vetoes)


def _changes(old: Standard, was: StandardAssessment, new: Standard, would: StandardAssessment) -> Iterator[RowChange]:
    results = _results(was), _results(would)
    for row_id, *rows in paired_rows(old, new):
        before, after = (of.get(row_id) for of in results)
        if before is not None and after is not None and before.outcome == after.outcome:
            continue
        names = tuple(verdict_name(of, each.vocabulary) if of else "" for of, each in ((before, old), (after, new)))
        cause: Cause = "removed" if after is None else "judged"
        statements = [row.statement for row in rows if row is not None]
        words = where_they_differ(*statements) if len(set(statements)) > 1 else None
        thresholds = tuple(_thresholds_moved(before, after)) if before and after else ()
        yield RowChange(new, row_id, before, after, (names[0], names[1]), cause, thresholds, words)


def _thresholds_moved(was: Result, now: Result) -> Iterator[PartChange]:
    """With the limits of this county: a limit may be one of its facts."""
    earlier = {measured.id: measured for measured in was.measures}
    for measured in (measured for measured in now.measures if measured.id in earlier):
        old, new, before = earlier[measured.id].measure, measured.measure, earlier[measured.id].threshold
        if old.kind == new.kind and (old.require, old.each) != (new.require, new.each):
            yield PartChange("threshold", new.id, new.label, before or "", measured.threshold or "")


def _only_added(change: RowChange, submission: Submission, tried: Mapping[str, Result]) -> bool:
    """``tried``: how the rows come out when no more is asked than before."""
    if change.before is None:
        return change.for_the_worse and answer_to(change.id, submission, veto=change.veto) == BLANK
    return change.for_the_worse and tried[change.id].outcome == change.before.outcome


def _results(judged: StandardAssessment) -> dict[str, Result]:
    return {result.id: result for result in judged.results}
