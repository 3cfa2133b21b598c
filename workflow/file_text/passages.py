"""A file's text in pieces, each with its place, and the limits of what is read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_LISTED = 12
WHOLE = "全文"  # an unread part that is all of the file begins so
MOST_CHARACTERS = 2_000_000
MOST_PIECES = 100_000
MOST_PAGES = 300
MOST_UNPACKED = 48 * 1024 * 1024
_SECONDS = 10.0


class Passage(NamedTuple):
    """A paragraph, a cell, or a page of a PDF. ``table``: whose cell it is, with ``row`` and ``column`` from 1.

    ``first``: on the first page or sheet, or among the first paragraphs.
    """

    place: str
    text: str
    first: bool = False
    table: str = ""
    row: int = 0
    column: int = 0


class FileText(NamedTuple):
    """``unread``: what was not looked at and why, each in words; a file whose text was all read has none."""

    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()


class StoppedError(Exception):
    """A limit is reached: the rest is not read. Says which."""


class Limits:
    """Counts what is read. Raises StoppedError."""

    def __init__(self) -> None:
        self._end = time.monotonic() + _SECONDS
        self._pieces = self._characters = self._unpacked = 0

    def unpacked(self, size: int) -> None:
        """So many more bytes came out of the archive."""
        self._unpacked += size
        if self._unpacked > MOST_UNPACKED:
            raise StoppedError(f"展开后超过{MOST_UNPACKED // 1024 // 1024}MB的部分")
        self.in_time()

    def counted(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        """The same passages, as far as the limits go."""
        for passage in passages:
            self._pieces += 1
            self._characters += len(passage.text)
            if self._pieces > MOST_PIECES or self._characters > MOST_CHARACTERS:
                raise StoppedError(f"“{passage.place}”以后的部分（文字过多）")
            yield passage

    def in_time(self, place: str = "") -> None:
        """Stop where it has taken too long."""
        if time.monotonic() > self._end:
            raise StoppedError(f"{place or '余下的部分'}（读取用时过长）")


def pages_unread(blank: Sequence[int], pages: int) -> list[str]:
    """Of that many pages those without text, and those beyond the last that is read, in words."""
    unread = []
    if blank and len(blank) == pages:
        unread.append(f"{WHOLE}（扫描件，没有文字）")
    elif blank:
        named = "、".join(map(str, blank[:_LISTED])) + ("等" if len(blank) > _LISTED else "")
        unread.append(f"第{named}页（没有文字，可能是扫描的）")
    if pages > MOST_PAGES:
        unread.append(f"第{MOST_PAGES + 1}页以后（共{pages}页）")
    return unread
