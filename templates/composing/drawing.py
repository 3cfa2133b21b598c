"""Strips as pages of a PDF: words, rules, cells over several rows, bars, the outline; furniture is the document's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from templates.archive.pdf_a import PageLabel, archived
from templates.composing.paper import Paper
from templates.text import cleaning
from templates.text.flow import Grid, PagePlan, Strip
from templates.text.setting import SetLine
from templates.text.sheet import Sheet
from templates.text.typefaces import Typefaces

_SPAN_LEADING = 1.15
_TOLERANCE = 0.1
_BAR = 0.55  # of the strip's height


class Drawn(NamedTuple):
    """The sheet being drawn on, and where its bytes end up."""

    sheet: Sheet
    stream: BytesIO

    def saved(self, created: date | None = None, labels: Sequence[PageLabel] = ()) -> bytes:
        """The whole file, as PDF/A. ``created``: the day it says it was made."""
        self.sheet.canvas.save()
        return archived(self.stream.getvalue(), created, labels)


def begin_pdf(paper: Paper, faces: Typefaces, title: str) -> Drawn:
    """An empty file on that paper. The same drawing gives the same bytes; the clock is never read."""
    page, stream = paper.page, BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(page.width, page.height),
        invariant=1,
        pageCompression=1,
        initialFontName=faces.serif.name,  # else an unembedded Helvetica is declared on every page
        lang="zh-CN",
    )
    canvas.setTitle(cleaning.one_line(title))
    canvas.setCreator("demonstration-county")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return Drawn(Sheet(canvas, page.width, page.height), stream)


class StripDrawer:
    """Draws the strips of a page and its entries in the outline."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.level = -1  # of the last entry; the format knows none that is two below it

    def draw(self, sheet: Sheet, plan: PagePlan, number: int) -> None:
        """Everything of the page but its furniture; ``number`` tells this page's bookmarks from others'."""
        page, top = self.paper.page, self.paper.page.top
        for _, group in groupby(plan.strips, key=lambda strip: id(strip.grid)):
            strips = list(group)
            if strips[0].grid is not None:
                self._table(sheet, strips, strips[0].grid, top)
            for strip in strips:
                if strip.entry is not None:
                    name = f"p{number}-{top:.1f}"
                    sheet.canvas.bookmarkHorizontal(name, 0, page.height - top)
                    self.level = min(strip.entry.level, self.level + 1)
                    sheet.canvas.addOutlineEntry(strip.entry.title, name, level=self.level)
                if strip.picture is not None:
                    sheet.picture(strip.picture, page.left, top, page.text_width, strip.height)
                for bar in strip.bars:
                    height = strip.height * _BAR
                    middle = top + (strip.height - height) / 2
                    sheet.bar(page.left + bar.left, middle, bar.width, height, bar.grey)
                top += strip.height
            self._words(sheet, strips, top)

    def _words(self, sheet: Sheet, strips: Sequence[Strip], bottom: float) -> None:
        """The lines of these strips, cell by cell, so that they are read and copied as they are meant."""
        cells: dict[tuple[int, float], list[tuple[float, Strip, SetLine]]] = {}
        at, row = bottom - sum(strip.height for strip in strips), 0
        for strip in strips:
            row += strip.opens is not None or strip.grid is None
            for left, line in strip.cells:
                cells.setdefault((row, left), []).append((at + strip.down, strip, line))
            at += strip.height
        for (_, left), lines in cells.items():
            for top, strip, line in lines:
                sheet.lines([line], self.paper.page.left + left, top, strip.leading or strip.height)

    def _table(self, sheet: Sheet, strips: Sequence[Strip], grid: Grid, top: float) -> None:
        """Rules and the cells over several rows, for the strips of a table on this page."""
        paper, left = self.paper, self.paper.page.left
        right, bottom = left + grid.edges[-1], top + sum(strip.height for strip in strips)
        for edge in grid.edges:
            outside = edge in (grid.edges[0], grid.edges[-1])
            sheet.rule(left + edge, top, left + edge, bottom, paper.outer if outside else paper.inner)
        at = top
        for index, strip in enumerate(strips):
            opens = 0 if index and strips[index - 1].heads and not strip.heads else strip.opens
            if index and opens is not None:
                sheet.rule(left + grid.edges[opens], at, right, at, paper.inner)
            at += strip.height
        for height in (top, bottom):
            sheet.rule(left + grid.edges[0], height, right, height, paper.outer)
        for column in range(len(strips[0].spans)):
            self._spans(sheet, strips, grid, top, column)

    def _spans(self, sheet: Sheet, strips: Sequence[Strip], grid: Grid, top: float, column: int) -> None:
        leading, paper = self.paper.type.small_leading * _SPAN_LEADING, self.paper
        at = top
        for _, group in groupby(strips, key=lambda strip: strip.spans[column].key):
            cell = list(group)
            height = sum(strip.height for strip in cell)
            lines = cell[0].spans[column].lines
            if paper.pad + len(lines) * leading <= height + _TOLERANCE:
                sheet.lines(lines, paper.page.left + grid.edges[column], at + paper.pad, leading)
            at += height
