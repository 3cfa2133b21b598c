"""Kinds answered by one number: ``count`` and ``amount`` against limits, ``zero`` which must be 0."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.model import Measure, MeasureKind
from scoring.conditions import is_number
from scoring.context import Question
from scoring.kinds.kind import FigureSource, KeyPath, KindBehaviour
from scoring.kinds.numeric import NumericKind
from scoring.kinds.outcomes import (
    Outcome,
    also,
    breach_of,
    fails,
    holds,
    inside_period,
    limits_of,
    missing,
    outside_period,
    over_last_months,
    over_years,
    say,
    total_only,
    unfit,
)
from scoring.submission import TOTAL, FactValue, Figure, Number
from scoring.wording import Amount, ByYear, Total


class Count(NumericKind):
    """How many, or how much; no statement prints a sum of money, so a given amount holds unless the rules limit it."""

    def judge(self, question: Question) -> Outcome:
        """Every full calendar year must reach what is asked per year."""
        figure, measure = question.figure, question.measure
        if figure is None and measure.kind == "count" and measure.require is None:
            return Outcome("holds")  # 只作记录的，不填也不影响
        if figure is None:
            return missing(question)
        if measure.per == "year":
            return _by_year(question, figure)
        if not is_number(figure):
            return unfit()
        return _counted(question, figure, Amount(figure, _unit(question)))

    def read_once(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> Number | None:
        """A number."""
        return self.read_number(source, value, path, measure)


class Zero(Count):
    """Cases that must not have occurred."""

    def judge(self, question: Question) -> Outcome:
        """Fails above 0."""
        figure = question.figure
        if figure is None:
            return missing(question)
        if not is_number(figure):
            return unfit()
        words = Amount(figure, question.measure.unit)
        return fails(question, "above_zero", words) if figure > 0 else holds(words)

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """Always 0."""
        return "应为0"


def _unit(question: Question) -> str | None:
    measure = question.measure
    return measure.unit or (measure.require.unit if measure.require else None)


def _counted(question: Question, number: Number, figure: object, year: str = "") -> Outcome:
    limits, needs = limits_of(question)
    if needs:
        return Outcome("missing", figure, (), needs)
    breach = breach_of(limits, number, 1)
    if breach is None:
        return holds(figure)
    return fails(question, breach.code, figure, bound=Amount(breach.bound, _unit(question)), year=year)


def _by_year(question: Question, figure: Figure) -> Outcome:
    if not isinstance(figure, Mapping):
        return unfit()
    figures = {year: number for year, number in figure.items() if is_number(number)}
    if len(figures) < len(figure):
        return unfit()
    context, unit = question.context, _unit(question)
    if TOTAL in figures:
        if context.full_years or context.last_two_years:
            return total_only(Amount(figures[TOTAL], unit))
        return _counted(question, figures[TOTAL], Total(Amount(figures[TOTAL], unit)))
    inside = inside_period(question, figures)
    shown = ByYear(tuple((year, Amount(number, unit)) for year, number in inside.items()), context.full_years)
    warned = outside_period(question, figures)
    if context.last_two_years:
        return also(_of_last_months(question, inside), warned)
    if not context.full_years:
        # 申报期内没有完整年度：合计申报期内的次数 ◇
        total = Total(Amount(_sum(inside), unit))
        return also(_counted(question, _sum(inside), total) if inside else missing(question), warned)
    outcomes = [
        _counted(question, inside[year], Amount(inside[year], unit), f"{year}年")
        if year in inside
        else Outcome("missing", None, (say("year_missing", year=f"{year}年"),))
        for year in context.full_years
    ]
    return also(over_years(outcomes, shown), warned)


def _of_last_months(question: Question, inside: Mapping[str, Number]) -> Outcome:
    """最近十二个月：不少于最后一个年度的数，不多于两个年度之和 ◇"""
    if not inside:
        return missing(question)
    years, unit = question.context.last_two_years, _unit(question)
    last = inside.get(years[-1])
    total = _sum(inside) if set(years) <= set(inside) else None
    return over_last_months(
        question,
        None if last is None else _counted(question, last, Amount(last, unit), f"{years[-1]}年"),
        None if total is None else _counted(question, total, Total(Amount(total, unit))),
        ByYear(tuple((year, Amount(number, unit)) for year, number in inside.items()), years),
    )


def _sum(figures: Mapping[str, Number]) -> Number:
    total: Number = 0
    for number in figures.values():
        total = total + number
    return total


KINDS: Mapping[MeasureKind, KindBehaviour] = {"count": Count(), "amount": Count(), "zero": Zero()}
