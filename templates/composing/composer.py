"""Words set as strips of one paper: headings, running text, remarks, rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from templates.composing.paper import Paper
from templates.text import cleaning
from templates.text.flow import ContentsEntry, Grid, Strip, running
from templates.text.setting import SetLine, Setter
from templates.text.typefaces import Typeface, typefaces

_TABLE_LEADING = 1.15  # of the small leading: lines in cells stand a little further apart


class Composer:
    """Sets the parts of one document; remembers which characters no font has. Raises TypefaceError."""

    def __init__(self, layout: Paper) -> None:
        self.layout = layout
        self.setter = Setter(typefaces())

    def titled(
        self, text: str, size: float, width: float, face: Typeface | None = None, *, centred: bool = False
    ) -> list[SetLine]:
        """A heading of the document's own words, in a heading face where that has every character."""
        clean = cleaning.one_line(text)
        chosen = face or self.setter.faces.sans
        if chosen.missing(clean):
            return self.setter.cell(clean, size, width, centred=centred)
        return self.setter.fixed(clean, size, width, chosen, centred=centred)

    def title(self, text: str) -> list[SetLine]:
        """The title of the whole, its lines about as long as one another."""
        kind, face, width = self.layout.type, self.setter.faces.title, self.layout.page.text_width
        lines = self.titled(text, kind.title, width, face, centred=True)
        even = (sum(item.line.natural for item in lines) / len(lines) + 1) * kind.title if lines else width
        evened = self.titled(text, kind.title, min(width, even), face, centred=True)
        if len(evened) != len(lines):
            return lines
        return [replace(item, line=replace(item.line, room=width / kind.title)) for item in evened]

    def heading(self, text: str, level: int, *, space_above: float = 12.0, centred: bool = False) -> list[Strip]:
        """A heading that is in the contents and stays with what follows."""
        kind = self.layout.type
        size = kind.heading - 1.5 * level
        lines = self.titled(text, size, self.layout.page.text_width, centred=centred)
        strips = running(lines, kind.heading_leading - 2 * level, space_above=space_above)
        return [
            replace(strip, keep=True, entry=ContentsEntry(cleaning.one_line(text), level) if at == 0 else None)
            for at, strip in enumerate(strips)
        ]

    def prose(self, text: str | None) -> list[Strip]:
        """Paragraphs of running text, two characters indented."""
        kind = self.layout.type
        strips: list[Strip] = []
        for paragraph in cleaning.paragraphs(text):
            lines = self.setter.prose(paragraph, kind.body, self.layout.page.text_width)
            strips += running(lines, kind.leading)
        return strips

    def small(self, text: str, *, space_above: float = 0.0) -> list[Strip]:
        """A remark in small type."""
        kind = self.layout.type
        lines = self.setter.cell(text, kind.small, self.layout.page.text_width, centred=False)
        return running(lines, kind.small_leading, space_above=space_above)

    def grid(self, widths: Sequence[float]) -> Grid:
        """A table of columns so wide, from the left edge of the type area."""
        return Grid(tuple(sum(widths[:index]) for index in range(len(widths) + 1)))

    def row(
        self, grid: Grid, cells: Sequence[Sequence[SetLine]], *, least: int = 1, heads: bool = False
    ) -> list[Strip]:
        """A row of a table, its cells already set to `inner` widths; it stands whole wherever a page has room for it.

        ``least``: so many lines high at least. ``heads``: the head, which stands again on every page.
        """
        kind, layout = self.layout.type, self.layout
        leading, count = kind.small_leading * _TABLE_LEADING, max(least, *(len(lines) for lines in cells))
        strips = []
        for index in range(count):
            above = layout.pad if index == 0 else 0.0
            below = layout.pad if index == count - 1 else 0.0
            shown = tuple(
                (grid.edges[at] + layout.side, lines[index]) for at, lines in enumerate(cells) if index < len(lines)
            )
            strips.append(
                Strip(
                    leading + above + below, shown, above, leading,
                    keep=heads or index < count - 1, grid=grid, opens=0 if index == 0 else None, heads=heads,
                )
            )  # fmt: skip
        return strips

    def inner(self, grid: Grid, column: int) -> float:
        """How wide the words of a column may be."""
        return grid.edges[column + 1] - grid.edges[column] - 2 * self.layout.side
