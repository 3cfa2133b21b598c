"""What every row of one standard is judged against: the county's facts, its register of documents, the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indicators.model import Dated, Indicator, Measure, Standard
from scoring.submission import Answer, EvidenceItem, FactValue, Figure, Period, Submission
from scoring.yearly import full_years, touched_years, within_twelve_months


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


def judging_context(submission: Submission, standard: Standard) -> JudgingContext:
    """Gather them once for all rows of the standard."""
    period = submission.round.period
    years = tuple(str(year) for year in full_years(period))
    broken = not years and not within_twelve_months(period)
    last_two = tuple(str(year) for year in touched_years(period)) if broken else ()
    dates = {id_: item.date for id_, item in submission.evidence.items() if item.date is not None}
    well_dated: dict[Dated, frozenset[str]] = {
        "in_force": frozenset(id_ for id_, day in dates.items() if day <= period.last),
        "in_period": frozenset(id_ for id_, day in dates.items() if period.first <= day <= period.last),
    }
    return JudgingContext(standard, submission.facts, submission.evidence, period, years, last_two, well_dated)


class Question(NamedTuple):
    """One measure put to the county, with its whole answer to the row and whether a signed 无此情形 stands there."""

    row: Indicator
    measure: Measure
    answer: Answer
    context: JudgingContext
    nil_stands: bool

    @property
    def figure(self) -> Figure | None:
        """What the county gave, None if nothing; a measure may read the figures of an earlier one, which come first."""
        measure, figures = self.measure, self.answer.measures
        earlier = measure.same_figures_as
        figure = None if earlier is None else figures.get(earlier)
        return figures.get(measure.id) if figure is None else figure
