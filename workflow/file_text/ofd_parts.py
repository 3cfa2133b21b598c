"""OFD (GB/T 33190), the format of electronic official documents: the texts of its pages, put together line by line.

A page draws its words as objects at places, a line or a single character each; what stands at one height is a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from workflow.file_text.office_parts import Archive, Attributes
from workflow.file_text.passages import MOST_PAGES, Passage, pages_unread

_SAME_LINE, _APART = 1.5, 1.5  # millimetres
_DOCUMENT = re.compile(r"(?:.*/)?document\.xml", re.IGNORECASE)


class _Piece(NamedTuple):
    """Words at a place: from the top, from the left, to where their object ends."""

    top: float
    left: float
    right: float
    words: str


class _Pieces:
    """Gathers what a part draws; remarks of annotations are lines of their own."""

    def __init__(self) -> None:
        self.drawn: list[_Piece] = []
        self.said: list[str] = []
        self._box = (0.0, 0.0, 0.0)
        self._at = (0.0, 0.0)
        self._words: list[str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "TextObject":
            left, top, width = (*_numbers(attributes.get("Boundary", "")), 0.0, 0.0, 0.0)[:3]
            self._box, self._at = (left, top, left + width), (0.0, 0.0)
        elif tag == "TextCode":
            across, down = self._at
            self._at = (_number(attributes.get("X"), across), _number(attributes.get("Y"), down))
            self._words = []
        elif tag in {"Remark", "Parameter"}:
            self._words = []

    def end(self, tag: str) -> None:
        words, self._words = "".join(self._words or ()), None
        if tag == "TextCode" and words:
            left, top, right = self._box
            self.drawn.append(_Piece(top + self._at[1], left + self._at[0], right, words))
        elif words.strip():
            self.said.append(words)

    def text(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def lines(self) -> Iterator[str]:
        """From the top down, each from the left."""
        line: list[_Piece] = []
        for piece in sorted(self.drawn):
            if line and piece.top - line[0].top > _SAME_LINE:
                yield _joined(line)
                line = []
            line.append(piece)
        if line:
            yield _joined(line)
        yield from self.said


def ofd_passages(archive: Archive) -> Iterator[Passage]:
    """The pages in their order, then templates, annotations and whatever else holds words."""
    pages = list(_pages(archive))
    blank: list[int] = []
    for number, name in enumerate(pages[:MOST_PAGES], start=1):
        failed = len(archive.unread)
        text = _drawn(archive, name)
        if text:
            yield Passage(f"第{number}页", text, number == 1)
        elif len(archive.unread) == failed:
            blank.append(number)
    archive.unread += pages_unread(blank, len(pages))
    for name in sorted(archive.parts):
        if name.lower().endswith(".xml") and name not in pages and (text := _drawn(archive, name)):
            yield Passage("模板、批注等其他文字", text)


def _drawn(archive: Archive, name: str) -> str:
    """The words of a part; empty where it has none."""
    pieces = _Pieces()
    for _ in archive.parse(name, pieces.start, pieces.end, pieces.text):
        pass
    text = "\n".join(pieces.lines())
    return text if text.strip() else ""


def _pages(archive: Archive) -> Iterator[str]:
    """The parts that the documents list as their pages."""
    for document in sorted(name for name in archive.parts if _DOCUMENT.fullmatch(name)):
        listed: list[str] = []

        def page(tag: str, attributes: Attributes, listed: list[str] = listed) -> None:
            if tag == "Page":
                listed.append(attributes.get("BaseLoc", ""))

        for _ in archive.parse(document, page, lambda _: None, lambda _: None):
            pass
        folder = posixpath.dirname(document)
        for place in listed:
            name = place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))
            if name in archive.parts:
                yield name


def _joined(line: list[_Piece]) -> str:
    line.sort(key=lambda piece: piece.left)
    words, end = "", None
    for piece in line:
        gap = " " if end is not None and piece.left - end > _APART else ""
        words, end = f"{words}{gap}{piece.words}", piece.right
    return words


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(_number(part, 0.0) for part in text.split())


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
