"""One function per kind of measure: the county's figure against what the statement asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoring.conditions import is_number
from scoring.judging.context import Asked
from scoring.judging.disagreements import disagreement
from scoring.judging.nil_returns import settles
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
    settled,
    unfit,
)
from scoring.judging.shares import coverage, rate
from scoring.submission import Figure, Number
from scoring.visible_text import has_visible_text
from scoring.wording import TRUTHS, Amount, ByYear, Items, Total, resolve


def judge(asked: Asked) -> Outcome:
    """Judge one measure that is asked of the county."""
    return disagreement(asked) or _KINDS[asked.measure.kind](asked)


def _count(asked: Asked) -> Outcome:
    figure = asked.figure
    if figure is None:
        return missing(asked)
    if asked.measure.per == "year":
        return _count_by_year(asked, figure)
    if not is_number(figure):
        return unfit(asked)
    return _counted(asked, figure, Amount(figure, _unit(asked)))


def _unit(asked: Asked) -> str | None:
    measure = asked.measure
    return measure.unit or (measure.require.unit if measure.require else None)


def _counted(asked: Asked, number: Number, figure: object, year: str = "") -> Outcome:
    limits, needs = limits_of(asked)
    if needs:
        return Outcome("missing", figure, (), needs)
    breach = breach_of(limits, number, 1)
    if breach is None:
        return holds(asked, figure)
    return fails(asked, breach.code, figure, bound=Amount(breach.bound, _unit(asked)), year=year)


def _count_by_year(asked: Asked, figure: Figure) -> Outcome:
    if not isinstance(figure, Mapping) or not all(is_number(value) for value in figure.values()):
        return unfit(asked)
    context, unit = asked.context, _unit(asked)
    inside = inside_period(asked, figure)
    shown = ByYear(tuple((year, Amount(value, unit)) for year, value in inside.items()), context.full_years)
    warned = outside_period(asked, figure)
    if context.last_two_years:
        return also(_count_of_last_months(asked, inside), warned)
    if not context.full_years:
        # 申报期内没有完整年度：合计申报期内的次数 ◇
        total = Total(Amount(_sum(inside), unit))
        return also(_counted(asked, _sum(inside), total) if inside else missing(asked), warned)
    outcomes = [
        _counted(asked, inside[year], Amount(inside[year], unit), f"{year}年")
        if year in inside
        else Outcome("missing", None, (say(asked, "year_missing", year=f"{year}年"),))
        for year in context.full_years
    ]
    return also(over_years(asked, outcomes, shown), warned)


def _count_of_last_months(asked: Asked, inside: Mapping[str, Number]) -> Outcome:
    """最近十二个月：不少于最后一个年度的数，不多于两个年度之和 ◇"""
    if not inside:
        return missing(asked)
    years, unit = asked.context.last_two_years, _unit(asked)
    last = inside.get(years[-1])
    total = _sum(inside) if set(years) <= set(inside) else None
    return over_last_months(
        asked,
        None if last is None else _counted(asked, last, Amount(last, unit), f"{years[-1]}年"),
        None if total is None else _counted(asked, total, Total(Amount(total, unit))),
        ByYear(tuple((year, Amount(value, unit)) for year, value in inside.items()), years),
    )


def _sum(figures: Mapping[str, Number]) -> Number:
    total: Number = 0
    for value in figures.values():
        total = total + value
    return total


def _amount(asked: Asked) -> Outcome:
    """A sum of money: no statement prints one, so a given figure holds unless the rules set limits."""
    return _count(asked)


def _zero(asked: Asked) -> Outcome:
    figure = asked.figure
    if figure is None:
        return missing(asked)
    if not is_number(figure):
        return unfit(asked)
    words = Amount(figure, asked.measure.unit)
    return fails(asked, "above_zero", words) if figure > 0 else holds(asked, words)


def _yes_no(asked: Asked) -> Outcome:
    figure = asked.figure
    if figure is None:
        return missing(asked)
    if not isinstance(figure, bool):
        return unfit(asked)
    words = TRUTHS[figure]
    if not figure:
        return fails(asked, "answered_no", words)
    return Outcome("holds", words, (say(asked, "answered_yes", words),))


def _ticked(asked: Asked) -> tuple[str, ...] | None:
    figure = asked.figure
    return tuple([item for item in asked.measure.items if item in figure]) if isinstance(figure, tuple) else None


def _all_of(asked: Asked) -> Outcome:
    if asked.figure is None:
        return missing(asked)
    ticked = _ticked(asked)
    if ticked is None:
        return unfit(asked)
    items = asked.measure.items
    if len(ticked) < len(items):
        lacking = tuple(item for item in items if item not in ticked)
        return fails(asked, "items_missing", Items(ticked, items), lacking=Items(lacking, items))
    return holds(asked, Items(ticked, items))


def _some_of(asked: Asked) -> Outcome:
    if asked.figure is None:
        return missing(asked)
    ticked = _ticked(asked)
    if ticked is None:
        return unfit(asked)
    require = asked.measure.require
    least = (resolve(require.at_least, asked.context.facts) if require else None) or 1
    figure = Items(ticked, asked.measure.items)
    if len(ticked) < least:
        return fails(asked, "too_few_items", figure, number=len(ticked), bound=Amount(least, None))
    return holds(asked, figure)


def _judgement(asked: Asked) -> Outcome:
    """A person's word, never computed: 及时、切实、适当…… count with a reason only."""
    judgement = asked.answer.judgements.get(asked.measure.id)
    if judgement is None or judgement.fulfilled is None:
        if settles(asked):
            return settled(asked)
        return Outcome("open", None, (say(asked, "judgement_missing"),))
    words = TRUTHS[judgement.fulfilled]
    if not judgement.fulfilled:
        return fails(asked, "judgement_unfulfilled", words)
    if judgement.reason is None or not has_visible_text(judgement.reason):
        return Outcome("open", words, (say(asked, "judgement_without_reason"),))
    reason = judgement.reason.strip().rstrip("。")
    said = say(asked, "judgement_holds", words, reason=reason)
    return Outcome("holds", words, (said,))


_KINDS: Mapping[str, Callable[[Asked], Outcome]] = {
    "count": _count,
    "coverage": coverage,
    "rate": rate,
    "zero": _zero,
    "yes_no": _yes_no,
    "all_of": _all_of,
    "some_of": _some_of,
    "amount": _amount,
    "judgement": _judgement,
}
