"""Conditions, and what must agree across rows, as plain, frozen data.

Conditions are the documents' words as data; cross-checks are ours (本工具互核): they warn, or where no county's figures
could be so, block the rows that rest on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from indicators.model.documents import Number

CheckEffect = Literal["warn", "block"]
Subject = Literal["fact", "measure", "nil_return", "claim", "review", "any"]
StatementTest = Literal["is", "at_least", "at_most", "includes", "times_last_year"]
CrossTest = Literal["equal", "at_most", "at_least"]
FigurePart = Literal["covered", "whole", "numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One node of a condition tree. Exactly one form: a test of a fact, or ``all``/``any`` of other conditions.

    `NEVER` is an empty ``any``, which nothing meets.

    ``op`` is ``is`` | ``in`` | ``at_least`` | ``at_most`` for a fact test (``value`` is what it is compared with;
    a judged fact is compared by its ``value``), ``all`` | ``any`` for a group (``parts``).
    """

    op: Literal["is", "in", "at_least", "at_most", "all", "any"]
    fact: str | None = None
    value: Any = None
    parts: tuple[Condition, ...] = ()

    def facts(self) -> Iterator[str]:
        """Ids of every fact the tree looks at, in reading order."""
        if self.fact is not None:
            yield self.fact
        for part in self.parts:
            yield from part.facts()


NEVER = Condition("any")


@dataclass(frozen=True, slots=True)
class FigureRef:
    """One figure of the county's: a fact, or a measure of a row and, where that has two numbers, which ``part``.

    ``times``: how many of the other figures' unit each one counted stands for (每个村 100 人); None = as it is.
    ``number``: instead of a figure, a number to compare with.
    """

    fact: str | None = None
    row: str | None = None
    measure: str | None = None
    part: FigurePart | None = None
    times: int | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Figures that must agree though they are asked in different places; ours.

    The sum of ``left`` is ``test`` (YAML key ``is``) the sum of ``right``; ``says``: what must agree and why.
    ``effect``: warn, or block the rows whose asked measures use the figures (`scoring.judging.cross_checks`).
    """

    id: str
    left: tuple[FigureRef, ...]
    test: CrossTest
    right: tuple[FigureRef, ...]
    says: str
    applies_when: Condition | None = None
    effect: CheckEffect = "warn"

    def refs(self) -> tuple[FigureRef, ...]:
        """Every figure it looks at, left before right."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a submission says. ``subject`` tells which fields are set:

    ``fact``: ``condition``, a test of one fact · ``measure``: ``row``, ``measure``, ``part`` and a ``test`` against
    ``yes`` (is), ``number`` (at_least, at_most, times_last_year) or ``word`` (includes: an item ticked) ·
    ``nil_return``: ``row`` has one · ``claim``: ``row`` is claimed to be ``word`` · ``review``: the level ``word`` has
    given a finding or an opinion · ``any``: one of ``parts``.
    """

    subject: Subject
    condition: Condition | None = None
    row: str | None = None
    measure: str | None = None
    part: FigurePart | None = None
    test: StatementTest | None = None
    number: Number | None = None
    word: str | None = None
    yes: bool | None = None
    parts: tuple[Statement, ...] = ()

    def all(self) -> Iterator[Statement]:
        """Itself, or what it is made of."""
        if self.subject != "any":
            yield self
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True, slots=True)
class NeverTogether:
    """Statements that cannot all be true (YAML: ``cross_checks`` with ``never``); ours. ``says``: why not."""

    id: str
    statements: tuple[Statement, ...]
    says: str
    applies_when: Condition | None = None
    effect: CheckEffect = "warn"


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """One place where a county cites documents: a row and one of its evidence requirements."""

    row: str
    evidence: str


@dataclass(frozen=True, slots=True)
class DistinctDocuments:
    """Places that ask for different events, so that no document should be cited at two; ours, it only warns.

    The other form of ``cross_checks`` (``is: distinct``); ``says``: why one event cannot serve twice.
    """

    id: str
    documents: tuple[EvidenceRef, ...]
    says: str
    applies_when: Condition | None = None
