"""Verdicts as rows of a table, for programs that analyse many submissions (``pandas.DataFrame(verdict_rows(…))``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from indicators.model import Consequence, Library
from scoring.assessment import Assessment, StandardAssessment, Verdict, VetoState


class VerdictRow(TypedDict):
    """One row of one standard, judged. ``reasons``: one Chinese sentence a line."""

    standard: str
    row: str
    section: str
    topic: str
    label: str
    statement: str
    consequence: Consequence
    verdict: Verdict | VetoState
    computed: Verdict | VetoState
    reasons: str


def verdict_rows(assessment: Assessment, library: Library) -> list[VerdictRow]:
    """Every row of every standard judged, in printed order, vetoes last (48 for each of the standards of 2018)."""
    return [row for judged in assessment.standards.values() for row in _rows_of(judged, library)]


def _rows_of(judged: StandardAssessment, library: Library) -> Iterator[VerdictRow]:
    vetoes = {veto.id: veto for veto in judged.vetoes}
    for row in library.standards[judged.standard].rows():
        veto = vetoes.get(row.id)
        result = veto or judged.indicators[row.id]
        yield VerdictRow(
            standard=judged.standard,
            row=row.id,
            section=row.section,
            topic=row.topic,
            label=row.label,
            statement=row.statement,
            consequence=row.consequence,
            verdict=judged.indicators[row.id].verdict if veto is None else veto.state,
            computed=result.computed,
            reasons="\n".join(reason.text for reason in result.reasons),
        )
