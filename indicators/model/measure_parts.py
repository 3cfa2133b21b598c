"""What a measure is made of: its limits, its quantities, where its figure stands in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indicators.model.documents import Number


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit: a printed number, or the county's fact of that id (exactly one of the two is set)."""

    number: Number | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Require:
    """A printed threshold. ``unit`` is a vocabulary unit; ``percent`` bounds are compared with 100 × part ÷ whole."""

    at_least: Bound | None = None
    at_most: Bound | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """The minimum every member of a coverage must reach to be counted: ``at_least`` times ``per`` year or week."""

    at_least: Number
    per: Literal["year", "week"] | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure the county is asked for: its label and vocabulary unit."""

    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands in a table that is filled in as one. ``table`` and ``line``: of the vocabulary's lists.

    ``line`` is None where the figure is given by calendar year: then each year is a line.
    """

    table: str
    column: str
    line: str | None = None
