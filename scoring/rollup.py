"""Roll-ups over counties already judged: a prefecture, a province, a whole round. Counts and lists, no new rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scoring.assessment import VERDICTS, Assessment, Verdict, VetoState
from scoring.submission import Division


@dataclass(frozen=True, slots=True)
class JudgedCounty:
    """A county and what judging its submission gave."""

    division: Division
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One county under one standard: a verdict per indicator, a state per veto."""

    division: Division
    standard: str
    eligible: bool
    verdicts: Mapping[str, Verdict]
    vetoes: Mapping[str, VetoState]


@dataclass(frozen=True, slots=True)
class RollUp:
    """Over a group of counties. ``eligible`` holds those eligible under every standard they were judged by.

    ``counts`` is standard → indicator → verdict → number of counties, all seven verdicts, zeros included. ``missing``
    are the expected counties without a submission.
    """

    counties: int
    eligible: tuple[Division, ...]
    counts: Mapping[str, Mapping[str, Mapping[Verdict, int]]]
    matrix: tuple[MatrixRow, ...]
    missing: tuple[str, ...] = ()


def roll_up(counties: Sequence[JudgedCounty], expected: Collection[str] = ()) -> RollUp:
    """Gather a group of counties; ``expected`` are the codes of all counties the group has."""
    matrix = tuple(row for county in counties for row in _rows(county))
    present = {county.division.code for county in counties}
    return RollUp(
        counties=len(counties),
        eligible=tuple(county.division for county in counties if county.assessment.eligible),
        counts=_counts(matrix),
        matrix=matrix,
        missing=tuple(code for code in expected if code not in present),
    )


def _rows(county: JudgedCounty) -> list[MatrixRow]:
    return [
        MatrixRow(
            division=county.division,
            standard=standard,
            eligible=judged.eligible,
            verdicts={row: result.verdict for row, result in judged.indicators.items()},
            vetoes={veto.id: veto.state for veto in judged.vetoes},
        )
        for standard, judged in county.assessment.standards.items()
    ]


def _counts(matrix: Sequence[MatrixRow]) -> dict[str, dict[str, dict[Verdict, int]]]:
    by_standard: dict[str, dict[str, Counter[Verdict]]] = {}
    for row in matrix:
        by_indicator = by_standard.setdefault(row.standard, {})
        for indicator, verdict in row.verdicts.items():
            by_indicator.setdefault(indicator, Counter())[verdict] += 1
    return {
        standard: {
            indicator: {verdict: count[verdict] for verdict in VERDICTS} for indicator, count in by_indicator.items()
        }
        for standard, by_indicator in by_standard.items()
    }
