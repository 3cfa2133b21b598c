"""Text that runs over pages: strips one line high, put on pages before anything is drawn. In points.

A strip is a line of running text or one line of a table row's every cell, so that a row may run on over a page's end
and nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from templates.text.setting import SetLine

_WORTH_BEGINNING = 1 / 3


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; ``level`` from 0."""

    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Span:
    """A cell over several rows (项目, 内容): its lines stand at its top, and again where it goes on on a new page.

    ``key`` tells one cell from the next of the same words.
    """

    key: str
    lines: tuple[SetLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The columns of one table: their edges from the left of the type area. Tables are told apart by identity."""

    edges: tuple[float, ...]


class Bar(NamedTuple):
    """A filled bar that stands in its strip; ``grey`` from 0 (black) to 1."""

    left: float
    width: float
    grey: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One line across the type area: set lines with their left edges, ``height`` high, text ``down`` from its top.

    ``keep``: stays with the next strip. ``grid``: the table it is a part of; None for running text. ``spans``: the
    cells over several rows it runs through, one per such column, from the first. ``opens``: from which column on a
    rule stands above it; None = none. ``heads``: head of a table, which stands again above its strips on every page.
    ``resumes``: stands above this strip where a page begins with it, to say what goes on. ``picture``: a file that
    fills the strip, as wide as its shape asks. ``bars``: drawn in the middle of the strip's height. ``new_page``:
    begins a page.
    """

    height: float
    cells: tuple[tuple[float, SetLine], ...] = ()
    down: float = 0.0
    leading: float = 0.0
    keep: bool = False
    entry: ContentsEntry | None = None
    grid: Grid | None = None
    spans: tuple[Span, ...] = ()
    opens: int | None = None
    heads: bool = False
    resumes: Strip | None = None
    picture: Path | None = None
    bars: tuple[Bar, ...] = ()
    new_page: bool = False


@dataclass(slots=True)
class PagePlan:
    """The strips of one page."""

    strips: list[Strip] = field(default_factory=list)


def paged(strips: Sequence[Strip], room: float) -> list[PagePlan]:
    """The strips on pages with ``room`` each; what is kept together longer than a page breaks where the page ends."""
    pages = [PagePlan()]
    left = room
    top: list[Strip] = []  # the head of the table in hand

    def head_of(strip: Strip) -> list[Strip]:
        return top if top and not strip.heads and strip.grid is top[0].grid else []

    def turn(first: Strip) -> None:
        nonlocal left
        above = [*head_of(first), *([first.resumes] if first.resumes is not None else [])]
        pages.append(PagePlan(above))
        left = room - sum(strip.height for strip in above)

    for group in _groups(strips):
        height = sum(strip.height for strip in group)
        whole = height <= room - sum(strip.height for strip in head_of(group[0]))
        # What cannot be kept whole begins on this page only where much of it has room.
        if pages[-1].strips and (group[0].new_page or (height > left and (whole or left < room * _WORTH_BEGINNING))):
            turn(group[0])
        for strip in group:
            if strip.height > left and pages[-1].strips:
                turn(strip)
            if strip.heads:
                top = [*(top if pages[-1].strips and pages[-1].strips[-1].heads else []), strip]
            pages[-1].strips.append(strip)
            left -= strip.height
    return pages


def _groups(strips: Iterable[Strip]) -> list[list[Strip]]:
    """Strips that may not be parted, together."""
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        if strip.new_page:
            groups.append([])
        groups[-1].append(strip)
        if not strip.keep:
            groups.append([])
    return [group for group in groups if group]


def running(lines: Sequence[SetLine], leading: float, *, left: float = 0.0, space_above: float = 0.0) -> list[Strip]:
    """A paragraph's lines as strips; a first or last line never stands alone on a page."""
    last = len(lines) - 1
    return [
        Strip(
            leading + (space_above if index == 0 else 0.0),
            ((left, line),),
            down=space_above if index == 0 else 0.0,
            leading=leading,
            keep=index < last and index in {0, last - 1},
        )
        for index, line in enumerate(lines)
    ]
