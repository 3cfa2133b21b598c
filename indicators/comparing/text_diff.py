"""Two standards or texts side by side: which words are in one only, in runs a person can read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indicators.comparing.row_difference import RowDifference, StandardDifference
from indicators.comparing.whole_words import snap_to_words
from indicators.model import Standard

Side = Literal["both", "first", "second"]
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
_MARKS = re.compile(r"[，。、；：？！（）“”《》%％\s]+")
_SMALL = 2  # 两处改动之间只剩一两个字相同时并作一处，否则满篇都是零碎的标记


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stands in both texts or in one of them."""

    text: str
    side: Side


def text_diff(first: str, second: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; those of ``both`` and ``first`` give the first text back whole.

    Numbers and Latin words are never divided. Where two changes have but a sign or two between them, one change is made
    of them; a change of a character or two is marked with the words it stands in.
    """
    left, right = _TOKEN.findall(first), _TOKEN.findall(second)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    changes: list[tuple[str, str, str]] = []  # what both have before a change, what goes, what comes
    same = ""
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            same = "".join(left[a:b])
            continue
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        if changes and same and _slight(same, changes[-1][1:], (gone, come)):
            before, earlier, later = changes.pop()
            changes.append((before, earlier + same + gone, later + same + come))
        else:
            changes.append((same, gone, come))
        same = ""
    changes, same = snap_to_words(changes, same)
    pieces = [piece for change in changes for piece in _pieces(*change)]
    return (*pieces, Piece(same, "both")) if same else tuple(pieces)


def side_of(pieces: Sequence[Piece], side: Literal["first", "second"]) -> tuple[Piece, ...]:
    """The pieces of one of the texts."""
    return tuple(piece for piece in pieces if piece.side in {"both", side})


def _pieces(same: str, gone: str, come: str) -> Iterator[Piece]:
    made: tuple[tuple[str, Side], ...] = ((same, "both"), (gone, "first"), (come, "second"))
    yield from (Piece(text, side) for text, side in made if text)


def _slight(same: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether what both have between two changes is too little to read; a mark alone still parts two phrases."""
    if _MARKS.fullmatch(same):
        return False
    return len(same) <= _SMALL and len(same) <= max(map(len, before)) and len(same) <= max(map(len, after))


def rows_side_by_side(difference: StandardDifference) -> tuple[RowDifference, ...]:
    """Rows in the order of print, the second's own ones after the first's of the same section, vetoes last.

    A column that one of the documents does not print at all (评估方法, 责任单位) is no difference of its rows.
    """
    pair, rows = (difference.old, difference.new), {row.id: row for row in difference.rows}
    printed = {
        "methods": all(any(row.methods for row in standard.rows()) for standard in pair),
        "units": all(any(row.responsible_units for row in standard.rows()) for standard in pair),
    }
    return tuple(
        replace(rows[key], changes=tuple(change for change in rows[key].changes if printed.get(change.part, True)))
        for key in _printed_order(*pair)
    )


def _printed_order(first: Standard, second: Standard) -> tuple[str, ...]:
    order = [row.id for row in first.indicators]
    shared = any(row.id in order for row in second.indicators)
    previous: str | None = None
    for row in second.indicators:
        if row.id not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0 if shared else len(order), row.id)
        previous = row.id
    return tuple(dict.fromkeys((*order, *(row.id for standard in (first, second) for row in standard.vetoes))))
