"""Figures that cannot all be true: one whole stated twice with two numbers, one figure asked once and given twice."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.model import Require
from scoring.conditions import fact_number, is_number
from scoring.context import Question
from scoring.kinds.nil_returns import above_zero, all_questions, subject, wholes
from scoring.kinds.outcomes import Outcome, fails, say
from scoring.submission import Covered, Figure, Number, Part
from scoring.wording import HUNDRED, PERCENT, Amount


def disagreement(question: Question) -> Outcome | None:
    """What makes the figure useless before it is compared with anything; None where nothing does."""
    measure, require = question.measure, question.measure.require
    return (
        (_read_twice(question, measure.same_figures_as) if measure.same_figures_as is not None else None)
        or (_other_whole(question) if measure.whole is not None or measure.denominator is not None else None)
        or (_limit_beyond_hundred(question, require) if require is not None and require.unit == PERCENT else None)
    )


def _read_twice(question: Question, same_figures_as: str) -> Outcome | None:
    """The figures are asked once; given again they must be the same."""
    named = question.row.measure(same_figures_as)
    own = question.answer.measures.get(question.measure.id)
    if named is None or own is None:
        return None
    theirs = question.answer.measures.get(named.id)
    measure = question.measure
    for quantity, ours, other in _side_by_side(own, theirs):
        halves = {"numerator": measure.numerator, "denominator": measure.denominator, "whole": measure.whole}
        half = halves.get(quantity)
        label, unit = (half.label, half.unit) if half else (measure.label, measure.unit)
        return _disagrees(question, label, Amount(ours, unit), named.label, Amount(other, unit))
    return None


def _side_by_side(own: Figure, theirs: Figure | None) -> list[tuple[str, Number, Number]]:
    """The numbers both give and in which they differ; figures of two shapes have none in common."""
    if isinstance(own, Part) and isinstance(theirs, Part):
        pairs: list[tuple[str, Number | None, Number | None]] = [
            ("numerator", own.numerator, theirs.numerator),
            ("denominator", own.denominator, theirs.denominator),
        ]
    elif isinstance(own, Covered) and isinstance(theirs, Covered):
        pairs = [("covered", own.covered, theirs.covered), ("whole", own.whole, theirs.whole)]
    elif isinstance(own, Mapping) and isinstance(theirs, Mapping):
        return [pair for year in own if year in theirs for pair in _side_by_side(own[year], theirs[year])]
    elif is_number(own) and is_number(theirs):
        pairs = [("", own, theirs)]
    else:
        return []
    return [
        (name, ours, other) for name, ours, other in pairs if ours is not None and other is not None and ours != other
    ]


def _other_whole(question: Question) -> Outcome | None:
    """Another measure of the row states the same whole with another number.

    Told once: where the whole is 0 beside cases, else at the later of the two.
    """
    own_subject = subject(question.measure)
    if own_subject is None or own_subject[0] != "whole":
        return None
    if all(subject(measure) != own_subject for measure in question.row.measures if measure is not question.measure):
        return None
    earlier = True
    for other in all_questions(question):
        if other.measure is question.measure:
            earlier = False
        elif subject(other.measure) == own_subject:
            theirs = dict(wholes(other.figure))
            for year, whole in wholes(question.figure):
                their = theirs.get(year)
                if whole == 0 and their is None:
                    their = _covered(other.figure)
                if their is not None and their != whole and (whole == 0 or (their != 0 and earlier)):
                    _, label, unit = own_subject
                    return _disagrees(question, label, Amount(whole, unit), other.measure.label, Amount(their, unit))
    return None


def _covered(figure: Figure | None) -> Number | None:
    """Cases given without their whole, which is then above 0 too."""
    part = figure.covered if isinstance(figure, Covered) else figure.numerator if isinstance(figure, Part) else None
    return part if above_zero(part) else None


def _disagrees(question: Question, whole: str, own: Amount, other: str, their: Amount) -> Outcome:
    return fails(question, "figures_disagree", own, whole=whole, other=other, their=their)


def _limit_beyond_hundred(question: Question, require: Require) -> Outcome | None:
    """A share of a whole never exceeds 100 %, so a county average above that is a mistyped fact and limits nothing."""
    for bound in (require.at_least, require.at_most):
        if bound is None or bound.fact is None:
            continue
        number = fact_number(question.context.facts, bound.fact)
        if number is not None and number > HUNDRED:
            fact = question.context.fact_label(bound.fact)
            return Outcome("missing", None, (say("limit_beyond_hundred", fact=fact, number=Amount(number, PERCENT)),))
    return None
