"""The kind ``rate``: numerator ÷ denominator against limits, compared by cross-multiplication, never by dividing."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.model import SHARE_SCALES, Measure, MeasureKind
from scoring.context import Question
from scoring.kinds.kind import FigureSource, KeyPath, KindBehaviour
from scoring.kinds.nil_returns import denied
from scoring.kinds.numeric import NumericKind
from scoring.kinds.outcomes import Outcome, breach_of, fails, holds, limits_of, missing, unfit, zero_whole
from scoring.kinds.shares import beyond_whole, denied_by_nil_return, half_given
from scoring.kinds.typed import Field
from scoring.submission import Number, Part
from scoring.wording import PERCENT, Amount, Share, exact


class Rate(NumericKind):
    """A share of its own whole cannot exceed it; of two different things it can."""

    is_share = True

    def judge(self, question: Question) -> Outcome:
        """Both numbers against the limits."""
        figure = question.figure
        if figure is None or figure == Part():
            return missing(question)
        if not isinstance(figure, Part):
            return unfit()
        numerator, denominator = figure.numerator, figure.denominator
        if numerator is None or denominator is None:
            lacking = question.measure.numerator if numerator is None else question.measure.denominator
            return half_given(lacking.label if lacking else "")
        return _rated(question, numerator, denominator)

    def read_once(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> Part | None:
        """``{numerator, denominator}``."""
        if not isinstance(value, dict):
            source.fault(path, f"“{measure.label}”是比例，应写作 {{numerator: 分子, denominator: 分母}}")
            return None
        units = {"numerator": measure.numerator, "denominator": measure.denominator}
        numbers = {
            key: source.number(number, (*path, key), quantity.unit if (quantity := units[key]) else None)
            for key, number in source.parts(value, path, ("numerator", "denominator")).items()
        }
        return Part(**numbers)

    def fits_once(self, figure: object, measure: Measure) -> bool:
        """Two numbers."""
        return isinstance(figure, Part)

    def parts(self, measure: Measure) -> tuple[Field, ...]:
        """Numerator and denominator, each with its own label and unit."""
        quantities = {"numerator": measure.numerator, "denominator": measure.denominator}
        return tuple(
            Field((key,), "number", quantity.label, quantity.unit) for key, quantity in quantities.items() if quantity
        )

    def of_parts(self, numbers: Mapping[str, Number | None], measure: Measure) -> Part | None:
        """None where neither was typed."""
        part = Part(numbers.get("numerator"), numbers.get("denominator"))
        return None if part == Part() else part


def _rated(question: Question, numerator: Number, denominator: Number) -> Outcome:
    measure = question.measure
    if denied(question):
        return denied_by_nil_return(question, Share(numerator, denominator))
    if denominator == 0 and numerator == 0:
        return zero_whole(question, "")
    if _of_its_own_whole(measure) and exact(numerator) > exact(denominator):
        return beyond_whole(question, numerator, denominator)
    limits, needs = limits_of(question)
    if needs:
        return Outcome("missing", Share(numerator, denominator), (), needs)
    unit = measure.require.unit if measure.require is not None else None
    breach = breach_of(limits, numerator, denominator, SHARE_SCALES.get(unit or "", 1))
    shares_in = unit if unit is not None and unit in SHARE_SCALES else PERCENT
    if breach is None:
        bound = limits[0][1] if limits else None
        return holds(Share(numerator, denominator, bound, shares_in))
    shown = Share(numerator, denominator, breach.bound, shares_in)
    return fails(question, breach.code, shown, bound=Amount(breach.bound, unit if unit in SHARE_SCALES else None))


def _of_its_own_whole(measure: Measure) -> bool:
    """Both numbers in one unit."""
    numerator, denominator = measure.numerator, measure.denominator
    return numerator is not None and denominator is not None and numerator.unit == denominator.unit


KINDS: Mapping[MeasureKind, KindBehaviour] = {"rate": Rate()}
