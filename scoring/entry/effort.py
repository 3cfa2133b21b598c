"""What is still missing of a row, counted: how much work it is to whoever fills it in (本工具估计)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.model import EvidenceRequirement, Measure
from scoring.entry.answer import fields, typed_from
from scoring.kinds.registry import kind_of
from scoring.submission import Answer

_SAYS_IT_ALL = frozenset({"not_met", "not_applicable", "present"})  # then nothing more has to be filled in


@dataclass(frozen=True, slots=True)
class Effort:
    """Inputs still empty, and papers still not there."""

    inputs: int
    papers: int

    @property
    def total(self) -> int:
        """Both: what lists are sorted by."""
        return self.inputs + self.papers


def effort(
    asked: Iterable[Measure],
    wanted: Iterable[EvidenceRequirement],
    answer: Answer | None,
    years: Iterable[str],
    *,
    whole: bool = True,
) -> Effort:
    """Of the measures the county is asked and the papers it should show; ``whole``: the claim counts too.

    A figure that is only recorded, and one that a statement of 无此情形 settles, is not missing.
    """
    given, known = answer or Answer(), tuple(asked)
    if given.claim in _SAYS_IT_ALL:
        return Effort(0, 0)
    periods = tuple(years)
    typed = typed_from(answer, known, periods)
    inputs = int(whole and given.claim in {None, "unsure"})
    for measure in known:
        if kind_of(measure).by_person:
            judged = given.judgements.get(measure.id)
            inputs += (judged is None or judged.fulfilled is None) + (judged is None or not judged.reason)
        elif not _settled(measure, given):
            figures = typed.figures.get(measure.id, {})
            inputs += sum(figures.get(field.path) in {None, ""} for field in fields(measure, periods))
    ids = {measure.id for measure in known}
    missing = (need for need in wanted if need.required and not given.evidence.get(need.id))
    papers = sum(not need.supports or not ids.isdisjoint(need.supports) for need in missing)
    return Effort(inputs, papers)


def _settled(measure: Measure, answer: Answer) -> bool:
    only_recorded = measure.kind in {"count", "amount"} and measure.require is None
    by_statement = answer.nil_return is not None and (measure.settled_by_nil_return or kind_of(measure).is_share)
    return only_recorded or by_statement
