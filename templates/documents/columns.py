"""How wide the columns of a table are: their shares, widened where a head would break inside a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from templates.documents.model import Table
from templates.documents.words import cell_words

_MAY_BREAK = re.compile(r"(?<=[、，；）])|(?=（)|\s+")
_DAY = cell_words(date(2018, 12, 30))


def column_widths(table: Table, room: float, measure: Callable[[str], float], side: float) -> list[float]:
    """``measure``: of a head's words; ``side``: what of a column, left and right, holds none. What one column lacks
    those give that have more than they need, each by what it has over; where the room is too small for all the words
    the shares stand."""
    whole = table.whole or sum(column.width for column in table.columns)
    shares = [room * column.width / whole for column in table.columns]
    needs = [
        max(map(measure, (*_words(column.heading), *([_DAY] if column.kind == "date" else [])))) + side
        for column in table.columns
    ]
    lacking = sum(max(0.0, need - share) for need, share in zip(needs, shares, strict=True))
    over = sum(max(0.0, share - need) for need, share in zip(needs, shares, strict=True))
    if lacking > over:
        return shares
    return [
        need if share < need else share - lacking * (share - need) / over if lacking else share
        for need, share in zip(needs, shares, strict=True)
    ]


def _words(heading: str) -> Sequence[str]:
    """What must not be broken of it."""
    return list(filter(None, _MAY_BREAK.split(heading))) or [""]
