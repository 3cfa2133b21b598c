"""推荐汇总表, 矩阵, 办理情况表: what a round's papers say. `workflow.papers.rounds` fills them from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RoundHead:
    """What stands at the head of each. ``fingerprints``: of the standards, in a spreadsheet only; paper has them at its
    foot, ``edition``."""

    round: str
    area: str
    level: str
    made_on: str
    demo: str
    edition: tuple[str, ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommended:
    """A county on the list."""

    number: int
    prefecture: str
    county: str
    code: str
    unit: str
    contact: str
    phones: str
    result: str
    government: date | None
    by_prefecture: date | None
    by_province: date | None
    stage: str


@dataclass(frozen=True, slots=True)
class SummaryContents(RoundHead):
    """``counted``: a sentence of how many counties stand where."""

    counted: str
    counties: tuple[Recommended, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A row of the standard."""

    id: str
    topic: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A county. ``marks``: a sign for each column; ``words``: the same in words."""

    prefecture: str
    county: str
    code: str
    result: str
    marks: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """A section of the standard, or the vetoes."""

    section: str
    columns: tuple[MatrixColumn, ...]
    counties: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixContents(RoundHead):
    """``parts``: section by section for paper; ``columns`` and ``counties``: the whole, for a spreadsheet."""

    standard: str
    counted: str
    legend: str
    parts: tuple[MatrixPart, ...]
    columns: tuple[MatrixColumn, ...]
    counties: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One move of one submission."""

    prefecture: str
    county: str
    code: str
    number: int
    at: datetime
    move: str
    stage: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionsContents(RoundHead):
    """``counted``: a sentence of how often what was done."""

    counted: str
    moves: tuple[Decision, ...]
