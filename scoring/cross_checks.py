"""Figures that must agree though they are asked in different places: ``cross_checks`` of the standards, as warnings.

They decide nothing: a county is told where two of its own figures cannot both be true. A figure that is missing, not
asked or of another shape is no ground for a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from indicators.model import CrossCheck, CrossTest, FigureRef, Indicator, Standard
from scoring.assessment import Reason, where
from scoring.conditions import evaluate, is_number
from scoring.reasons import because
from scoring.submission import Answer, Covered, FactValue, Figure, Number, Part, Submission
from scoring.wording import Amount, exact, plain
from scoring.yearly import touched_years

_AGREES: Mapping[CrossTest, Callable[[Fraction | int, Fraction | int], bool]] = {
    "equal": lambda left, right: left == right,
    "at_most": lambda left, right: left <= right,
    "at_least": lambda left, right: left >= right,
}
_ODDS: Mapping[CrossTest, str] = {"equal": "不等于", "at_most": "多于", "at_least": "少于"}
_ANY_YEAR = ""


class Stated(NamedTuple):
    """One figure as the county gave it, with its place; ``unit`` is the standard's."""

    ref: FigureRef
    row: Indicator | None
    label: str
    number: Number
    unit: str | None

    def __str__(self) -> str:
        place = "县情" if self.row is None else where(self.row)
        times = "" if self.ref.times is None else f"×{self.ref.times}"
        return f"{place}“{self.label}” {self.amount}{times}"

    @property
    def amount(self) -> Amount:
        """The number with its unit."""
        return Amount(self.number, self.unit)

    @property
    def counted(self) -> Fraction | int:
        """What it adds to its side."""
        return exact(self.number) * (1 if self.ref.times is None else self.ref.times)


class Side(NamedTuple):
    """One side of a cross-check: its figures, and their sum where there are several."""

    figures: tuple[Stated, ...]
    unit: str | None

    @property
    def total(self) -> Fraction | int:
        """The sum."""
        return sum((one.counted for one in self.figures), start=0)

    def __str__(self) -> str:
        words = "＋".join(str(one) for one in self.figures)
        if len(self.figures) == 1 and self.figures[0].ref.times is None:
            return words
        total = self.total
        number = total if isinstance(total, int) else Decimal(total.numerator) / Decimal(total.denominator)
        return f"{words}＝{plain(number)}{self.unit or ''}"


def cross_check(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """A warning for every pair of figures at odds, once however many standards have the check."""
    seen: set[tuple[object, ...]] = set()
    for standard in standards:
        if not standard.cross_checks:
            continue
        figures = _Figures(submission, standard)
        for check in standard.cross_checks:
            key = (check.left, check.test, check.right)
            if key not in seen and evaluate(check.applies_when, submission.facts) is True:
                found = tuple(_at_odds(check, figures))
                seen |= {key} if found else set()
                yield from found


def figures_at_odds(reason: Reason) -> tuple[Stated, ...]:
    """The figures a warning is about, in the order it names them; empty for any other reason."""
    sides = (reason.given.get("left"), reason.given.get("right"))
    return tuple(one for side in sides if isinstance(side, Side) for one in side.figures)


def concerns_row(reason: Reason, row_id: str) -> bool:
    """Whether the warning names a figure of that indicator or veto."""
    return any(one.ref.row == row_id for one in figures_at_odds(reason))


def concerns_facts(reason: Reason) -> bool:
    """Whether the warning names a fact of the county."""
    return any(one.ref.fact is not None for one in figures_at_odds(reason))


def _at_odds(check: CrossCheck, figures: _Figures) -> Iterator[Reason]:
    left, right = ([figures.by_year(ref) for ref in side] for side in (check.left, check.right))
    given = [*left, *right]
    years = set.intersection(*(set(one) for one in given)) if given else set()
    for year in sorted(years):
        unit = next((one[year].unit for one in given if one[year].ref.times is None), None)
        sides = [Side(tuple(one[year] for one in side), unit) for side in (left, right)]
        if not _AGREES[check.test](sides[0].total, sides[1].total):
            yield because(
                "cross_check",
                None,
                check=check.id,
                year=f"{year}年" if year else "",
                left=sides[0],
                right=sides[1],
                odds=_ODDS[check.test],
                says=check.says.rstrip("。"),
            )


class _Figures:
    """The county's figures under one standard."""

    def __init__(self, submission: Submission, standard: Standard) -> None:
        self._facts: Mapping[str, FactValue] = submission.facts
        self._answers: Mapping[str, Answer] = {**submission.answers, **submission.vetoes}
        self._standard = standard
        self._rows = {row.id: row for row in standard.rows()}
        self._years = frozenset(str(year) for year in touched_years(submission.round.period))

    def by_year(self, ref: FigureRef) -> Mapping[str, Stated]:
        """The figure by calendar year of the period, or under the empty year; empty where there is none to use."""
        if ref.fact is not None:
            fact = self._standard.facts.get(ref.fact)
            number = self._facts.get(ref.fact)
            if fact is None or not _usable(number):
                return {}
            return {_ANY_YEAR: Stated(ref, None, fact.label, number, fact.unit)}
        return self._measured(ref)

    def _measured(self, ref: FigureRef) -> Mapping[str, Stated]:
        row = self._rows.get(ref.row or "")
        measure = row.measure(ref.measure or "") if row else None
        answer = self._answers.get(ref.row or "")
        if row is None or measure is None or answer is None:
            return {}
        if not all(evaluate(one.applies_when, self._facts) is True for one in (row, measure)):
            return {}
        given = answer.measures.get(measure.same_figures_as or measure.id)
        given = answer.measures.get(measure.id) if given is None else given
        quantity = measure.quantity(ref.part)
        unit = quantity.unit or next((self._standard.facts[of].unit for of in measure.of), None)
        figures = given if measure.yearly and isinstance(given, Mapping) else {_ANY_YEAR: given}
        return {
            year: Stated(ref, row, quantity.label, number, unit)
            for year, figure in figures.items()
            if (year in self._years if measure.yearly else year == _ANY_YEAR)
            and _usable(number := _number(figure, ref.part))
        }


def _number(figure: Figure | None, part: str | None) -> object:
    """The number of the figure that the reference means; what has another shape has none."""
    if part in ("covered", "whole"):
        return getattr(figure, part) if isinstance(figure, Covered) else None
    if part in ("numerator", "denominator"):
        return getattr(figure, part) if isinstance(figure, Part) else None
    return figure


def _usable(value: object) -> bool:
    return is_number(value) and (isinstance(value, int) or value.is_finite())
