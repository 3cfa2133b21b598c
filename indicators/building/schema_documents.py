"""Pydantic schemas of ``policies/*.yaml``: unknown keys are refused, nothing is coerced."""

from __future__ import annotations

from pydantic import Field

from indicators.building.schema import Closed, MendedIn
from indicators.building.schema_types import Day, Identifier, Natural, PrintedNumber, ReadingText, Slug, Text
from indicators.model.documents import CommitmentKind, Comparison, Every, HeldBy


class DueIn(Closed):
    """A date reckoned from the year of issue: 年底前 is ``{years: 0}``, 明年6月底前 ``{years: 1, month: 6}``; beside
    ``every: year`` without ``years``, of every year: 每年3月底前 is ``{month: 3}``."""

    years: Natural | None = None
    month: Natural | None = None


class CommitmentIn(Closed):
    """What a clause promises."""

    id: Identifier
    object: Text
    kind: CommitmentKind
    quote: Text
    value: PrintedNumber | None = None
    value_to: PrintedNumber | None = None
    unit: Text | None = None
    per: Text | None = None
    scope: dict[str, Natural] = Field(default_factory=dict)
    since: Day | None = None
    deadline: Day | None = None
    due: DueIn | None = None
    every: Every | None = None
    than: Text | None = None
    conflicts_with: list[Text] = Field(default_factory=list)
    held_by: HeldBy = "county"
    reads: ReadingText | None = None
    same_figure_as: Identifier | None = None
    compare: Comparison | None = None


class ShortfallIn(Closed):
    """Where a clause falls short of a standard's words."""

    indicator: Text
    local: Text
    standard: Text
    note: Text


class ClauseIn(Closed):
    """One clause of a policy document."""

    id: Text
    heading: Text
    text: Text
    responsible_units: list[Text] = Field(default_factory=list)
    commitments: list[CommitmentIn] = Field(default_factory=list)
    shortfalls: list[ShortfallIn] = Field(default_factory=list)


class PolicyIn(Closed):
    """``policies/*.yaml``."""

    id: Slug
    title: Text
    number: Text | None
    issuer: Text
    date: Day | None
    valid_from: Day | None = None
    valid_until: Day | None = None
    repeals: list[Text] = Field(default_factory=list)
    documents: dict[str, Text] = Field(default_factory=dict)
    sections: dict[str, Text] = Field(default_factory=dict)
    mended: list[MendedIn] = Field(default_factory=list)
    divisions: list[Text] = Field(default_factory=list)
    clauses: list[ClauseIn] = Field(min_length=1)
