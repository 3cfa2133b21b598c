"""Two texts or rows side by side: which words are in one only, in runs a person can read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indicators.comparing.whole_words import snap_to_words
from indicators.model import Indicator, Standard
from indicators.wording import Wording

Side = Literal["both", "first", "second"]
Aspect = Literal["statement", "methods", "units", "condition", "measures"]
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
_MARKS = re.compile(r"[，。、；：？！（）“”《》%％\s]+")
_SMALL = 2  # 两处改动之间只剩一两个字相同时并作一处，否则满篇都是零碎的标记
ASPECTS: dict[Aspect, str] = {
    "statement": "原文",
    "methods": "评估方法",
    "units": "责任单位",
    "condition": "适用条件",
    "measures": "要求",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stands in both texts or in one of them."""

    text: str
    side: Side


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of either standard; ``differing`` is empty where only one has it."""

    id: str
    first: Indicator | None
    second: Indicator | None
    differing: frozenset[Aspect]

    @property
    def alike(self) -> bool:
        """Whether both have it, and in the same words."""
        return self.first is not None and self.second is not None and not self.differing


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


def compared_rows(first: Standard, second: Standard, words: tuple[Wording, Wording]) -> tuple[ComparedRow, ...]:
    """Every row of either, in printed order, the second's own rows after the first's of the same section; vetoes last.

    A column that one of the documents does not print at all (评估方法, 责任单位) is no difference of its rows.
    """
    columns = {
        "methods": all(any(row.methods for row in one.rows()) for one in (first, second)),
        "units": all(any(row.responsible_units for row in one.rows()) for one in (first, second)),
    }
    rows = []
    for row_id in _ids(first, second):
        old, new = first.row(row_id), second.row(row_id)
        differing: frozenset[Aspect] = frozenset()
        if old is not None and new is not None:
            found = (one for one in _differing(old, new, words) if columns.get(one, True))
            differing = frozenset(found)
        rows.append(ComparedRow(row_id, old, new, differing))
    return tuple(rows)


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


def _ids(first: Standard, second: Standard) -> tuple[str, ...]:
    """Ids in the order of print: a row only the second has stands after the one it follows there."""
    order = [row.id for row in first.indicators]
    shared = any(row.id in order for row in second.indicators)
    previous: str | None = None
    for row in second.indicators:
        if row.id not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0 if shared else len(order), row.id)
        previous = row.id
    return tuple(dict.fromkeys((*order, *(row.id for one in (first, second) for row in one.vetoes))))


def _differing(old: Indicator, new: Indicator, words: tuple[Wording, Wording]) -> Iterator[Aspect]:
    before, after = words
    if old.statement != new.statement:
        yield "statement"
    if (old.methods, old.methods_inherited) != (new.methods, new.methods_inherited):
        yield "methods"
    if old.responsible_units != new.responsible_units:
        yield "units"
    conditions = [
        words.condition(row.applies_when) if row.applies_when else "" for words, row in ((before, old), (after, new))
    ]
    if conditions[0] != conditions[1]:
        yield "condition"
    if [before.measure(one) for one in old.measures] != [after.measure(one) for one in new.measures]:
        yield "measures"
