"""Widths of a data frame's columns by what stands in them: its grid would cut some and leave others empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_WIDE, _NARROW, _AROUND = 14, 8, 20  # pixels: a Chinese character, a Latin one, the cell's padding


def fitted(name: str, cells: Iterable[str], most: int) -> int:
    """Pixels for a column's longest cell or its name, ``most`` at the most."""
    return min(most, max(_pixels(text) for text in (name, *cells)) + _AROUND)


def _pixels(text: str) -> int:
    return sum(_WIDE if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text)
