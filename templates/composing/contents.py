"""A line of a table of contents."""

from __future__ import annotations

from templates.composing.composer import Composer
from templates.text.flow import ContentsEntry, Strip

_DOTS = "…"
_INDENT = 14.0


def contents_line(composer: Composer, entry: ContentsEntry, number: int) -> Strip:
    """Title, dots, page; a title longer than its line is shortened here only (whole at its place)."""
    kind, width, face = composer.layout.type, composer.layout.page.text_width, composer.setter.faces.serif
    left = entry.level * _INDENT
    figure = composer.setter.fixed(str(number), kind.body, width, face)[0]
    room = width - left - figure.line.natural * kind.body - 2 * kind.body
    title = composer.setter.cell(entry.title, kind.body, room, centred=False)[0]
    end = left + title.line.natural * kind.body
    start = width - figure.line.natural * kind.body
    dots = composer.setter.fixed(_DOTS * max(1, int((start - end - kind.body) / kind.body)), kind.body, width, face)[0]
    cells = (
        (left, title),
        (start - kind.body * 0.5 - dots.line.natural * kind.body, dots),
        (start, figure),
    )
    return Strip(kind.leading - 2, cells, leading=kind.leading - 2)
