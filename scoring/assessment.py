"""What judging gives: verdicts with their reasons. Plain, frozen data; `scoring.assess` makes it, everyone shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Verdict = Literal["met", "not_met", "unproven", "contradicted", "needs_judgement", "not_applicable", "unanswered"]
VetoState = Literal["clear", "present", "unproven", "undeclared"]
Level = Literal["county", "prefecture", "province"]
Basis = Literal["document", "tool"]
Effect = Literal["blocks", "warns", "holds"]
MeasureState = Literal["holds", "fails", "missing", "open", "not_asked", "settled"]

VERDICTS: tuple[Verdict, ...] = (
    "met",
    "not_met",
    "unproven",
    "contradicted",
    "needs_judgement",
    "not_applicable",
    "unanswered",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is. ``text`` is a whole Chinese sentence: what, where, what to do next.

    ``effect``: blocks (decided a verdict short of met), warns (decided nothing, worth a look), holds (why it is met).
    ``basis``: ``document`` = the documents' words, ``tool`` = our own reading or proof rule (本工具佐证规则).
    """

    code: str
    basis: Basis
    effect: Effect
    text: str
    measure: str | None = None
    figure: str | None = None
    threshold: str | None = None
    quote: str | None = None
    clause: str | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One measure as judged: its state, the county's figure and the threshold in words (for screens and papers)."""

    id: str
    state: MeasureState
    figure: str | None
    threshold: str | None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """``verdict`` counts; ``computed`` is what the county's own answer gave before any finding."""

    id: str
    verdict: Verdict
    computed: Verdict
    reasons: tuple[Reason, ...]
    measures: tuple[MeasureResult, ...]


@dataclass(frozen=True, slots=True)
class VetoResult:
    """Likewise for a veto row."""

    id: str
    state: VetoState
    computed: VetoState
    reasons: tuple[Reason, ...]
    measures: tuple[MeasureResult, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Points under a scheme, our own progress figure: ``value`` of ``of``. Never part of eligibility."""

    scheme: str
    value: Decimal
    of: Decimal


@dataclass(frozen=True, slots=True)
class StandardAssessment:
    """A submission judged under one standard at one level."""

    standard: str
    fingerprint: str
    level: Level
    eligible: bool
    score: Score
    counts: Mapping[Verdict, int]
    vetoes: tuple[VetoResult, ...]
    indicators: Mapping[str, IndicatorResult]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Under every standard the round pins (or the one asked for). ``warnings`` concern the submission as a whole."""

    level: Level
    standards: Mapping[str, StandardAssessment]
    warnings: tuple[Reason, ...] = ()

    @property
    def eligible(self) -> bool:
        """Eligible under every standard judged (国家与地方标准须同时达到)."""
        return bool(self.standards) and all(s.eligible for s in self.standards.values())
