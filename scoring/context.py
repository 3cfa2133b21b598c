"""What every row of one standard is judged against: the county's facts, its register of documents, the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from indicators.model import Consequence, Dated, Indicator, Measure, Standard
from scoring.days import Window, last_day
from scoring.submission import Answer, EvidenceItem, FactValue, Figure, Period, Submission
from scoring.windows import windows
from scoring.wording import DocumentName
from scoring.yearly import full_years, touched_years, within_twelve_months


@dataclass(frozen=True, slots=True)
class JudgingContext:
    """One submission under one standard; ``full_years`` are the calendar years wholly inside the period.

    ``round_standards``: ids of all that the round names.
    ``last_two_years``: both calendar years of a period longer than twelve months that holds no full one.
    ``cut_off``: the county's own last day. ``windows``: the days a document may be from, by whose proof it is and how
    it has to be dated: within the period, both ends included (``in_period``); not later than the cut-off (``in_force``,
    and still valid then); from some days before the end of the period, or before the cut-off where that is earlier, to
    the cut-off (``at_end``).
    """

    standard: Standard
    round_standards: tuple[str, ...]
    facts: Mapping[str, FactValue]
    register: Mapping[str, EvidenceItem]
    period: Period
    full_years: tuple[str, ...]
    last_two_years: tuple[str, ...]
    cut_off: date
    windows: Mapping[Consequence, Mapping[Dated, Window]]

    def well_dated(self, evidence_id: str, whose: Consequence, how: Dated) -> bool:
        """Whether that document is registered and dated so."""
        item = self.register.get(evidence_id)
        if item is None or item.date is None or not self.windows[whose][how].holds(item.date):
            return False
        # 有效期只写到月的，到那个月的最后一天
        return how != "in_force" or item.valid_until is None or last_day(item.valid_until) >= self.cut_off

    def document_name(self, evidence_id: str) -> DocumentName:
        """How messages name a document."""
        item = self.register.get(evidence_id)
        return DocumentName(evidence_id, item.title if item is not None and item.title else evidence_id)

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
    register, cut_off = submission.evidence, submission.round.cut_off
    dated = windows(standard, period, cut_off)
    return JudgingContext(
        standard, submission.round.standards, submission.facts, register, period, years, last_two, cut_off, dated
    )


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
