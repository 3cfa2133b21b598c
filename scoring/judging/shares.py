"""Rates and coverages: a part against its whole.

Compared by cross-multiplication of whole numbers and decimals, never by dividing.
"""

from __future__ import annotations

from collections.abc import Mapping

from scoring.conditions import fact_number, is_number
from scoring.judging.context import Asked
from scoring.judging.nil_returns import above_zero, denied
from scoring.judging.outcomes import (
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
    unfit,
    zero_whole,
)
from scoring.submission import Covered, Figure, Number, Part
from scoring.wording import HUNDRED, PERCENT, Amount, ByYear, Coverage, Share, Total, exact


def rate(asked: Asked) -> Outcome:
    """Numerator ÷ denominator against the limits; a share of its own whole cannot exceed it."""
    figure = asked.figure
    if figure is None or figure == Part():
        return missing(asked)
    if not isinstance(figure, Part):
        return unfit(asked)
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None or denominator is None:
        lacking = asked.measure.numerator if numerator is None else asked.measure.denominator
        return _half(asked, lacking.label if lacking else "")
    return _rated(asked, numerator, denominator)


def _rated(asked: Asked, numerator: Number, denominator: Number) -> Outcome:
    if denied(asked):
        return _denial(asked, Share(numerator, denominator))
    if denominator == 0 and numerator == 0:
        return zero_whole(asked, "")
    if _is_share(asked) and exact(numerator) > exact(denominator):
        return _beyond(asked, numerator, denominator, "")
    limits, needs = limits_of(asked)
    if needs:
        return Outcome("missing", Share(numerator, denominator), (), needs)
    percent = asked.measure.require is not None and asked.measure.require.unit == PERCENT
    breach = breach_of(limits, numerator, denominator, HUNDRED if percent else 1)
    if breach is None:
        return holds(asked, _share(numerator, denominator, limits))
    figure_words = Share(numerator, denominator, breach.bound, breach.code == "above_threshold")
    return fails(asked, breach.code, figure_words, bound=Amount(breach.bound, PERCENT if percent else None))


def _share(numerator: Number, denominator: Number, limits: tuple[tuple[str, Number], ...]) -> Share:
    code, bound = limits[0] if limits else ("", None)
    return Share(numerator, denominator, bound, code == "above_threshold")


def _is_share(asked: Asked) -> bool:
    """A part of its own whole (both in one unit), so it cannot exceed it."""
    numerator, denominator = asked.measure.numerator, asked.measure.denominator
    return numerator is not None and denominator is not None and numerator.unit == denominator.unit


def _half(asked: Asked, lacking: str, year: str = "") -> Outcome:
    return Outcome("missing", None, (say(asked, "figure_half", lacking=lacking, year=year),))


def _denial(asked: Asked, figure: object) -> Outcome:
    document = asked.context.document_name(asked.answer.nil_return or "")
    return fails(asked, "nil_return_contradicted", figure, document=document)


def _beyond(asked: Asked, part: Number, whole: Number, year: str) -> Outcome:
    unit = asked.measure.whole.unit if asked.measure.whole else asked.measure.unit
    return fails(
        asked, "beyond_whole", Coverage(part, whole), part=Amount(part, unit), whole=Amount(whole, unit), year=year
    )


def coverage(asked: Asked) -> Outcome:
    """How many of a whole, by fact or the county's own; without ``require`` the whole of them."""
    figure = asked.figure
    if asked.measure.yearly:
        return _coverage_by_year(asked, figure)
    if asked.measure.of:
        if figure is not None and not is_number(figure):
            return unfit(asked)
        return _covered_facts(asked, figure)
    if figure is None or figure == Covered():
        return missing(asked)
    return _covered_own(asked, figure) if isinstance(figure, Covered) else unfit(asked)


def _coverage_by_year(asked: Asked, figure: Figure | None) -> Outcome:
    wanted = is_number if asked.measure.of else lambda value: isinstance(value, Covered)
    if figure is not None and not (isinstance(figure, Mapping) and all(wanted(value) for value in figure.values())):
        return unfit(asked)
    figures = figure or {}
    if asked.measure.of and _whole_of(asked)[0] == 0 and not above_zero(figure):
        return zero_whole(asked, "")
    one = _covered_facts if asked.measure.of else _covered_own
    inside = inside_period(asked, figures)
    warned = outside_period(asked, figures)
    if not inside:
        return also(one(asked, None) if asked.measure.of else missing(asked), warned)
    if asked.context.last_two_years:
        # 最近十二个月：不少于最后一个年度的数；上限取两个年度中最大的一个 ◇
        years = asked.context.last_two_years
        last = one(asked, inside[years[-1]], f"{years[-1]}年") if years[-1] in inside else None
        largest = one(asked, _largest(inside), "申报期内") if set(years) <= set(inside) else None
        shown = ByYear(tuple((year, _coverage_words(asked, inside[year])) for year in inside), years)
        return also(over_last_months(asked, last, largest, shown), warned)
    if not asked.context.full_years:
        # 申报期内没有完整年度：取各年度中最大的一个，是可靠的下限 ◇
        outcome = one(asked, _largest(inside), "申报期内")
        return also(outcome._replace(figure=outcome.figure and Total(outcome.figure)), warned)
    outcomes = [
        one(asked, inside[year], f"{year}年")
        if year in inside
        else Outcome("missing", None, (say(asked, "year_missing", year=f"{year}年"),))
        for year in asked.context.full_years
    ]
    shown = ByYear(tuple((year, _coverage_words(asked, inside[year])) for year in inside), asked.context.full_years)
    return also(over_years(asked, outcomes, shown), warned)


def _largest(figures: Mapping[str, Number | Covered]) -> Number | Covered:
    def size(figure: Number | Covered) -> Number:
        if isinstance(figure, Covered):
            whole = figure.whole or 0
            return exact(figure.covered or 0) / exact(whole) if whole else 0
        return exact(figure)

    return max(figures.values(), key=size)


def _coverage_words(asked: Asked, figure: Number | Covered) -> object:
    if isinstance(figure, Covered):
        covered, whole = figure.covered, figure.whole
    else:
        covered, whole = figure, _whole_of(asked)[0]
    return "未填全" if covered is None or whole is None else Coverage(covered, whole)


def _whole_of(asked: Asked) -> tuple[Number | None, tuple[str, ...]]:
    """The sum of the facts named in ``of``, or None and the facts not given."""
    facts = asked.context.facts
    numbers = [(fact, fact_number(facts, fact)) for fact in asked.measure.of]
    needs = tuple(fact for fact, number in numbers if number is None)
    return (None, needs) if needs else (sum(number for _, number in numbers if number is not None), ())


def _covered_facts(asked: Asked, covered: Number | None, year: str = "") -> Outcome:
    whole, needs = _whole_of(asked)
    if whole == 0 and not covered:
        return zero_whole(asked, year)
    if covered is None:
        return missing(asked)._replace(needs=needs)
    if denied(asked):
        return _denial(asked, Amount(covered, asked.measure.unit))
    if whole is None:
        return Outcome("missing", Amount(covered, asked.measure.unit), (), needs)
    return _compare_coverage(asked, covered, whole, year)


def _covered_own(asked: Asked, figure: Covered, year: str = "") -> Outcome:
    covered, whole = figure.covered, figure.whole
    if denied(asked):
        return _denial(asked, Amount(whole or covered or 0, asked.measure.whole.unit if asked.measure.whole else None))
    if whole == 0 and not covered:
        return zero_whole(asked, year)
    if covered is None or whole is None:
        lacking = "已做到的数" if covered is None else asked.measure.whole.label if asked.measure.whole else "总数"
        return _half(asked, lacking, year)
    return _compare_coverage(asked, covered, whole, year)


def _compare_coverage(asked: Asked, covered: Number, whole: Number, year: str) -> Outcome:
    if exact(covered) > exact(whole):
        return _beyond(asked, covered, whole, year)
    require = asked.measure.require
    if require is None:
        # 未写比例的，按全部覆盖 ◇
        figure = Coverage(covered, whole)
        if exact(covered) < exact(whole):
            return fails(asked, "not_all_covered", figure, year=year)
        return holds(asked, figure, year)
    limits, needs = limits_of(asked)
    absolute = require.unit not in (PERCENT, None)
    figure = Coverage(covered, whole, limits[0][1] if limits and not absolute else None)
    if needs:
        return Outcome("missing", figure, (), needs)
    breach = breach_of(limits, covered, 1) if absolute else breach_of(limits, covered, whole, HUNDRED)
    if breach is None:
        return holds(asked, figure, year)
    return fails(
        asked, breach.code, figure, bound=Amount(breach.bound, require.unit if absolute else PERCENT), year=year
    )
