"""Roll-ups over counties already judged: a prefecture, a province, a whole round. Counts and lists, no new rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scoring.assessment import VERDICTS, Assessment
from scoring.submission import Division


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One county under one standard: a verdict per indicator, a state per veto."""

    division: Division
    standard: str
    eligible: bool
    verdicts: Mapping[str, str]
    vetoes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RollUp:
    """Over a group of counties. ``eligible`` holds those eligible under every standard they were judged by.

    ``counts`` is standard → indicator → verdict → number of counties, all seven verdicts, zeros included. ``missing``
    are the expected counties without a submission.
    """

    counties: int
    eligible: tuple[Division, ...]
    counts: Mapping[str, Mapping[str, Mapping[str, int]]]
    matrix: tuple[MatrixRow, ...]
    missing: tuple[str, ...] = ()


def roll_up(matrix: Sequence[MatrixRow], expected: Collection[str] = ()) -> RollUp:
    """Gather a group of counties, each with a row for every standard it was judged by; ``expected`` are the codes of
    all counties the group has.
    """
    divisions: dict[Division, bool] = {}
    for row in matrix:
        divisions[row.division] = divisions.get(row.division, True) and row.eligible
    present = {division.code for division in divisions}
    return RollUp(
        counties=len(divisions),
        eligible=tuple(division for division, eligible in divisions.items() if eligible),
        counts=_counts(matrix),
        matrix=tuple(matrix),
        missing=tuple(code for code in expected if code not in present),
    )


def matrix_rows(division: Division, assessment: Assessment) -> tuple[MatrixRow, ...]:
    """A judged county's rows."""
    return tuple(
        MatrixRow(
            division=division,
            standard=standard,
            eligible=judged.eligible,
            verdicts={row: result.verdict for row, result in judged.indicators.items()},
            vetoes={veto.id: veto.state for veto in judged.vetoes},
        )
        for standard, judged in assessment.standards.items()
    )


def _counts(matrix: Sequence[MatrixRow]) -> dict[str, dict[str, dict[str, int]]]:
    counted: dict[str, dict[str, dict[str, int]]] = {}
    for row in matrix:
        by_indicator = counted.setdefault(row.standard, {})
        for indicator, verdict in row.verdicts.items():
            counts = by_indicator.get(indicator)
            if counts is None:
                counts = by_indicator[indicator] = dict.fromkeys(VERDICTS, 0)
            counts[verdict] += 1
    return counted
