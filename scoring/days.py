"""Days and months: a document may be dated to the month, and then counts as any day of it that fits."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# No day of a round, a paper or a review lies before this year: a slip of the keys.
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month a document is dated to where its day is not known: 2017-09."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Raises ValueError for what is no month of the calendar."""
        date(self.year, self.month, 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def isoformat(self) -> str:
        """2017-09, as files and screens write it."""
        return f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        return self.isoformat()


DocumentDate = date | Month


def first_day(dated: DocumentDate) -> date:
    """The earliest day it may mean."""
    return dated.first if isinstance(dated, Month) else dated


def last_day(dated: DocumentDate) -> date:
    """The latest day it may mean."""
    return dated.last if isinstance(dated, Month) else dated


class Window(NamedTuple):
    """The days a document may be dated, both included; ``first`` None: from any day on."""

    first: date | None
    last: date

    def holds(self, dated: DocumentDate) -> bool:
        """Whether some day it may mean lies inside."""
        return first_day(dated) <= self.last and (self.first is None or last_day(dated) >= self.first)
