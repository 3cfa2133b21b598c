"""无此情形: of what a row's signed nil return can speak, and where its figures say otherwise (docs/adr/0003).

Shares of one whole — the same whole by its printed label, the same facts, the same denominator — speak of one subject.
A nil return speaks of the subjects without any case; where one subject has cases, it may still be about another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indicators.model import Measure
from scoring.conditions import evaluate, fact_number, is_number
from scoring.judging.context import Asked
from scoring.submission import Covered, Figure, Number, Part

Subject = tuple[str, ...]


def subject(measure: Measure) -> Subject | None:
    """The whole a share is of; None for what is no share of anything."""
    if measure.kind not in ("coverage", "rate"):
        return None
    if measure.of:
        return ("of", *measure.of)
    whole = measure.whole or measure.denominator
    return ("whole", whole.label, whole.unit) if whole else ("measure", measure.id)


def has_cases(asked: Asked) -> bool:
    """Whether what the measure is about occurred: a figure above 0 about its subject.

    A tick or a judgement has no whole of its own and may be about any subject of the row.
    """
    cases = _cases(asked)
    own = subject(asked.measure)
    return cases.get(own, False) if own is not None else any(cases.values())


def denied(asked: Asked) -> bool:
    """A nil return beside cases of every subject it could be about: both cannot be true."""
    if asked.answer.nil_return is None or not asked.measure.settled_by_nil_return or not has_cases(asked):
        return False
    return above_zero(asked.figure) and all(_cases(asked).values())


def settles(asked: Asked) -> bool:
    """Whether the signed nil return answers the measure where nothing else does."""
    return asked.nil_stands and asked.measure.settled_by_nil_return and not has_cases(asked)


def handled_without_cases(asked: Asked) -> bool:
    """Ticks or a judgement of how cases were handled, beside a nil return by which there were none."""
    if not asked.nil_stands or not asked.measure.settled_by_nil_return or subject(asked.measure) is not None:
        return False
    judgement = asked.answer.judgements.get(asked.measure.id)
    given = bool(asked.figure) or (judgement is not None and judgement.fulfilled is not None)
    return given and not has_cases(asked)


def nil_return_is_irrelevant(asked: Asked) -> bool:
    """Whether no part of the measure could be settled by a nil return: not marked so, and no whole of 0."""
    if asked.measure.settled_by_nil_return:
        return False
    if asked.measure.of:
        return sum(fact_number(asked.context.facts, fact) or 0 for fact in asked.measure.of) > 0
    return all(whole != 0 for _, whole in wholes(asked.figure))


def above_zero(figure: Figure | None) -> bool:
    """Whether any number of the figure is above 0."""
    if isinstance(figure, Mapping):
        return any(above_zero(one) for one in figure.values())
    if isinstance(figure, Covered):
        return above_zero(figure.covered) or above_zero(figure.whole)
    if isinstance(figure, Part):
        return above_zero(figure.numerator) or above_zero(figure.denominator)
    return is_number(figure) and figure > 0


def _cases(asked: Asked) -> dict[Subject, bool]:
    """Subject → whether any figure about it is above 0, for the shares a nil return could be about."""
    cases: dict[Subject, bool] = {}
    for one in all_asked(asked):
        its = subject(one.measure)
        if its is not None and one.measure.settled_by_nil_return:
            facts = any(above_zero(fact_number(one.context.facts, fact)) for fact in one.measure.of)
            cases[its] = cases.get(its, False) or facts or above_zero(one.figure)
    return cases


def all_asked(asked: Asked) -> Iterator[Asked]:
    """The row's measures that this county is asked, in order."""
    for measure in asked.row.measures:
        if evaluate(measure.applies_when, asked.context.facts) is not False:
            yield asked._replace(measure=measure)


def wholes(figure: Figure | None, year: str = "") -> Iterator[tuple[str, Number]]:
    """The wholes a figure states, by year where it goes by year."""
    if isinstance(figure, Mapping):
        for each, one in figure.items():
            yield from wholes(one, each)
    elif isinstance(figure, Covered) and figure.whole is not None:
        yield year, figure.whole
    elif isinstance(figure, Part) and figure.denominator is not None:
        yield year, figure.denominator
