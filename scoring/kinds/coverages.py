"""The kind ``coverage``: how many of a whole, of the county's facts or stated by itself; without limits all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from indicators.model import SHARE_SCALES, Measure, MeasureKind
from scoring.conditions import fact_number, is_number
from scoring.context import Question
from scoring.kinds.kind import FigureSource, KeyPath, KindBehaviour
from scoring.kinds.nil_returns import above_zero, denied
from scoring.kinds.numeric import NumericKind, own_unit
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
    zero_whole,
)
from scoring.kinds.shares import beyond_whole, denied_by_nil_return, half_given
from scoring.kinds.typed import Field
from scoring.submission import TOTAL, Covered, Figure, Number
from scoring.wording import PERCENT, Amount, ByYear, Coverage, Total, exact

YearFigure = TypeVar("YearFigure", Number, Covered)


class CoverageKind(NumericKind):
    """One number where the whole is a fact of the county; ``{covered, whole}`` where the county states the whole."""

    is_share = True
    whole_without_limits = "全部"
    number_hint = "应写已做到的数，总数取自县情"

    def judge(self, question: Question) -> Outcome:
        """Every full calendar year on its own where it goes by year."""
        figure, measure = question.figure, question.measure
        if measure.yearly:
            return _facts_by_year(question, figure) if measure.of else _own_by_year(question, figure)
        if measure.of:
            if figure is not None and not is_number(figure):
                return unfit()
            return _of_facts(question, figure)
        if figure is None or figure == Covered():
            return missing(question)
        return _of_own(question, figure) if isinstance(figure, Covered) else unfit()

    def read_once(
        self, source: FigureSource, value: object, path: KeyPath, measure: Measure
    ) -> Number | Covered | None:
        """A number, or both."""
        if measure.of:
            return self.read_number(source, value, path, measure)
        if not isinstance(value, dict):
            source.fault(path, f"“{measure.label}”应写作 {{covered: 已做到的数, whole: 总数}}")
            return None
        numbers = {
            key: source.number(number, (*path, key), own_unit(measure))
            for key, number in source.parts(value, path, ("covered", "whole")).items()
        }
        return Covered(**numbers)

    def year_example(self, measure: Measure) -> str:
        """Both numbers where the county states the whole."""
        return super().year_example(measure) if measure.of else '{"2017": {covered: 3, whole: 3}}'

    def fits_once(self, figure: object, measure: Measure) -> bool:
        """Both numbers where the county states the whole."""
        return is_number(figure) if measure.whole is None else isinstance(figure, Covered)

    def parts(self, measure: Measure) -> tuple[Field, ...]:
        """The threshold is in percent, what is given is a number: it must not be asked for in “%”."""
        if measure.whole is None:
            return (Field((), "number", measure.label, measure.unit),)
        unit = measure.whole.unit
        return (
            Field(("covered",), "number", measure.label, unit),
            Field(("whole",), "number", measure.whole.label, unit),
        )

    def of_parts(self, numbers: Mapping[str, Number | None], measure: Measure) -> Number | Covered | None:
        """None where nothing was typed."""
        if measure.whole is None:
            return numbers.get("")
        covered = Covered(numbers.get("covered"), numbers.get("whole"))
        return None if covered == Covered() else covered


def _facts_by_year(question: Question, figure: Figure | None) -> Outcome:
    by_year = figure if isinstance(figure, Mapping) else {}
    figures = {year: number for year, number in by_year.items() if is_number(number)}
    if (figure is not None and not isinstance(figure, Mapping)) or len(figures) < len(by_year):
        return unfit()
    if TOTAL in figures:
        return total_only(Amount(figures[TOTAL], question.measure.unit))
    whole, _ = _sum_of_facts(question)
    if whole == 0 and not above_zero(figure):
        return zero_whole(question, "")
    if not inside_period(question, figures):
        return also(_of_facts(question, None), outside_period(question, figures))

    def words(covered: Number) -> object:
        return "未填全" if whole is None else Coverage(covered, whole)

    return _over_the_period(question, figures, _of_facts, exact, words)


def _own_by_year(question: Question, figure: Figure | None) -> Outcome:
    by_year = figure if isinstance(figure, Mapping) else {}
    figures = {year: covered for year, covered in by_year.items() if isinstance(covered, Covered)}
    if (figure is not None and not isinstance(figure, Mapping)) or len(figures) < len(by_year):
        return unfit()
    if TOTAL in figures:
        total, unit = figures[TOTAL], own_unit(question.measure)
        return total_only(" / ".join(str(Amount(n, unit)) for n in (total.covered, total.whole) if n is not None))
    if not inside_period(question, figures):
        return also(missing(question), outside_period(question, figures))

    def size(covered: Covered) -> Fraction | int:
        return Fraction(exact(covered.covered or 0)) / Fraction(covered.whole) if covered.whole else 0

    def words(covered: Covered) -> object:
        lacking = covered.covered is None or covered.whole is None
        return "未填全" if lacking else Coverage(covered.covered or 0, covered.whole or 0)

    return _over_the_period(question, figures, _of_own, size, words)


def _over_the_period(
    question: Question,
    figures: Mapping[str, YearFigure],
    judge_one: Callable[[Question, YearFigure, str], Outcome],
    size: Callable[[YearFigure], Fraction | int],
    words: Callable[[YearFigure], object],
) -> Outcome:
    """``size``: what makes one year's figure the largest; ``words``: the figure as it is shown."""
    inside, warned = inside_period(question, figures), outside_period(question, figures)
    largest = max(inside.values(), key=size)
    shown = tuple((year, words(figure)) for year, figure in inside.items())
    if question.context.last_two_years:
        # 最近十二个月：不少于最后一个年度的数；上限取两个年度中最大的一个 ◇
        years = question.context.last_two_years
        lower = judge_one(question, inside[years[-1]], f"{years[-1]}年") if years[-1] in inside else None
        upper = judge_one(question, largest, "申报期内") if set(years) <= set(inside) else None
        return also(over_last_months(question, lower, upper, ByYear(shown, years)), warned)
    if not question.context.full_years:
        # 申报期内没有完整年度：取各年度中最大的一个，是可靠的下限 ◇
        outcome = judge_one(question, largest, "申报期内")
        return also(outcome._replace(figure=outcome.figure and Total(outcome.figure)), warned)
    outcomes = [
        judge_one(question, inside[year], f"{year}年")
        if year in inside
        else Outcome("missing", None, (say("year_missing", year=f"{year}年"),))
        for year in question.context.full_years
    ]
    # 不足一个完整年度的只作参考，但多于总数的不可能属实
    for year in inside.keys() - set(question.context.full_years):
        outcome = judge_one(question, inside[year], f"{year}年")
        outcomes += [outcome] if _beyond(outcome) else []
    return also(over_years(outcomes, ByYear(shown, question.context.full_years)), warned)


def _beyond(outcome: Outcome) -> bool:
    return any(said.code == "beyond_whole" for said in outcome.said)


def _sum_of_facts(question: Question) -> tuple[Number | None, tuple[str, ...]]:
    """The sum of the facts named in ``of``, or None and the facts not given."""
    facts = question.context.facts
    numbers = [(fact, fact_number(facts, fact)) for fact in question.measure.of]
    needs = tuple(fact for fact, number in numbers if number is None)
    return (None, needs) if needs else (sum(number for _, number in numbers if number is not None), ())


def _of_facts(question: Question, covered: Number | None, year: str = "") -> Outcome:
    whole, needs = _sum_of_facts(question)
    if whole == 0 and not covered:
        return zero_whole(question, year)
    if covered is None:
        return missing(question)._replace(needs=needs)
    shown = Amount(covered, question.measure.unit)
    if denied(question):
        return denied_by_nil_return(question, shown)
    if whole is None:
        return Outcome("missing", shown, (), needs)
    return _compared(question, covered, whole, year)


def _of_own(question: Question, figure: Covered, year: str = "") -> Outcome:
    covered, whole, quantity = figure.covered, figure.whole, question.measure.whole
    if denied(question):
        return denied_by_nil_return(question, Amount(whole or covered or 0, quantity.unit if quantity else None))
    if whole == 0 and not covered:
        return zero_whole(question, year)
    if covered is None or whole is None:
        return half_given("已做到的数" if covered is None else quantity.label if quantity else "总数", year)
    return _compared(question, covered, whole, year)


def _compared(question: Question, covered: Number, whole: Number, year: str) -> Outcome:
    if exact(covered) > exact(whole):
        return beyond_whole(question, covered, whole, year)
    require = question.measure.require
    if require is None:
        # 未写比例的，按全部覆盖 ◇
        figure = Coverage(covered, whole)
        if exact(covered) < exact(whole):
            return fails(question, "not_all_covered", figure, year=year)
        return holds(figure, year)
    limits, needs = limits_of(question)
    share = require.unit or PERCENT
    absolute = share not in SHARE_SCALES
    figure = Coverage(covered, whole) if absolute else Coverage(covered, whole, limits[0][1] if limits else None, share)
    if needs:
        return Outcome("missing", figure, (), needs)
    breach = breach_of(limits, covered, 1) if absolute else breach_of(limits, covered, whole, SHARE_SCALES[share])
    if breach is None:
        return holds(figure, year)
    bound = Amount(breach.bound, share)
    return fails(question, breach.code, figure, bound=bound, year=year)


KINDS: Mapping[MeasureKind, KindBehaviour] = {"coverage": CoverageKind()}
