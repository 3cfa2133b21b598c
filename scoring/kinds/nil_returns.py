"""无此情形: of what a row's signed nil return can speak, and where its figures say otherwise (docs/adr/0003).

Shares of one whole — the same whole by its printed label, the same facts, the same denominator — speak of one subject.
A nil return speaks of the subjects without any case; where one subject has cases, it may still be about another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indicators.model import Measure
from scoring.conditions import evaluate, fact_number, is_number
from scoring.context import Question
from scoring.submission import Covered, Figure, Number, Part

Subject = tuple[str, ...]


def subject(measure: Measure) -> Subject | None:
    """The whole a share is of; None for what is no share of anything."""
    if measure.of:
        return ("of", *measure.of)
    whole = measure.whole or measure.denominator
    return ("whole", whole.label, whole.unit) if whole else None


def has_cases(question: Question) -> bool:
    """Whether what the measure is about occurred: a figure above 0 about its subject.

    A tick or a judgement has no whole of its own and may be about any subject of the row.
    """
    cases = _cases(question)
    own = subject(question.measure)
    return cases.get(own, False) if own is not None else any(cases.values())


def denied(question: Question) -> bool:
    """A nil return that stands beside cases of every subject it could be about: both cannot be true."""
    if not question.nil_stands or not question.measure.settled_by_nil_return or not has_cases(question):
        return False
    return above_zero(question.figure) and all(_cases(question).values())


def settles(question: Question) -> bool:
    """Whether the signed nil return answers the measure where nothing else does."""
    return question.nil_stands and question.measure.settled_by_nil_return and not has_cases(question)


def handled_without_cases(question: Question) -> bool:
    """Ticks or a judgement of how cases were handled, beside a nil return by which there were none."""
    if not question.nil_stands or not question.measure.settled_by_nil_return or subject(question.measure) is not None:
        return False
    judgement = question.answer.judgements.get(question.measure.id)
    answered = bool(question.figure) or (judgement is not None and judgement.fulfilled is not None)
    return answered and not has_cases(question)


def nil_return_is_irrelevant(question: Question) -> bool:
    """Whether no part of the measure could be settled by a nil return: not marked so, and no whole of 0."""
    if question.measure.settled_by_nil_return or question.measure.whole_above_zero:
        return not question.measure.settled_by_nil_return
    if question.measure.of:
        return sum(fact_number(question.context.facts, fact) or 0 for fact in question.measure.of) > 0
    return all(whole != 0 for _, whole in wholes(question.figure))


def above_zero(figure: Figure | None) -> bool:
    """Whether any number of the figure is above 0."""
    if isinstance(figure, Mapping):
        return any(above_zero(part) for part in figure.values())
    if isinstance(figure, Covered):
        return above_zero(figure.covered) or above_zero(figure.whole)
    if isinstance(figure, Part):
        return above_zero(figure.numerator) or above_zero(figure.denominator)
    return is_number(figure) and figure > 0


def _cases(question: Question) -> dict[Subject, bool]:
    """Subject → whether any figure about it is above 0, for the shares a nil return could be about."""
    cases: dict[Subject, bool] = {}
    for other in all_questions(question):
        its = subject(other.measure)
        if its is not None and other.measure.settled_by_nil_return:
            facts = any(above_zero(fact_number(other.context.facts, fact)) for fact in other.measure.of)
            cases[its] = cases.get(its, False) or facts or above_zero(other.figure)
    return cases


def all_questions(question: Question) -> Iterator[Question]:
    """The row's measures that this county is asked, in order."""
    for measure in question.row.measures:
        if evaluate(measure.applies_when, question.context.facts) is not False:
            yield question._replace(measure=measure)


def wholes(figure: Figure | None, year: str = "") -> Iterator[tuple[str, Number]]:
    """The wholes a figure states, by year where it goes by year."""
    if isinstance(figure, Mapping):
        for each, of_year in figure.items():
            yield from wholes(of_year, each)
    elif isinstance(figure, Covered) and figure.whole is not None:
        yield year, figure.whole
    elif isinstance(figure, Part) and figure.denominator is not None:
        yield year, figure.denominator
