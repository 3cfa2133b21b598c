"""What judging gives: verdicts with their reasons. Plain, frozen data, made by `scoring.judging.assess`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from indicators.model import EvidenceRequirement, Indicator, Measure, vocabulary
from scoring.kinds.outcomes import NOTHING_MORE, MeasureState
from scoring.kinds.registry import Threshold
from scoring.submission import FactValue, Level

Verdict = vocabulary.Verdict
VetoState = vocabulary.VetoState
Basis = Literal["document", "tool"]
ReasonEffect = Literal["blocks", "warns", "holds"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# DESIGN precedence 4–6 for rows whose claim is met; claims themselves (1–3) are decided before.
PRECEDENCE: tuple[Verdict, ...] = ("unanswered", "not_met", "contradicted", "unproven", "needs_judgement")
VETO_STATES: tuple[VetoState, ...] = get_args(VetoState)
# A row that stands in nobody's way: eligible = every row has one of these. NOT_ANSWERED: the county has said nothing.
PASSED: frozenset[Verdict | VetoState] = frozenset({"met", "not_applicable", "clear"})
NOT_ANSWERED: frozenset[Verdict | VetoState] = frozenset({"unanswered", "undeclared"})


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """One entry of the closed table in `scoring.judging.reason_codes`: what a code means wherever it occurs.

    ``gives`` is the verdict the reason leads to if nothing earlier in the precedence does; None decides nothing.
    ``says`` and ``next_step`` are Chinese templates; ``{where}``, ``{label}``, ``{quote}`` come from row and subject.
    """

    code: str
    basis: Basis
    effect: ReasonEffect
    says: str
    next_step: str | None = None
    gives: Verdict | VetoState | None = None


class Reason(NamedTuple):
    """Why a verdict is what it is. ``text`` is a whole Chinese sentence: what, where, what to do next.

    ``effect``: blocks (stands in the way of met), warns (decided nothing, worth a look), holds (why it is met).
    ``basis``: ``document`` = the documents' words, ``tool`` = our own reading or proof rule (本工具佐证规则).
    Words are put together only when read: judging a whole country makes many reasons and shows few. So it keeps the
    figure as it was given, and the county's ``facts`` where it tells the threshold.
    """

    kind: ReasonCode
    effect: ReasonEffect
    row: Indicator | None = None
    subject: Measure | EvidenceRequirement | None = None
    given: Mapping[str, object] = NOTHING_MORE
    shown_figure: object | None = None
    facts: Mapping[str, FactValue] | None = None

    @property
    def code(self) -> str:
        """The code, one of `scoring.judging.reason_codes.CODES`."""
        return self.kind.code

    @property
    def basis(self) -> Basis:
        """Whose rule it is: the documents' or this tool's."""
        return self.kind.basis

    @property
    def measure(self) -> str | None:
        """Id of the measure it is about."""
        return self.subject.id if isinstance(self.subject, Measure) else None

    @property
    def figure(self) -> str | None:
        """The county's figure in words."""
        return _words(self.shown_figure)

    @property
    def threshold(self) -> str | None:
        """What the statement asks, in words."""
        return _words(_asked(self.subject, self.facts))

    @property
    def quotes(self) -> tuple[str, ...]:
        """The statement's words the measure rests on."""
        return self.subject.quotes if isinstance(self.subject, Measure) else ()

    @property
    def quote(self) -> str | None:
        """The quoted words as one text."""
        return "；".join(self.quotes) or None

    @property
    def clause(self) -> str | None:
        """First founding policy clause, else where the statement itself stands."""
        if self.row is None:
            return None
        if self.row.policy_basis:
            return self.row.policy_basis[0].clause
        return f"{self.row.source.document}/{self.row.source.locator}"

    @property
    def next_step(self) -> str | None:
        """What to do about it; None where nothing is left to do."""
        return None if self.kind.next_step is None else self.kind.next_step.format_map(self._parameters())

    @property
    def text(self) -> str:
        """The whole sentence, with what to do next."""
        parameters = self._parameters()
        said = self.kind.says.format_map(parameters)
        return said if self.kind.next_step is None else said + self.kind.next_step.format_map(parameters)

    def _parameters(self) -> dict[str, object]:
        quoted = "".join(f"“{quote}”" for quote in self.quotes)
        upheld, denied = ("为“做到”", "为“没有做到”")
        if self.row is not None and self.row.consequence == "veto":
            # 一票否决问的是情形在不在，不是做没做到：原文末句就是那个情形。
            event = self.quotes[-1] if self.quotes else "存在该情形"
            upheld, denied = f"为“未{event}”", f"为“{event}”"
        return {
            "where": _called(self.row),
            "label": "" if self.subject is None else self.subject.label,
            "quote": f"（{quoted}）" if quoted else "",
            "year": "",
            "figure": self.shown_figure,
            "threshold": _asked(self.subject, self.facts),
            "upheld": upheld,
            "denied": denied,
            **self.given,
        }


def where(row: Indicator | None) -> str:
    """How messages name a row: 指标 3.3.2, 一票否决 V1."""
    if row is None:
        return "申报材料"
    return f"一票否决 {row.id}" if row.consequence == "veto" else f"指标 {row.id}"


def _called(row: Indicator | None) -> str:
    """The same in a reason, where a veto is also called by what it is about: nobody knows V3 by its number."""
    about = row.statement.strip().rstrip("。") if row is not None and row.consequence == "veto" else ""
    return f"{where(row)}（{about}）" if about else where(row)


def _words(value: object | None) -> str | None:
    return None if value is None else str(value)


def _asked(subject: object, facts: Mapping[str, FactValue] | None) -> Threshold | None:
    return None if facts is None or not isinstance(subject, Measure) else Threshold(subject, facts)


class MeasureResult(NamedTuple):
    """One measure as judged: its state, the county's figure and the threshold in words (for screens and papers)."""

    measure: Measure
    state: MeasureState
    facts: Mapping[str, FactValue]
    shown_figure: object | None = None

    @property
    def id(self) -> str:
        """Id of the measure."""
        return self.measure.id

    @property
    def figure(self) -> str | None:
        """The county's figure in words; None where none was given."""
        return _words(self.shown_figure)

    @property
    def threshold(self) -> str | None:
        """What the statement asks, in words."""
        return str(Threshold(self.measure, self.facts))


class IndicatorResult(NamedTuple):
    """``verdict`` counts; ``computed`` is what the county's own answer gave before any finding."""

    id: str
    verdict: Verdict
    computed: Verdict
    reasons: tuple[Reason, ...]
    measures: tuple[MeasureResult, ...]

    @property
    def outcome(self) -> Verdict:
        """The verdict, under the name it shares with a veto's state."""
        return self.verdict


class VetoResult(NamedTuple):
    """Likewise for a veto row."""

    id: str
    state: VetoState
    computed: VetoState
    reasons: tuple[Reason, ...]
    measures: tuple[MeasureResult, ...]

    @property
    def outcome(self) -> VetoState:
        """The state, under the name it shares with an indicator's verdict."""
        return self.state


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

    @property
    def results(self) -> tuple[VetoResult | IndicatorResult, ...]:
        """Vetoes first, then indicators, in printed order."""
        rows: list[VetoResult | IndicatorResult] = [*self.vetoes, *self.indicators.values()]
        return tuple(rows)


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
