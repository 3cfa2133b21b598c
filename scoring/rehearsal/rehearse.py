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
from scoring.assessment import IndicatorResult, Reason, StandardAssessment, VetoResult
from scoring.judging.assess import assess
from scoring.judging.levels import verdict_name
from scoring.submission import Answer, Division, Level, Submission

Result = IndicatorResult | VetoResult
# Why a row changes: only for requirements that are new and nobody has answered yet; what was answered is judged
# otherwise; the row is gone.
Cause = Literal["added", "judged", "removed"]
# 县里还没有填的、原来不必填的；末一项是认定因此要补写理由。
_NOTHING_GIVEN = frozenset({
    "unanswered", "veto_undeclared", "always_applies", "condition_holds", "condition_unknown",
    "figure_missing", "figure_half", "figure_unfit", "figure_replaced", "year_missing", "total_not_split",
    "fact_missing", "fact_of_check_missing", "judged_fact_missing", "judgement_missing", "evidence_missing",
    "finding_missing", "finding_reason_missing",
})  # fmt: skip


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
    there; ``revisions``: thresholds that moved, and where the documents' words differ.
    """

    standard: Standard
    id: str
    before: Result | None
    after: Result | None
    names: tuple[str, str]
    cause: Cause
    revisions: tuple[PartChange, ...] = ()

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
            changed=sum(bool(one.rows) for one in self.submissions),
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
    left = _claimed(case.without_unasked or case.submission, successors)
    before, after = assess(case.submission, case.before, scheme, level), assess(left, case.after, scheme, level)
    rows: list[RowChange] = []
    for old, new in pairs:
        rows += _changes(old, before.standards[old.id], new, after.standards[new.id])
    standards = {o.id: (before.standards[o.id].eligible, after.standards[n.id].eligible) for o, n in pairs}
    eligible = before.eligible, after.eligible
    return Rehearsed(case.name, case.submission.division, eligible, standards, tuple(rows))


def in_place(standards: Sequence[Standard], replaced: Mapping[str, Standard]) -> tuple[Standard, ...]:
    """The standards with some taken over by others; ``replaced``: id → what takes its place."""
    return tuple(replaced.get(standard.id, standard) for standard in standards)


def _claimed(submission: Submission, successors: Mapping[str, str]) -> Submission:
    """What a county claimed under one standard, it is taken to claim under the one that takes its place; one that stays
    beside it has the county's own word already."""
    handing_on = {old: new for old, new in successors.items() if successors.get(new) != new or old == new}

    def handed_on(answer: Answer) -> Answer:
        taken_over = {new: answer.claims[old] for old, new in handing_on.items() if old in answer.claims}
        return replace(answer, claims={**taken_over, **answer.claims})

    answers, vetoes = ({row: handed_on(of[row]) for row in of} for of in (submission.answers, submission.vetoes))
    return replace(submission, answers=answers, vetoes=vetoes)


def _changes(old: Standard, was: StandardAssessment, new: Standard, would: StandardAssessment) -> Iterator[RowChange]:
    results = [{result.id: result for result in judged.results} for judged in (was, would)]
    for row_id, *rows in paired_rows(old, new):
        before, after = (of.get(row_id) for of in results)
        if before is not None and after is not None and before.outcome == after.outcome:
            continue
        names = tuple(verdict_name(of, each.vocabulary) if of else "" for of, each in ((before, old), (after, new)))
        revisions = list(_thresholds_moved(before, after)) if before and after else []
        statements = [row.statement for row in rows if row is not None]
        if len(set(statements)) > 1:
            was_said, says = where_they_differ(*statements)
            revisions.append(PartChange("statement", old=was_said, new=says))
        yield RowChange(new, row_id, before, after, (names[0], names[1]), _cause(before, after), tuple(revisions))


def _cause(before: Result | None, after: Result | None) -> Cause:
    """Added where all that stood in the way still does, and what came beside it is only that nothing was given."""
    if after is None:
        return "removed"
    stood, stands = _in_the_way(before), _in_the_way(after)
    came = [reason for text, reason in stands.items() if text not in stood]
    # 原来的清单没有缺项，现在所缺的就都是新列的
    longer = {measured.id for measured in (before.measures if before else ()) if measured.measure.kind == "all_of"}
    nothing_given = (r.code in _NOTHING_GIVEN or (r.code == "items_missing" and r.measure in longer) for r in came)
    return "added" if came and stood.keys() <= stands.keys() and all(nothing_given) else "judged"


def _in_the_way(result: Result | None) -> dict[str, Reason]:
    """By their sentences, also those which a finding has overruled."""
    return {reason.text: reason for reason in (result.reasons if result else ()) if reason.kind.effect == "blocks"}


def _thresholds_moved(was: Result, now: Result) -> Iterator[PartChange]:
    """With the limits of this county: a limit may be one of its facts."""
    earlier = {measured.id: measured for measured in was.measures}
    for measured in (measured for measured in now.measures if measured.id in earlier):
        old, new, before = earlier[measured.id].measure, measured.measure, earlier[measured.id].threshold
        if old.kind == new.kind and (old.require, old.each) != (new.require, new.each):
            yield PartChange("threshold", new.id, new.label, before or "", measured.threshold or "")
