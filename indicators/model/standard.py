"""The rules as plain, frozen data: what a standard *is*, with no word about how it is read or judged.

Everything here is immutable. Field names are the YAML keys of ``indicators/*/``; ``docs/writing-a-standard.md``
explains each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from indicators.model.cross_checks import (
    Condition,
    CrossCheck,
    DistinctDocuments,
    FigurePart,
    NeverTogether,
)
from indicators.model.documents import ScanCorrection
from indicators.model.measure_parts import Cell, Each, Quantity, Require
from indicators.model.vocabulary import NO_LABELS, Vocabulary

MeasureKind = Literal["count", "coverage", "rate", "zero", "yes_no", "all_of", "some_of", "amount", "judgement"]
Consequence = Literal["required", "veto"]
Dated = Literal["in_period", "in_force", "at_end"]
Relation = Literal["founds", "partly", "local_echo"]
FactKind = Literal["number", "choice", "yes_no", "judged"]
Giver = Literal["prefecture", "province"]
_SUBJECT = "农村留守儿童"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words stand: ``document`` is an id of the standard's ``documents``, ``locator`` a path inside it."""

    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing in a statement that can fail it. Which fields are set follows ``kind`` (see the class table in docs).

    ``of``: ids of the facts whose sum is the whole of a coverage; ``whole``: a whole the county states itself.
    ``settled_by_nil_return``: a signed 无此情形 answers it when no figure is given (a whole of 0 always needs one).
    ``same_figures_as``: an earlier measure of the row whose figures this one reads, so that they are asked once.
    ``replaces``: former ids in the row that asked something else in the same form; a figure given for one is read and
    shown, and proves nothing. ``noted``: items that count only where the row's note says what they are.
    ``whole_above_zero``: a whole of 0 is not settled by a nil return, there is nobody for whom it was done.
    ``in_table``: with which others it may be filled in as a table.
    """

    id: str
    kind: MeasureKind
    label: str
    quotes: tuple[str, ...]
    require: Require | None = None
    per: Literal["year"] | None = None
    unit: str | None = None
    of: tuple[str, ...] = ()
    whole: Quantity | None = None
    each: Each | None = None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, int] = field(default_factory=dict)
    applies_when: Condition | None = None
    settled_by_nil_return: bool = False
    same_figures_as: str | None = None
    note: str | None = None
    replaces: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    whole_above_zero: bool = False
    in_table: Cell | None = None

    @property
    def yearly(self) -> bool:
        """Whether the county answers by calendar year (``per: year`` on the measure or on ``each``)."""
        return self.per == "year" or (self.each is not None and self.each.per == "year")

    @property
    def form(self) -> tuple[object, ...]:
        """What decides the form a figure is given in; a figure given in another form cannot be read."""
        return self.kind, self.yearly, self.whole is None, tuple(self.items)

    def facts(self) -> Iterator[str]:
        """Ids of every fact it reads: as its whole, as a limit, in its condition."""
        yield from self.of
        if self.require is not None:
            bounds = (self.require.at_least, self.require.at_most)
            yield from (bound.fact for bound in bounds if bound is not None and bound.fact is not None)
        if self.applies_when is not None:
            yield from self.applies_when.facts()

    def quantity(self, part: FigurePart | None = None) -> Quantity:
        """Label and unit of the number given for it, or of one of two; no unit where it counts the facts of ``of``."""
        own = {"whole": self.whole, "numerator": self.numerator, "denominator": self.denominator}.get(part or "")
        return own or Quantity(self.label, self.unit or (self.whole.unit if self.whole else ""))


@dataclass(frozen=True, slots=True)
class EvidenceRequirement:
    """Ours, never the document's: shown as 建议材料. ``supports`` names measures; empty = the indicator as a whole.

    ``also_kinds``: further kinds of paper that serve as well. ``only_kind``: a document of any other kind proves
    nothing here; else it is only worth a look.
    """

    id: str
    label: str
    kind: str
    required: bool
    dated: Dated
    supports: tuple[str, ...] = ()
    holder: str | None = None
    only_kind: bool = False
    also_kinds: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of paper it asks for, the usual one first."""
        return self.kind, *self.also_kinds


@dataclass(frozen=True, slots=True)
class AtEndDays:
    """How many days before the end of the period what is dated ``at_end`` may be from: for indicators, for vetoes."""

    indicators: int
    vetoes: int


@dataclass(frozen=True, slots=True)
class PolicyBasis:
    """A clause ``<policy id>/<clause id>`` and how it stands to the indicator."""

    clause: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the 45 指标 or a 一票否决 row. ``statement`` is verbatim, whole; ``guidance`` and ``notes`` are ours."""

    id: str
    section: str
    topic: str
    label: str
    statement: str
    source: Source
    consequence: Consequence
    methods: tuple[str, ...]
    methods_inherited: bool
    responsible_units: tuple[str, ...]
    policy_basis: tuple[PolicyBasis, ...]
    measures: tuple[Measure, ...]
    evidence: tuple[EvidenceRequirement, ...]
    applies_when: Condition | None = None
    not_figures: Mapping[str, str] = field(default_factory=dict)
    guidance: str | None = None
    notes: tuple[str, ...] = ()

    def measure(self, measure_id: str) -> Measure | None:
        """The measure of that id, or None."""
        return next((m for m in self.measures if m.id == measure_id), None)

    def requirement(self, evidence_id: str) -> EvidenceRequirement | None:
        """The evidence requirement of that id, or None."""
        return next((requirement for requirement in self.evidence if requirement.id == evidence_id), None)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the county, asked once. ``options`` is a vocabulary list's name (``choice`` only).

    ``judged_as``: the one option that an applicant can be: not asked, and whatever a file says, this is judged.
    ``given_by``: the level that gives it once for all its counties; a county is asked only until it has.
    """

    id: str
    label: str
    kind: FactKind
    unit: str | None = None
    options: str | None = None
    quotes: tuple[str, ...] = ()
    note: str | None = None
    judged_as: str | None = None
    given_by: Giver | None = None

    @property
    def asked(self) -> bool:
        """Whether a county is asked for it."""
        return self.judged_as is None


@dataclass(frozen=True, slots=True)
class Topic:
    """内容: ``id`` is ``section.topic`` (``3.3``), ``indicators`` its indicator ids in printed order."""

    id: str
    title: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """项目, with its topics in printed order."""

    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A merged standard. ``indicators`` holds the required ones in printed order, ``vetoes`` the 一票否决 rows.

    ``short_title`` is ours, for labels beside one another: 云南标准. ``at_end_days`` is None where nothing is dated
    ``at_end``. ``vocabulary``: the labels of its rules folder, no part of the standard, of its fingerprint or of the
    text a round keeps.
    """

    id: str
    title: str
    issuer: str
    date: str
    extends: str | None
    documents: Mapping[str, str]
    sections: tuple[Section, ...]
    facts: Mapping[str, Fact]
    indicators: tuple[Indicator, ...]
    vetoes: tuple[Indicator, ...]
    mended: tuple[ScanCorrection, ...]
    notes: tuple[str, ...]
    fingerprint: str
    cross_checks: tuple[CrossCheck, ...] = ()
    distinct_documents: tuple[DistinctDocuments, ...] = ()
    never_together: tuple[NeverTogether, ...] = ()
    short_title: str | None = None
    at_end_days: AtEndDays | None = None
    vocabulary: Vocabulary = field(default=NO_LABELS, repr=False, compare=False)

    @property
    def short_name(self) -> str:
        """云南标准 as the rules call it, else what the title says before its subject, else the whole title."""
        return self.short_title or name_in_title(self.title)

    def rows(self) -> tuple[Indicator, ...]:
        """Every row, vetoes last: 48 in the standards of 2018."""
        return self.indicators + self.vetoes

    def row(self, row_id: str) -> Indicator | None:
        """The indicator or veto of that id, or None."""
        return next((r for r in self.rows() if r.id == row_id), None)


def name_in_title(title: str) -> str:
    """A short title taken from the title, where the rules give none: 全国标准."""
    reach, subject, _ = title.partition(_SUBJECT)
    return f"{reach}标准" if reach and subject else title
