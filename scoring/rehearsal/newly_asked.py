"""What other rules ask that nobody could have answered yet, told apart from what was answered and is judged otherwise.

The new standard is judged once more as if it asked no more than the old one did. Where a row then comes out as before,
it changes for the new requirements alone (新增要求，各县尚未填报).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from indicators.model import Indicator, Measure, Standard
from scoring.conditions import evaluate
from scoring.kinds.registry import kind_of
from scoring.submission import Answer, Submission

BLANK = Answer()


def without_new_requirements(old: Standard, new: Standard, submission: Submission) -> Standard:
    """``new`` without the measures, list items, required documents and conditions that ``old`` did not ask for, or not
    of this county, and the county has not answered; rows are all there (a new row is told by itself). To be judged,
    never shown or kept.
    """
    county = _County(submission, new.facts.keys() - old.facts.keys() - submission.facts.keys())
    indicators, vetoes = (
        tuple(row if (was := old.row(row.id)) is None else county.row(was, row) for row in several)
        for several in (new.indicators, new.vetoes)
    )
    # 没有指纹：不是哪一套标准，不能与它混用
    return replace(new, fingerprint="", facts={**old.facts, **new.facts}, indicators=indicators, vetoes=vetoes)


def answer_to(row_id: str, submission: Submission, *, veto: bool) -> Answer:
    """What the county said of a row; `BLANK` where it said nothing."""
    return (submission.vetoes if veto else submission.answers).get(row_id, BLANK)


@dataclass(frozen=True, slots=True)
class _County:
    """Who is asked; ``unknown``: the facts that are new and it has not given."""

    submission: Submission
    unknown: Set[str]

    def row(self, was: Indicator, row: Indicator) -> Indicator:
        """The new row as far as the old one asked for it."""
        answer = answer_to(row.id, self.submission, veto=row.consequence == "veto")
        kept = {m.id: asked for m in row.measures if (asked := self._measure(was.measure(m.id), m, answer)) is not None}
        dropped = {measure.id for measure in row.measures} - kept.keys()
        condition = row.applies_when
        # 原来允许“不适用”的，没有答所问的事
        if self._spared(was) or (condition is not None and not self.unknown.isdisjoint(condition.facts())):
            condition = was.applies_when
        old = {paper.id for paper in was.evidence if paper.required} | {
            key for key, ids in answer.evidence.items() if ids
        }
        evidence = (
            replace(paper, required=paper.required and paper.id in old, supports=supports)
            for paper in row.evidence
            if (supports := tuple(name for name in paper.supports if name not in dropped)) or not paper.supports
        )
        return replace(row, measures=tuple(kept.values()), evidence=tuple(evidence), applies_when=condition)

    def _spared(self, asked: Indicator | Measure) -> bool:
        return evaluate(asked.applies_when, self.submission.facts) is False

    def _measure(self, was: Measure | None, measure: Measure, answer: Answer) -> Measure | None:
        """As the old row asked it where the county has not answered what is new in it; of a list what was on it before,
        and what is ticked.
        """
        figure, kind = answer.measures.get(measure.id), kind_of(measure)
        given = measure.id in answer.judgements or not answer.measures.keys().isdisjoint(
            (measure.id, measure.same_figures_as)
        )
        fits = measure.id in answer.judgements if kind.by_person else figure is not None and kind.fits(figure, measure)
        if was is None:
            return measure if given else None
        other_form = was.form[:3] != measure.form[:3] and not fits
        if other_form or not self.unknown.isdisjoint(measure.facts()) or (self._spared(was) and not given):
            return was
        if measure.kind != "all_of":
            return measure
        known = {*was.items, *(figure if isinstance(figure, tuple) else ())}
        return replace(measure, items={key: label for key, label in measure.items.items() if key in known})
