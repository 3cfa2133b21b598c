"""What must agree though it is asked in different places: ``cross_checks`` of the standards, as warnings.

Figures here, documents in `scoring.judging.duplicate_citations`. They decide nothing: a county is told where two
of its own figures cannot both be true. A figure that is missing, not asked or of another shape is no ground for a
warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeGuard

from indicators.model import CrossCheck, CrossTest, FigureRef, Indicator, Measure, Standard
from scoring.assessment import Reason, where
from scoring.conditions import evaluate, is_number
from scoring.judging.duplicate_citations import duplicate_citations, places_of_document
from scoring.judging.reasons import because
from scoring.submission import Covered, Number, Part, Submission
from scoring.wording import Amount, exact
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


class CheckSide(NamedTuple):
    """One side of a cross-check: its figures, and their sum where there are several."""

    figures: tuple[Stated, ...]
    unit: str | None
    total: Fraction | int

    def __str__(self) -> str:
        words = "＋".join(str(figure) for figure in self.figures)
        if len(self.figures) == 1 and self.figures[0].ref.times is None:
            return words
        total = self.total
        number = total if isinstance(total, int) else Decimal(total.numerator) / Decimal(total.denominator)
        return f"{words}＝{Amount(number, self.unit)}"


def cross_check(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """A warning for all figures at odds and documents cited twice, once however many standards have the check."""
    compared: dict[str, list[CrossCheck]] = {}
    for standard in standards:
        figures = _Figures(submission, standard)
        for check in standard.cross_checks:
            same = compared.setdefault(check.id, [])
            if check in same or (check.applies_when and not evaluate(check.applies_when, submission.facts)):
                continue
            numbers = [figures.by_year(ref) for ref in check.refs()]
            if all(numbers):
                same.append(check)
                yield from _at_odds(check, numbers, figures)
    yield from duplicate_citations(submission, standards)


def figures_at_odds(reason: Reason) -> tuple[Stated, ...]:
    """The figures a warning is about, in the order it names them; empty for any other reason."""
    sides = (reason.given.get("left"), reason.given.get("right"))
    return tuple(stated for side in sides if isinstance(side, CheckSide) for stated in side.figures)


def places_named(reason: Reason) -> Mapping[str | None, Indicator | None]:
    """Row id → row (None → None: the county's facts) in the order of the sentence; empty for any other reason."""
    if documents := places_of_document(reason):
        return {place.row.id: place.row for place in documents}
    return {place.ref.row: place.row for place in figures_at_odds(reason)}


def concerns_row(reason: Reason, row_id: str) -> bool:
    """Whether the warning names a figure or document of that indicator or veto."""
    return row_id in places_named(reason)


def concerns_facts(reason: Reason) -> bool:
    """Whether the warning names a fact of the county."""
    return None in places_named(reason)


def _at_odds(check: CrossCheck, numbers: Sequence[Mapping[str, Number]], figures: _Figures) -> Iterator[Reason]:
    """``numbers``: by year, for every figure of the check in its order; a year counts where all of them give it."""
    cut = len(check.left)
    for year in sorted(set(numbers[0]).intersection(*numbers[1:])):
        of_year = [by_year[year] for by_year in numbers]
        left = _total(check.left, of_year[:cut])
        right = _total(check.right, of_year[cut:])
        if not _AGREES[check.test](left, right):
            stated = tuple(figures.stated(ref, number) for ref, number in zip(check.refs(), of_year, strict=True))
            unit = next((by_year.unit for by_year in stated if by_year.ref.times is None), None)
            yield because(
                "cross_check",
                None,
                check=check.id,
                year=f"{year}年" if year else "",
                left=CheckSide(stated[:cut], unit, left),
                right=CheckSide(stated[cut:], unit, right),
                odds=_ODDS[check.test],
                says=check.says.rstrip("。"),
            )


def _total(refs: Sequence[FigureRef], numbers: Sequence[Number]) -> Fraction | int:
    """Exact: a sum of decimals would be rounded to the context's digits."""
    total: Fraction | int = 0
    for ref, number in zip(refs, numbers, strict=True):
        total += exact(number) * (1 if ref.times is None else ref.times)
    return total


class _Figures:
    """The county's figures under one standard."""

    def __init__(self, submission: Submission, standard: Standard) -> None:
        self._submission = submission
        self._standard = standard
        self._rows = {row.id: row for row in standard.rows()} if standard.cross_checks else {}
        self._years = frozenset(str(year) for year in touched_years(submission.round.period))

    def by_year(self, ref: FigureRef) -> Mapping[str, Number]:
        """The number by calendar year of the period, or under the empty year; empty where there is none to use."""
        if ref.fact is not None:
            fact = self._submission.facts.get(ref.fact)
            return {_ANY_YEAR: fact} if _usable(fact) else {}
        measure = self._asked(ref)
        answer = self._submission.answers.get(ref.row or "") or self._submission.vetoes.get(ref.row or "")
        if measure is None or answer is None:
            return {}
        figure = answer.measures.get(measure.same_figures_as) if measure.same_figures_as else None
        figure = answer.measures.get(measure.id) if figure is None else figure
        if not measure.yearly:
            number = _number(figure, ref.part)
            return {_ANY_YEAR: number} if _usable(number) else {}
        if not isinstance(figure, Mapping):
            return {}
        numbers = ((year, _number(figure, ref.part)) for year, figure in figure.items() if year in self._years)
        return {year: number for year, number in numbers if _usable(number)}

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

    def _asked(self, ref: FigureRef) -> Measure | None:
        """The measure, where its row and it are asked of this county for certain."""
        row = self._rows.get(ref.row or "")
        measure = row.measure(ref.measure or "") if row else None
        if row is None or measure is None:
            return None
        conditions = (row.applies_when, measure.applies_when)
        return (
            measure
            if all(condition is None or evaluate(condition, self._submission.facts) for condition in conditions)
            else None
        )


def _number(figure: object, part: str | None) -> object:
    """The number of the figure that the reference means; what has another shape has none."""
    if part in ("covered", "whole"):
        return getattr(figure, part) if isinstance(figure, Covered) else None
    if part in ("numerator", "denominator"):
        return getattr(figure, part) if isinstance(figure, Part) else None
    return figure


def _usable(value: object) -> TypeGuard[Number]:
    return is_number(value) and (isinstance(value, int) or value.is_finite())
