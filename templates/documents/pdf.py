"""A `Document` as PDF, through the strips engine; nothing that people typed is ever parsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from templates.archive.pdf_a import PageLabel
from templates.composing.composer import Composer
from templates.composing.contents import contents_line
from templates.composing.drawing import Drawn, StripDrawer, begin_pdf
from templates.composing.paper import paper
from templates.documents.columns import column_widths
from templates.documents.keeping import stays_with_next
from templates.documents.model import (
    Align,
    Bars,
    Block,
    CellValue,
    Column,
    Document,
    Fields,
    Heading,
    PageBreak,
    Prose,
    RenderedDocument,
    Signatures,
    Small,
    Table,
)
from templates.documents.words import cell_words, missing_words, signature_words
from templates.text import cleaning
from templates.text.flow import Bar, ContentsEntry, Strip, paged, running
from templates.text.setting import SetLine
from templates.text.sheet import points

_COVER_DOWN, _COVER_GAP = 0.24, 0.14  # of the type area: above a cover's title; below it, and above what is ours
_LABEL = points(34)  # of a field
_FILLED, _EMPTY = 0.35, 0.88  # greys of a bar
_BAR_LABEL, _BAR_FIGURE = points(42), points(24)
_SIGN_DOWN = 14.0
_CLOSE = 4  # characters between 落款 and the right edge
_SHORT = 2  # lines
_RAGGED = 16  # characters: a column no wider is not justified, whose letters would stand apart
_CENTRED = frozenset({"number", "date"})


def render_pdf(document: Document) -> RenderedDocument:
    """The whole file. The same document gives the same bytes. Raises TypefaceError for an unusable configured font."""
    return _Pages(document).render()


class _Pages(Composer):
    """One document being set."""

    def __init__(self, document: Document) -> None:
        super().__init__(paper(document.paper))
        self.document = document

    def render(self) -> RenderedDocument:
        document, room = self.document, self.layout.page.text_height
        body = self._body()
        cover = paged(list(self._front()), room) if document.cover else []
        if not document.cover:
            body = [*self._front(), *body]
        # What no font has is known when everything has been set, and told once, at the end.
        body += self._missing()
        pages = paged(body, room)
        entries = [
            (strip.entry, number)
            for number, plan in enumerate(pages)
            for strip in plan.strips
            if strip.entry is not None and strip.entry.level < document.contents
        ]
        listed = paged(list(self._contents(entries, 0)), room) if entries else []
        if listed:
            listed = paged(list(self._contents(entries, len(listed))), room)
        drawn = begin_pdf(self.layout, self.setter.faces, document.name)
        drawer, numbered = StripDrawer(self.layout), [*listed, *pages]
        for at, plan in enumerate(cover):
            drawer.draw(drawn.sheet, plan, -at)
            drawn.sheet.canvas.showPage()
        for number, plan in enumerate(numbered, start=1):
            drawer.draw(drawn.sheet, plan, number)
            self._furniture(drawn, number, len(numbered))
            drawn.sheet.canvas.showPage()
        labels = [PageLabel(1, "封面")] if cover else []
        labels.append(PageLabel(len(cover) + 1, number=1))
        return RenderedDocument(drawn.saved(document.made_on, labels), tuple(self.setter.missing))

    # --- before the body

    def _front(self) -> Iterator[Strip]:
        kind, document, page = self.layout.type, self.document, self.layout.page
        above = page.text_height * _COVER_DOWN if document.cover else 0.0
        title = [line for words in document.title for line in self.title(words)]
        yield from running(title, kind.title_leading, space_above=above)
        if document.mark:
            marked = self.titled(f"〔{document.mark}〕", kind.heading, page.text_width, centred=True)
            yield from running(marked, kind.heading_leading)
        gap = page.text_height * _COVER_GAP if document.cover else kind.body * 0.6
        for at, (label, text) in enumerate(document.about):
            words = f"{label}：{text}" if label else text
            lines = self.setter.cell(words, kind.body, page.text_width, centred=True)
            yield from running(lines, kind.leading, space_above=gap if at == 0 else 0)
        if document.ours:
            yield from self.small(document.ours, space_above=gap)

    def _missing(self) -> list[Strip]:
        told = missing_words(tuple(self.setter.missing))
        return self.small(told, space_above=self.layout.type.body) if told else []

    def _contents(self, entries: Sequence[tuple[ContentsEntry, int]], shift: int) -> Iterator[Strip]:
        kind, width = self.layout.type, self.layout.page.text_width
        yield from running(self.titled("目　录", kind.heading, width, centred=True), kind.heading_leading + 6)
        for entry, number in entries:
            yield contents_line(self, entry, number + shift + 1)

    # --- the body

    def _body(self) -> list[Strip]:
        strips: list[Strip] = []
        breaks = False
        for block, stays in zip(self.document.blocks, stays_with_next(self.document.blocks), strict=True):
            if isinstance(block, PageBreak):
                breaks = True
                continue
            made = self._block(block)
            if stays:
                last = -2 if isinstance(block, Table | Fields) else -1  # behind a table's last row stands a gap
                made[last:] = [replace(strip, keep=True) for strip in made[last:]]
            if breaks and made:
                made[0] = replace(made[0], new_page=True)
                breaks = False
            strips += made
        return strips

    def _block(self, block: Block) -> list[Strip]:
        if isinstance(block, Heading):
            return self.heading(block.text, block.level - 1, centred=block.align == "centre")
        if isinstance(block, Prose):
            return self.prose(block.text) if block.align is None else self._aligned(block.text, block.align)
        if isinstance(block, Small):
            return [strip for words in cleaning.paragraphs(block.text) for strip in self.small(words, space_above=2)]
        if isinstance(block, Fields):
            return self._fields(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Bars):
            return self._bars(block)
        if isinstance(block, Signatures):
            return self._signatures(block)
        return []

    def _aligned(self, text: str, align: Align) -> list[Strip]:
        kind, width = self.layout.type, self.layout.page.text_width
        set_lines = [
            self.setter.cell(words, kind.body, width, centred=align == "centre") for words in cleaning.paragraphs(text)
        ]
        if align != "right":
            return [strip for lines in set_lines for strip in running(lines, kind.leading)]
        widths = [max(line.line.natural for line in lines) * kind.body for lines in set_lines]
        middle = width - _CLOSE * kind.body - widths[-1] / 2
        strips: list[Strip] = []
        for lines, wide in zip(set_lines, widths, strict=True):
            left = max(0.0, min(middle - wide / 2, width - wide))
            strips += [replace(strip, keep=True) for strip in running(lines, kind.leading, left=left)]
        strips[-1] = replace(strips[-1], keep=False)
        return strips

    def _fields(self, block: Fields) -> list[Strip]:
        page, size = self.layout.page, self._cell_size
        pair = page.text_width / block.across
        label = min(_LABEL, pair * 0.4)
        grid = self.grid([label, pair - label] * block.across)
        strips: list[Strip] = []
        for first in range(0, len(block.fields), block.across):
            group = block.fields[first : first + block.across]
            cells: list[list[SetLine]] = []
            for field in group:
                cells.append(self.titled(field.label, size, self.inner(grid, len(cells))))
                cells.append(self._paragraphs(field.value, self.inner(grid, len(cells))))
            cells += [[] for _ in range(2 * (block.across - len(group)))]
            strips += self.row(grid, cells, least=max(field.lines for field in group))
        return self._spaced(strips)

    def _table(self, block: Table) -> list[Strip]:
        size, width = self._cell_size, self.layout.page.text_width
        grid = self.grid(column_widths(block, width, self._head_width, 2 * self.layout.side))
        head = [
            self.titled(column.heading, size, self.inner(grid, at), centred=True)
            for at, column in enumerate(block.columns)
        ]
        rows = []
        for row in block.rows:
            cells = [
                self._cell(value, column, self.inner(grid, at))
                for at, (column, value) in enumerate(zip(block.columns, row, strict=True))
            ]
            rows.append(self.row(grid, cells, least=block.lines))
        for at in {0, 1, len(rows) - 2} & set(range(len(rows) - 1)):
            # Of short rows a few begin a page's part of the table, and none ends it alone.
            if max(len(rows[at]), len(rows[at + 1])) <= _SHORT:
                rows[at][-1] = replace(rows[at][-1], keep=True)
        return self._spaced([*self.row(grid, head, heads=True), *chain.from_iterable(rows)])

    def _head_width(self, words: str) -> float:
        lines = self.titled(words, self._cell_size, self.layout.page.text_width)
        return max((line.line.natural * line.size for line in lines), default=0.0)

    def _cell(self, value: CellValue, column: Column, width: float) -> list[SetLine]:
        words = cell_words(value)
        align = column.align or ("centre" if column.kind in _CENTRED else "left")
        lines = self._paragraphs(words, width, centred=align == "centre")
        if align != "right" and width > _RAGGED * self._cell_size:
            return lines
        if align != "right":
            return [replace(line, line=replace(line.line, last=True)) for line in lines]
        return [
            replace(line, line=replace(line.line, indent=line.line.indent + line.line.room - line.line.natural))
            for line in lines
        ]

    def _paragraphs(self, text: str, width: float, *, centred: bool = False) -> list[SetLine]:
        size = self._cell_size
        return [
            line
            for words in cleaning.paragraphs(text)
            for line in self.setter.cell(words, size, width, centred=centred)
        ]

    def _bars(self, block: Bars) -> list[Strip]:
        width, size = self.layout.page.text_width, self._cell_size
        room = width - _BAR_LABEL - _BAR_FIGURE
        strips = []
        for bar in block.bars:
            label = self.setter.cell(bar.label, size, _BAR_LABEL - self.layout.side, centred=False)[:1]
            figure = self.setter.cell(f"{bar.part}/{bar.whole}", size, _BAR_FIGURE, centred=False)[:1]
            part = room * bar.part / bar.whole if bar.whole else 0.0
            cells = [(0.0, line) for line in label] + [(width - _BAR_FIGURE + points(3), line) for line in figure]
            drawn = [Bar(_BAR_LABEL + part, room - part, _EMPTY)] if part < room else []
            drawn += [Bar(_BAR_LABEL, part, _FILLED)] if part else []
            height = self.layout.type.leading
            strips.append(Strip(height, tuple(cells), leading=height, keep=True, bars=tuple(drawn)))
        return strips

    def _signatures(self, block: Signatures) -> list[Strip]:
        kind, width = self.layout.type, self.layout.page.text_width
        strips: list[Strip] = []
        for words in signature_words(block, int(width / kind.body)):
            lines = self.setter.cell(words, kind.body, width, centred=False)
            strips += [replace(strip, keep=True) for strip in running(lines, kind.leading, space_above=_SIGN_DOWN)]
        strips[-1] = replace(strips[-1], keep=False)
        return strips

    @property
    def _cell_size(self) -> float:
        return self.layout.type.small + 0.5

    def _spaced(self, strips: list[Strip]) -> list[Strip]:
        """A table with a little room above and below it."""
        gap = Strip(self.layout.type.small * 0.6)
        return [replace(gap, keep=True), *strips, gap]

    # --- furniture

    def _furniture(self, drawn: Drawn, number: int, of: int) -> None:
        page, kind, faces, document = self.layout.page, self.layout.type, self.setter.faces, self.document
        sheet = drawn.sheet
        if document.paper != "letter" and (document.cover or number > 1):
            head = self.titled(document.name, kind.small, page.text_width)[:1]
            sheet.lines(head, page.left, page.top - points(9), kind.small_leading)
            line = page.top - points(4)
            sheet.rule(page.left, line, page.right, line, 0.3)
        elif document.mark and number > 1:
            sheet.lines(
                self.titled(document.mark, kind.small, page.text_width), page.left, points(20), kind.small_leading
            )
        counted = self.layout.page_number.format(page=number, pages=of)
        middle = page.left + page.text_width / 2
        size = kind.body - 2 if document.paper == "letter" else kind.small + 1
        sheet.word(counted, faces.serif, size, middle, self.layout.foot, align="centre")
        if document.code:
            sheet.word(document.code, faces.serif, kind.small - 1, page.right, self.layout.foot, align="right")
