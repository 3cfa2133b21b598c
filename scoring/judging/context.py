"""What every row of one standard is judged against: the county's facts, its register of documents, the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indicators.model import Dated, Indicator, Measure, Standard
from scoring.judging.yearly import full_years, touched_years, within_twelve_months
from scoring.submission import Answer, EvidenceItem, FactValue, Figure, Period, Submission


@dataclass(frozen=True, slots=True)
class JudgingContext:
    """One submission under one standard; ``full_years`` are the calendar years wholly inside the period.

    ``last_two_years``: both calendar years of a period longer than twelve months that holds no full one.
    ``well_dated``: ids of the registered documents that may prove something, by how it has to be dated: within the
    period, both ends included (``in_period``); or not later than its end (``in_force``).
    """

    standard: Standard
    facts: Mapping[str, FactValue]
    register: Mapping[str, EvidenceItem]
    period: Period
    full_years: tuple[str, ...]
    last_two_years: tuple[str, ...]
    well_dated: Mapping[Dated, frozenset[str]]

    def document_name(self, evidence_id: str) -> str:
        """How messages name a document: its title, else its register id."""
        item = self.register.get(evidence_id)
        return item.title if item is not None and item.title else evidence_id

    def fact_label(self, fact_id: str) -> str:
        """The fact's Chinese label, else its id."""
        fact = self.standard.facts.get(fact_id)
        return fact.label if fact else fact_id


def circumstances(submission: Submission, standard: Standard) -> JudgingContext:
    """Gather them once for all rows of the standard."""
    period = submission.round.period
    years = tuple(str(year) for year in full_years(period))
    broken = not years and not within_twelve_months(period)
    last_two = tuple(str(year) for year in touched_years(period)) if broken else ()
    dates = {one: item.date for one, item in submission.evidence.items() if item.date is not None}
    well_dated: dict[Dated, frozenset[str]] = {
        "in_force": frozenset(one for one, day in dates.items() if day <= period.last),
        "in_period": frozenset(one for one, day in dates.items() if period.first <= day <= period.last),
    }
    return JudgingContext(standard, submission.facts, submission.evidence, period, years, last_two, well_dated)


class Asked(NamedTuple):
    """One measure put to the county: its figure and whether a signed 无此情形 stands for the row."""

    row: Indicator
    measure: Measure
    answer: Answer
    context: JudgingContext
    nil_stands: bool

    @property
    def figure(self) -> Figure | None:
        """What the county gave, None if nothing; a measure may read the figures of an earlier one, which come first."""
        measure, figures = self.measure, self.answer.measures
        named = measure.same_figures_as
        given = None if named is None else figures.get(named)
        return figures.get(measure.id) if given is None else given
