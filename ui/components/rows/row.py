"""The rows of all pinned standards side by side: a view on an assessment, nothing computed anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from indicators.model import EvidenceRequirement, Indicator, Measure, Standard
from scoring.assessment import Assessment, IndicatorResult, Reason, StandardAssessment, VetoResult
from scoring.entry.answer import asked_once

VETO_SECTION = "一票否决"


class HasVerdicts(Protocol):
    """Anything judged: a file in memory, a submission of the store."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards judged by, in order."""

    @property
    def assessment(self) -> Assessment:
        """What judging gave."""


@dataclass(frozen=True, slots=True)
class JudgedStandards:
    """An assessment with the standards it was judged by: the plainest `HasVerdicts`."""

    standards: tuple[Standard, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row under one standard: its text there and its judged result."""

    standard: Standard
    row: Indicator
    result: IndicatorResult | VetoResult

    @property
    def state(self) -> str:
        """The verdict, or the veto's state."""
        return self.result.outcome


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator or veto under every standard that has it, in the round's order."""

    id: str
    section: str
    topic: str
    judged: tuple[JudgedRow, ...]

    @property
    def first(self) -> Indicator:
        """Its text under the first standard that has it."""
        return self.judged[0].row

    @property
    def veto(self) -> bool:
        """Whether it is a 一票否决 row."""
        return self.first.consequence == "veto"

    @property
    def units(self) -> tuple[str, ...]:
        """Responsible units under any of the standards."""
        return tuple(dict.fromkeys(unit for judged in self.judged for unit in judged.row.responsible_units))

    @property
    def states(self) -> tuple[str, ...]:
        """The states it has under its standards."""
        return tuple(judged.state for judged in self.judged)

    def asked(self) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
        """Measures some standard asks, and those none does as the county's facts stand."""
        states: dict[str, set[str]] = {}
        for judged in self.judged:
            for result in judged.result.measures:
                states.setdefault(result.id, set()).add(result.state)
        unneeded = {measure for measure, measure_states in states.items() if measure_states == {"not_asked"}}
        every = self.measures()
        return tuple(m for m in every if m.id not in unneeded), tuple(m for m in every if m.id in unneeded)

    def measures(self) -> tuple[Measure, ...]:
        """The measures of all standards, once per id (it means the same in each), in the first one's words."""
        return asked_once(measure for judged in self.judged for measure in judged.row.measures)

    def requirements(self) -> tuple[EvidenceRequirement, ...]:
        """Suggested evidence of all standards, once per id."""
        by_id: dict[str, EvidenceRequirement] = {}
        for requirement in (requirement for judged in self.judged for requirement in judged.row.evidence):
            by_id.setdefault(requirement.id, requirement)
        return tuple(by_id.values())

    def reasons(self, *effects: str) -> tuple[tuple[Reason, tuple[Standard, ...]], ...]:
        """Reasons of these effects, each once, with the standards it holds under."""
        by_text: dict[str, tuple[Reason, dict[str, Standard]]] = {}
        for judged in self.judged:
            for reason in judged.result.reasons:
                if reason.effect in effects:
                    by_text.setdefault(reason.text, (reason, {}))[1][judged.standard.id] = judged.standard
        return tuple((reason, tuple(standards.values())) for reason, standards in by_text.values())


def rows(judged_submission: HasVerdicts) -> tuple[Row, ...]:
    """Every row of the pinned standards, indicators in printed order, vetoes last."""
    by_id: dict[str, list[JudgedRow]] = {}
    for standard in judged_submission.standards:
        judged = judged_submission.assessment.standards[standard.id]
        for row in standard.rows():
            by_id.setdefault(row.id, []).append(JudgedRow(standard, row, _result(judged, row)))
    rows_by_id = [_row(row_id, tuple(judged)) for row_id, judged in by_id.items()]
    return tuple(sorted(rows_by_id, key=lambda row: row.veto))


def _row(row_id: str, judged: tuple[JudgedRow, ...]) -> Row:
    standard, row = judged[0].standard, judged[0].row
    if row.consequence == "veto":
        return Row(row_id, VETO_SECTION, "", judged)
    section = next((s for s in standard.sections if s.id == row.section), None)
    topic = next((t for t in section.topics if t.id == row.topic), None) if section else None
    return Row(row_id, section.title if section else row.section, topic.title if topic else row.topic, judged)


def _result(judged: StandardAssessment, row: Indicator) -> IndicatorResult | VetoResult:
    if row.consequence == "veto":
        return next(veto for veto in judged.vetoes if veto.id == row.id)
    return judged.indicators[row.id]
