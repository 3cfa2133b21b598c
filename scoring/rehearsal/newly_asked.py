"""What other rules ask that nobody could have answered yet, told apart from what was answered and is judged otherwise.

The new standard is judged once more as if it asked no more than the old one did. Where a row then comes out as before,
it changes for the new requirements alone (新增要求，各县尚未填报).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from indicators.model import EvidenceRequirement, Indicator, Measure, Standard
from scoring.conditions import evaluate
from scoring.kinds.registry import kind_of
from scoring.submission import Answer, FactValue, Submission

_BLANK = Answer()


def without_new_requirements(old: Standard, new: Standard, submission: Submission) -> Standard:
    """``new`` without the measures, list items, required documents and conditions that ``old`` did not ask for, or not
    of this county, and the county has not answered; rows are all there (a new row is told by itself). To be judged,
    never shown or kept.
    """
    unknown = frozenset(new.facts.keys() - old.facts.keys() - submission.facts.keys())

    def row(new_row: Indicator) -> Indicator:
        was = old.row(new_row.id)
        answers = submission.vetoes if new_row.consequence == "veto" else submission.answers
        return (
            new_row if was is None else _row(was, new_row, answers.get(new_row.id, _BLANK), unknown, submission.facts)
        )

    return replace(
        new,
        fingerprint="",  # 不是哪一套标准，不能与它混用
        facts={**old.facts, **new.facts},
        indicators=tuple(row(indicator) for indicator in new.indicators),
        vetoes=tuple(row(veto) for veto in new.vetoes),
    )


def answered(answer: Answer | None) -> bool:
    """Whether a county has said anything of a row."""
    return answer is not None and answer != _BLANK


def _row(
    was: Indicator, row: Indicator, answer: Answer, unknown: frozenset[str], facts: Mapping[str, FactValue]
) -> Indicator:
    measures = tuple(_measures(was, row, answer, unknown, facts))
    asked_measures = {measure.id for measure in measures}
    evidence = tuple(_evidence(was, row, answer, {measure.id for measure in row.measures} - asked_measures))
    asks_unknown = row.applies_when is not None and not unknown.isdisjoint(row.applies_when.facts())
    spared = evaluate(was.applies_when, facts) is False  # 不适用 was permitted: it said nothing of what is asked
    condition = was.applies_when if asks_unknown or spared else row.applies_when
    return replace(row, measures=measures, evidence=evidence, applies_when=condition)


def _measures(
    was: Indicator, row: Indicator, answer: Answer, unknown: frozenset[str], facts: Mapping[str, FactValue]
) -> Iterator[Measure]:
    for measure in row.measures:
        earlier = was.measure(measure.id)
        if earlier is None:
            if _given(measure, answer):
                yield measure
        elif (
            not unknown.isdisjoint(_facts_of(measure))
            or _form_changed(earlier, measure, answer)
            or (evaluate(earlier.applies_when, facts) is False and not _given(measure, answer))
        ):
            yield earlier
        elif measure.kind == "all_of":
            yield replace(measure, items=_items(earlier, measure, answer))
        else:
            yield measure


def _given(measure: Measure, answer: Answer) -> bool:
    named = {measure.id, measure.same_figures_as}
    return not named.isdisjoint(answer.measures) or measure.id in answer.judgements


def _form_changed(earlier: Measure, measure: Measure, answer: Answer) -> bool:
    """Whether the figure is asked in another form than it was given in."""
    return earlier.form[:3] != measure.form[:3] and not _fits(measure, answer)


def _fits(measure: Measure, answer: Answer) -> bool:
    kind = kind_of(measure)
    if kind.by_person:
        return measure.id in answer.judgements
    figure = answer.measures.get(measure.id)
    return figure is not None and kind.fits(figure, measure)


def _items(earlier: Measure, measure: Measure, answer: Answer) -> Mapping[str, str]:
    """What the list held before, and what was ticked since."""
    figure = answer.measures.get(measure.id)
    ticked = figure if isinstance(figure, tuple) else ()
    return {key: label for key, label in measure.items.items() if key in earlier.items or key in ticked}


def _facts_of(measure: Measure) -> Iterator[str]:
    yield from measure.of
    if measure.require is not None:
        bounds = (measure.require.at_least, measure.require.at_most)
        yield from (bound.fact for bound in bounds if bound is not None and bound.fact is not None)
    if measure.applies_when is not None:
        yield from measure.applies_when.facts()


def _evidence(was: Indicator, row: Indicator, answer: Answer, dropped: set[str]) -> Iterator[EvidenceRequirement]:
    for requirement in row.evidence:
        earlier = was.requirement(requirement.id)
        newly = requirement.required and (earlier is None or not earlier.required)
        supports = tuple(name for name in requirement.supports if name not in dropped)
        only_for_new = bool(requirement.supports) and not supports
        if newly and not answer.evidence.get(requirement.id):
            yield replace(requirement, required=False, supports=supports)
        elif not only_for_new:
            yield replace(requirement, supports=supports)
