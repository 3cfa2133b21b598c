"""What other rules change in a row, as data; `indicators.comparing.row_revisions` finds it.

Standard library only, as `indicators.model.standard`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["row", "statement", "condition", "threshold", "measure", "evidence"]
RowFate = Literal["added", "removed", "changed"]
_AROUND, _LONGEST = 10, 60
_GAP = "……"


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing that differs in a row. ``id``, ``label``: of the measure or document, else empty.

    ``old``, ``new``: short words, empty where one side does not have it. ``standards``: names of those it is changed
    in, none where it is in all that have the row.
    """

    part: Part
    id: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRevised:
    """A row of a round's standards: new in all of them, gone from all, or changed."""

    row: str
    fate: RowFate
    revisions: tuple[Revision, ...] = ()


def where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Both texts cut to what differs, with up to 10 equal characters kept on either side; at most 60 characters."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    first, last = max(0, head - _AROUND), max(0, tail - _AROUND)
    return _cut(old, first, len(old) - last), _cut(new, first, len(new) - last)


def _cut(text: str, first: int, last: int) -> str:
    long = last - first > _LONGEST
    shown = text[first : first + _LONGEST] if long else text[first:last]
    return f"{_GAP if first else ''}{shown}{_GAP if long or last < len(text) else ''}"
