"""Roll-ups over counties already judged: a prefecture, a province, a whole round. Counts and lists, no new rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scoring.assessment import VERDICTS, Assessment, Verdict, VetoState
from scoring.submission import Division

_PREFECTURE_DIGITS = 4
_PROVINCE_DIGITS = 2


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

    @property
    def all_eligible(self) -> bool:
        """示范市: 所辖县（市、区、旗）全部达到标准方可申报; a county without a submission is one that has not."""
        return self.counties > 0 and not self.missing and len(self.eligible) == self.counties


def roll_up(counties: Sequence[JudgedCounty], expected: Collection[str] = ()) -> RollUp:
    """Gather a group of counties; ``expected`` are the codes of all counties the group has (for 示范市)."""
    matrix = tuple(row for county in counties for row in _rows(county))
    present = {county.division.code for county in counties}
    return RollUp(
        counties=len(counties),
        eligible=tuple(county.division for county in counties if county.assessment.eligible),
        counts=_counts(matrix),
        matrix=matrix,
        missing=tuple(code for code in expected if code not in present),
    )


def by_prefecture(counties: Sequence[JudgedCounty], expected: Collection[str] = ()) -> dict[str, RollUp]:
    """A roll-up per prefecture, by the code's first four digits."""
    return _by_prefix(counties, expected, _PREFECTURE_DIGITS)


def by_province(counties: Sequence[JudgedCounty], expected: Collection[str] = ()) -> dict[str, RollUp]:
    """A roll-up per province, by the code's first two digits."""
    return _by_prefix(counties, expected, _PROVINCE_DIGITS)


def _by_prefix(counties: Sequence[JudgedCounty], expected: Collection[str], digits: int) -> dict[str, RollUp]:
    prefixes = dict.fromkeys([*(c.division.code[:digits] for c in counties), *(code[:digits] for code in expected)])
    return {
        prefix: roll_up(
            [county for county in counties if county.division.code.startswith(prefix)],
            [code for code in expected if code.startswith(prefix)],
        )
        for prefix in prefixes
    }


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
    found: dict[str, dict[str, Counter[Verdict]]] = {}
    for row in matrix:
        by_indicator = found.setdefault(row.standard, {})
        for indicator, verdict in row.verdicts.items():
            by_indicator.setdefault(indicator, Counter())[verdict] += 1
    return {
        standard: {
            indicator: {verdict: count[verdict] for verdict in VERDICTS} for indicator, count in by_indicator.items()
        }
        for standard, by_indicator in found.items()
    }
