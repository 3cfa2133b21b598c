"""Policy documents as plain, frozen data: clauses verbatim, what each promises, and how we read it.

``held_by``, ``reads``, ``same_figure_as``, ``compare``, ``divisions`` and ``shortfalls`` are ours (本工具读法), not the
documents' words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

CommitmentKind = Literal["amount", "ratio", "count", "deadline", "duty"]
HeldBy = Literal["county", "above"]
Comparison = Literal["at_least", "at_most", "equals"]
Every = Literal["year", "quarter", "month"]
Number = int | Decimal

FACT_PREFIX = "fact"


@dataclass(frozen=True, slots=True)
class ScanCorrection:
    """A scan fault mended: at which indicator or clause, what the scan has, what stands here."""

    at: str
    scanned: str
    mended: str


@dataclass(frozen=True, slots=True)
class AnswerRef:
    """Where the county has answered the same question already: a fact, or a measure of a standard's row.

    Exactly one of ``fact`` and (``row``, ``measure``) is set. ``str()`` gives it back as written in the YAML.
    """

    fact: str | None = None
    row: str | None = None
    measure: str | None = None

    def __str__(self) -> str:
        return f"{FACT_PREFIX}/{self.fact}" if self.fact is not None else f"{self.row}/{self.measure}"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a clause promises, as data. ``quote`` is a literal part of the clause's text and holds the printed numbers.

    ``amount``, ``ratio`` and ``count`` have ``value`` and ``unit`` (``value_to``: the upper end of a printed range,
    ``per``: of whom each one has it); ``deadline`` has a date; ``duty`` has no figure. ``since`` and ``deadline`` are
    ``YYYY`` or ``YYYY-MM``, which include that whole year or month, or ``YYYY-MM-DD``. ``scope`` holds ages and grades
    (vocabulary ``scope_keys``).
    ``every``: it comes back each year, quarter or month (每年、每季度、每月), and the figure is the lowest of them.
    ``each_year_by``: the month by whose end it is due every year (每年3月底前 is 3).
    ``than``: the amount beside which it stands, as printed (孤儿基本生活费标准); the county gives both, no ``value``.
    ``conflicts_with``: commitments of the same document with which the printed words do not agree; both stand.

    Ours: ``held_by`` — who must do it (only ``county`` is asked of a county); ``reads`` — the answer that already is
    the figure; ``same_figure_as`` — the commitment of this document whose figure serves; ``compare`` — how the
    county's figure stands to the printed one.
    """

    id: str
    object: str
    kind: CommitmentKind
    quote: str
    value: Number | None = None
    value_to: Number | None = None
    unit: str | None = None
    per: str | None = None
    scope: Mapping[str, int] = field(default_factory=dict)
    since: str | None = None
    deadline: str | None = None
    conflicts_with: tuple[str, ...] = ()
    held_by: HeldBy = "county"
    reads: AnswerRef | None = None
    same_figure_as: str | None = None
    compare: Comparison = "at_least"
    every: Every | None = None
    each_year_by: int | None = None
    than: str | None = None

    @property
    def counts_members(self) -> bool:
        """Whether each of several (每个乡镇) must have that many: the county gives the least, or each by name."""
        return self.kind == "count" and self.per is not None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Ours: where what a clause lets do falls short of a standard's words.

    ``local`` occurs in the clause's text, ``standard`` in the statement of ``indicator`` in an installed standard.
    """

    indicator: str
    local: str
    standard: str
    note: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a policy document, verbatim; ``id`` is its printed number, e.g. ``二（四）``, ``二（二）1``.

    Words outside the numbering have the ids ``引言`` and ``结语``. Paragraphs of ``text`` are separated by newlines.
    ``responsible_units``: the units of its 责任单位 line, or where it has none, the units its own words charge.
    """

    id: str
    heading: str
    text: str
    responsible_units: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: its name, number as printed, and clauses in order.

    ``sections``: printed number → heading of every part that has clauses below it.
    ``date``: when it was issued. ``valid_from``, ``valid_until``: from when to when it holds, where it prints days.
    ``repeals``: ids, numbers or titles of what it repeals.
    ``divisions``: prefixes of the division codes (2, 4 or 6 digits) whose counties it binds; empty = none by itself.
    """

    id: str
    title: str
    number: str | None
    issuer: str
    date: str | None
    clauses: tuple[Clause, ...]
    mended: tuple[ScanCorrection, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    divisions: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
    repeals: tuple[str, ...] = ()

    def commitments(self) -> Iterator[tuple[Clause, Commitment]]:
        """Every commitment with its clause, in the document's order."""
        return ((clause, commitment) for clause in self.clauses for commitment in clause.commitments)

    def commitment(self, commitment_id: str) -> Commitment | None:
        """The commitment of that id, or None."""
        return next((commitment for _, commitment in self.commitments() if commitment.id == commitment_id), None)

    def repealed_by(self, other: Policy) -> bool:
        """Whether the other document says that it repeals this one."""
        return bool({self.id, self.title, self.number} & set(other.repeals))

    def binds(self, division_code: str) -> bool:
        """Whether the document binds the county of that six-digit code by itself."""
        return any(division_code.startswith(prefix) for prefix in self.divisions)
