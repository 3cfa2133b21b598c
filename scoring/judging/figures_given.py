"""The county's figures under one standard, as cross-checks read them; one not asked or of another shape is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeGuard

from indicators.model import FigureRef, Indicator, Measure, Standard
from scoring.assessment import where
from scoring.conditions import evaluate, is_number
from scoring.submission import Answer, Covered, Figure, Number, Part, Submission
from scoring.wording import Amount
from scoring.yearly import touched_years

ANY_YEAR = ""


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


class Figures:
    """The county's figures under one standard."""

    def __init__(self, submission: Submission, standard: Standard) -> None:
        self._submission = submission
        self._standard = standard
        self._rows = {row.id: row for row in standard.rows()}
        self._years = frozenset(str(year) for year in touched_years(submission.round.period))

    def by_year(self, ref: FigureRef) -> Mapping[str, Number]:
        """The number by calendar year of the period, or under the empty year; empty where there is none to use."""
        if ref.fact is not None:
            fact = self._submission.facts.get(ref.fact)
            return {ANY_YEAR: fact} if _usable(fact) else {}
        measure = self.asked(ref.row, ref.measure)
        figure = None if measure is None else self.given(ref.row or "", measure)
        if measure is None or figure is None:
            return {}
        if not measure.yearly:
            number = _number(figure, ref.part)
            return {ANY_YEAR: number} if _usable(number) else {}
        if not isinstance(figure, Mapping):
            return {}
        numbers = ((year, _number(figure, ref.part)) for year, figure in figure.items() if year in self._years)
        return {year: number for year, number in numbers if _usable(number)}

    def answer(self, row_id: str | None) -> Answer | None:
        """What the county answered in that row."""
        return self._submission.answers.get(row_id or "") or self._submission.vetoes.get(row_id or "")

    def given(self, row_id: str, measure: Measure) -> Figure | None:
        """What it gave for that measure, which may read the figures of an earlier one."""
        answer = self.answer(row_id)
        if answer is None:
            return None
        figure = answer.measures.get(measure.same_figures_as) if measure.same_figures_as else None
        return answer.measures.get(measure.id) if figure is None else figure

    def stated(self, ref: FigureRef, number: Number) -> Stated:
        """The number in its place, for words and ways to it."""
        if ref.fact is not None:
            fact = self._standard.facts.get(ref.fact)
            return Stated(ref, None, fact.label if fact else ref.fact, number, fact.unit if fact else None)
        row = self._rows[ref.row or ""]
        measure = next(measure for measure in row.measures if measure.id == ref.measure)
        quantity = measure.quantity(ref.part)
        unit = quantity.unit or next((self._standard.facts[of].unit for of in measure.of), None)
        return Stated(ref, row, quantity.label, number, unit)

    def asked(self, row_id: str | None, measure_id: str | None) -> Measure | None:
        """The measure, where its row and it are asked of this county for certain."""
        row = self._rows.get(row_id or "")
        measure = row.measure(measure_id or "") if row else None
        if row is None or measure is None:
            return None
        conditions = (row.applies_when, measure.applies_when)
        return measure if all(evaluate(condition, self._submission.facts) for condition in conditions) else None


def _number(figure: object, part: str | None) -> object:
    """The number of the figure that the reference means; what has another shape has none."""
    if part in ("covered", "whole"):
        return getattr(figure, part) if isinstance(figure, Covered) else None
    if part in ("numerator", "denominator"):
        return getattr(figure, part) if isinstance(figure, Part) else None
    return figure


def _usable(value: object) -> TypeGuard[Number]:
    return is_number(value) and (isinstance(value, int) or value.is_finite())
