"""Pydantic schemas of the rules files: unknown keys are refused, nothing is coerced.

Validation only; these objects never leave the reader. `indicators.building.build` makes the model of them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from indicators.building.schema_types import (
    Day,
    Identifier,
    Limit,
    Natural,
    PrintedNumber,
    RowId,
    Slug,
    Text,
    When,
    Whole,
)
from indicators.model import (
    CheckEffect,
    Consequence,
    CrossTest,
    Dated,
    FactKind,
    FigurePart,
    Giver,
    MeasureKind,
    Relation,
)


class Closed(BaseModel):
    """Strict and closed: what is not named here is refused.

    Built when first asked: most shapes are parts of others and never read by themselves.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True, defer_build=True)


class SourceIn(Closed):
    """``source``."""

    document: Text
    locator: Text


class MendedIn(Closed):
    """One entry of ``mended``."""

    at: Text
    scanned: str
    mended: str


class TopicIn(Closed):
    """One 内容 of the manifest."""

    id: Text
    title: Text
    indicators: list[Text]


class SectionIn(Closed):
    """One 项目 of the manifest."""

    id: Text
    title: Text
    topics: list[TopicIn]


class FactIn(Closed):
    """One entry of ``facts``."""

    id: Identifier
    label: Text
    kind: FactKind
    unit: Text | None = None
    options: Text | None = None
    quotes: list[Text] = Field(default_factory=list)
    note: Text | None = None
    judged_as: Text | None = None
    given_by: Giver | None = None


class FigureRefIn(Closed):
    """One figure on a side of a cross-check: ``fact``, ``measure`` (``row/measure``) with ``part``, or ``number``."""

    fact: Identifier | None = None
    measure: Text | None = None
    part: FigurePart | None = None
    times: Natural | None = None
    number: PrintedNumber | None = None


class StatementIn(Closed):
    """One of the statements of ``never``: its subject and, for ``fact``, ``measure`` and ``claim``, one test of it."""

    fact: Identifier | None = None
    measure: Text | None = None
    part: FigurePart | None = None
    nil_return: RowId | None = None
    claim: RowId | None = None
    review: Literal["prefecture", "province"] | None = None
    any_of: list[StatementIn] | None = Field(default=None, alias="any", min_length=2)
    equals: bool | Text | None = Field(default=None, alias="is")
    one_of: list[Text] | None = Field(default=None, alias="in", min_length=1)
    at_least: PrintedNumber | None = None
    at_most: PrintedNumber | None = None
    includes: Identifier | None = None
    times_last_year: PrintedNumber | None = None


class CrossCheckIn(Closed):
    """One entry of ``cross_checks``: ``left`` and ``right``, or ``never``, or ``documents``; see `checking`."""

    id: Identifier
    left: list[FigureRefIn] | None = Field(default=None, min_length=1)
    test: Literal[CrossTest, "distinct"] | None = Field(default=None, alias="is")
    right: list[FigureRefIn] | None = Field(default=None, min_length=1)
    never: list[StatementIn] | None = Field(default=None, min_length=1)
    documents: list[Text] | None = None
    says: Text
    effect: CheckEffect | None = None
    applies_when: When | None = None


class AtEndDaysIn(Closed):
    """``at_end_days``."""

    indicators: Natural
    vetoes: Natural


class StandardIn(Closed):
    """``standard.yaml``; an overlay (``extends``) leaves out what it does not change."""

    id: Slug
    title: Text
    short_title: Text | None = None
    issuer: Text
    date: Day
    extends: Slug | None = None
    source: SourceIn
    documents: dict[str, Text] = Field(default_factory=dict)
    sections: list[SectionIn] = Field(default_factory=list)
    vetoes: list[Text] = Field(default_factory=list)
    at_end_days: AtEndDaysIn | None = None
    remove: list[Text] = Field(default_factory=list)
    facts: list[FactIn] = Field(default_factory=list)
    mended: list[MendedIn] = Field(default_factory=list)
    cross_checks: list[CrossCheckIn] = Field(default_factory=list)
    cross_checks_remove: list[Text] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)


class QuantityIn(Closed):
    """``whole``, ``numerator``, ``denominator``."""

    label: Text
    unit: Text


class RequireIn(Closed):
    """``require``."""

    at_least: Limit | None = None
    at_most: Limit | None = None
    unit: Text | None = None


class EachIn(Closed):
    """``each``."""

    at_least: PrintedNumber
    per: Literal["year", "week"] | None = None


class CellIn(Closed):
    """``in_table`` of a measure."""

    table: Identifier
    column: Text
    line: Identifier | None = None


class MeasureIn(Closed):
    """One measure; which keys its kind needs is checked by `indicators.checking.kinds`."""

    id: Identifier
    kind: MeasureKind
    label: Text
    quotes: list[Text] = Field(min_length=1)
    require: RequireIn | None = None
    per: Literal["year"] | None = None
    unit: Text | None = None
    of: Whole = ()
    whole: QuantityIn | None = None
    each: EachIn | None = None
    numerator: QuantityIn | None = None
    denominator: QuantityIn | None = None
    items: dict[str, Text] = Field(default_factory=dict)
    scope: dict[str, Natural] = Field(default_factory=dict)
    applies_when: When | None = None
    settled_by_nil_return: bool = False
    same_figures_as: Identifier | None = None
    note: Text | None = None
    replaces: list[Identifier] = Field(default_factory=list)
    noted: list[Identifier] = Field(default_factory=list)
    whole_above_zero: bool = False
    in_table: CellIn | None = None


class EvidenceIn(Closed):
    """One suggested proof."""

    id: Identifier
    label: Text
    kind: Text
    required: bool
    dated: Dated
    supports: list[Text] = Field(default_factory=list)
    holder: Text | None = None
    only_kind: bool = False
    also_kinds: list[Text] = Field(default_factory=list)


class BasisIn(Closed):
    """One entry of ``policy_basis``."""

    clause: Text
    relation: Relation


class RowIn(Closed):
    """An indicator or veto row; in an overlay only the changed keys, and the four additive ones."""

    id: RowId
    label: Text | None = None
    statement: Text | None = None
    source: SourceIn | None = None
    consequence: Consequence | None = None
    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    policy_basis: list[BasisIn] | None = None
    applies_when: When | None = None
    measures: list[MeasureIn] | None = Field(default=None, min_length=1)
    evidence: list[EvidenceIn] | None = None
    guidance: Text | None = None
    notes: list[Text] | None = None
    not_figures: dict[str, Text] | None = None
    evidence_add: list[EvidenceIn] = Field(default_factory=list)
    evidence_remove: list[Text] = Field(default_factory=list)
    policy_basis_add: list[BasisIn] = Field(default_factory=list)
    policy_basis_remove: list[Text] = Field(default_factory=list)


class TopicFileIn(Closed):
    """A topic file; its rows are validated one by one, so that one bad row does not hide the next."""

    topic: Text
    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    indicators: list[Any] = Field(default_factory=list)


class VetoFileIn(Closed):
    """``vetoes.yaml``."""

    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    vetoes: list[Any] = Field(default_factory=list)


class SchemeIn(Closed):
    """``schemes/*.yaml``."""

    id: Slug
    title: Text
    default_weight: PrintedNumber
    weights: dict[str, PrintedNumber] = Field(default_factory=dict)
    credit: dict[str, PrintedNumber]
    excluded: list[Text] = Field(default_factory=list)
