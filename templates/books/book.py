"""Printed rules: title, contents with page numbers, running text, 第x页 共y页; drawn from strips."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from templates.application_form.check_sheet import missing_in_words
from templates.books.layout import BookLayout, rules_book
from templates.text import cleaning
from templates.text.flow import ContentsEntry, PagePlan, Strip, paged, running
from templates.text.setting import SetLine, Setter
from templates.text.sheet import Sheet, points
from templates.text.typefaces import Typeface, typefaces

_DOTS = "…"
_INDENT = 14.0


@dataclass(frozen=True, slots=True)
class RenderedBook:
    """The file, the characters that print as 〓 because no font has them, and the number of pages."""

    pdf: bytes
    missing_glyphs: tuple[str, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the contents: the title, lines about it, and what of the print is ours."""

    title: str
    about: tuple[str, ...]
    ours: str
    fingerprint: str


class Book:
    """Sets and draws one document."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.layout: BookLayout = rules_book()
        self.setter = Setter(typefaces())

    # --- setting

    def titled(
        self, text: str, size: float, width: float, face: Typeface | None = None, *, centred: bool = False
    ) -> list[SetLine]:
        """A heading of the document's own words, in a heading face where that has every character."""
        clean = cleaning.one_line(text)
        chosen = face or self.setter.faces.sans
        if chosen.missing(clean):
            return self.setter.cell(clean, size, width, centred=centred)
        return self.setter.fixed(clean, size, width, chosen, centred=centred)

    def heading(self, text: str, level: int, *, space_above: float = 12.0) -> list[Strip]:
        """A heading that is in the contents and stays with what follows."""
        kind = self.layout.type
        size = kind.heading - 1.5 * level
        lines = self.titled(text, size, self.layout.page.text_width)
        strips = running(lines, kind.heading_leading - 2 * level, space_above=space_above)
        return [
            _kept(strip, ContentsEntry(cleaning.one_line(text), level) if at == 0 else None)
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

    # --- making

    def render(self, body: Sequence[Strip]) -> RenderedBook:
        """The whole file. The same arguments give the same bytes; the clock is never read."""
        page = self.layout.page
        pages = paged(body, page.text_height)
        entries = [
            (strip.entry, number)
            for number, plan in enumerate(pages)
            for strip in plan.strips
            if strip.entry is not None
        ]
        list(self._front(entries, 0))  # what no font has may stand here first, and is told here
        blank = paged(list(self._front(entries, 0)), page.text_height)
        front = paged(list(self._front(entries, len(blank))), page.text_height)
        whole = [*front, *pages]

        stream = io.BytesIO()
        canvas = Canvas(
            stream,
            pagesize=(page.width, page.height),
            invariant=1,
            pageCompression=1,
            initialFontName=self.setter.faces.serif.name,
            lang="zh-CN",
        )
        canvas.setTitle(cleaning.one_line(self.front.title))
        canvas.setCreator("demonstration-county")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        sheet = Sheet(canvas, page.width, page.height)
        self._mark(canvas, "contents", "目录", 0)
        for number, plan in enumerate(whole, start=1):
            self._page(sheet, plan, number, len(whole), first_body=len(front))
            canvas.showPage()
        canvas.save()
        return RenderedBook(stream.getvalue(), tuple(self.setter.missing), len(whole))

    def _front(self, entries: Sequence[tuple[ContentsEntry, int]], shift: int) -> Iterator[Strip]:
        kind, width, faces = self.layout.type, self.layout.page.text_width, self.setter.faces
        yield from running(self._title(width), kind.title_leading, space_above=18)
        for at, line in enumerate(self.front.about):
            lines = self.setter.cell(line, kind.body, width, centred=True)
            yield from running(lines, kind.leading, space_above=8 if at == 0 else 0)
        code = self.front.fingerprint
        for at, half in enumerate((f"指纹 {code[:32]}", code[32:])):
            lines = self.setter.fixed(half, kind.small, width, faces.serif, centred=True)
            yield from running(lines, kind.small_leading, space_above=6 if at == 0 else 0)
        yield from self.small(self.front.ours, space_above=8)
        if self.setter.missing:
            listed = missing_in_words(tuple(self.setter.missing))
            yield from self.small(f"以下字符字库中没有，已印作“〓”：{listed}。请核对原文。", space_above=4)
        yield from running(self.titled("目录", kind.heading, width, centred=True), kind.heading_leading, space_above=14)
        for entry, number in entries:
            yield self._contents_line(entry, number + shift + 1)

    def _title(self, width: float) -> list[SetLine]:
        """The title, its lines about as long as one another."""
        kind, face = self.layout.type, self.setter.faces.title
        lines = self.titled(self.front.title, kind.title, width, face, centred=True)
        even = (sum(item.line.natural for item in lines) / len(lines) + 1) * kind.title if lines else width
        evened = self.titled(self.front.title, kind.title, min(width, even), face, centred=True)
        if len(evened) != len(lines):
            return lines
        return [replace(item, line=replace(item.line, room=width / kind.title)) for item in evened]

    def _contents_line(self, entry: ContentsEntry, number: int) -> Strip:
        """Title, dots, page; a title longer than its line is shortened here only (whole at its place)."""
        kind, width, face = self.layout.type, self.layout.page.text_width, self.setter.faces.serif
        left = entry.level * _INDENT
        figure = self.setter.fixed(str(number), kind.body, width, face)[0]
        room = width - left - figure.line.natural * kind.body - 2 * kind.body
        title = self.setter.cell(entry.title, kind.body, room, centred=False)[0]
        end = left + title.line.natural * kind.body
        start = width - figure.line.natural * kind.body
        dots = self.setter.fixed(_DOTS * max(1, int((start - end - kind.body) / kind.body)), kind.body, width, face)[0]
        cells = (
            (left, title),
            (start - kind.body * 0.5 - dots.line.natural * kind.body, dots),
            (start, figure),
        )
        return Strip(kind.leading - 2, cells, leading=kind.leading - 2)

    # --- drawing

    def _page(self, sheet: Sheet, plan: PagePlan, number: int, of: int, *, first_body: int) -> None:
        page, kind, faces = self.layout.page, self.layout.type, self.setter.faces
        top = page.top
        for tabled, group in groupby(plan.strips, key=lambda strip: bool(strip.spans)):
            strips = list(group)
            if tabled:
                self._table(sheet, strips, top)
            for strip in strips:
                if strip.entry is not None:
                    name = f"p{number}-{top:.1f}"
                    sheet.canvas.bookmarkHorizontal(name, 0, page.height - top)
                    sheet.canvas.addOutlineEntry(strip.entry.title, name, level=strip.entry.level)
                if strip.picture is not None:
                    sheet.picture(strip.picture, page.left, top, page.text_width, strip.height)
                top += strip.height
            self._words(sheet, strips, top)
        if number > first_body:
            head = self.titled(self.front.title, kind.small, page.text_width)[:1]
            sheet.lines(head, page.left, page.top - points(9), kind.small_leading)
            line = page.top - points(4)
            sheet.rule(page.left, line, page.right, line, 0.3)
        middle = page.left + page.text_width / 2
        counted = f"第{number}页　共{of}页"
        sheet.word(counted, faces.serif, kind.small + 1, middle, self.layout.foot, align="centre")
        short = f"指纹 {self.front.fingerprint[:16]}"
        sheet.word(short, faces.serif, kind.small - 1, page.right, self.layout.foot, align="right")

    def _words(self, sheet: Sheet, strips: Sequence[Strip], bottom: float) -> None:
        """The lines of these strips, cell by cell, so that they are read and copied as they are meant."""
        cells: dict[tuple[int, float], list[tuple[float, Strip, SetLine]]] = {}
        at, row = bottom - sum(strip.height for strip in strips), 0
        for strip in strips:
            row += strip.opens is not None or not strip.spans
            for left, line in strip.cells:
                cells.setdefault((row, left), []).append((at + strip.down, strip, line))
            at += strip.height
        for (_, left), lines in cells.items():
            for top, strip, line in lines:
                sheet.lines([line], self.layout.page.left + left, top, strip.leading or strip.height)

    def _table(self, sheet: Sheet, strips: Sequence[Strip], top: float) -> None:
        """Rules and the cells over several rows, for the strips of a table on this page."""
        layout, left = self.layout, self.layout.page.left
        bottom = top + sum(strip.height for strip in strips)
        for index in range(len(layout.columns) + 1):
            x = left + layout.column(index)
            sheet.rule(x, top, x, bottom, layout.outer if index in {0, len(layout.columns)} else layout.inner)
        at = top
        for index, strip in enumerate(strips):
            opens = 0 if index and strips[index - 1].heads else strip.opens
            if index and opens is not None:
                sheet.rule(left + layout.column(opens), at, layout.page.right, at, layout.inner)
            at += strip.height
        for edge in (top, bottom):
            sheet.rule(left, edge, layout.page.right, edge, layout.outer)
        for column in range(len(strips[0].spans)):
            self._spans(sheet, strips, top, column)

    def _spans(self, sheet: Sheet, strips: Sequence[Strip], top: float, column: int) -> None:
        kind, layout = self.layout.type, self.layout
        at = top
        for _, group in groupby(strips, key=lambda strip: strip.spans[column].key):
            cell = list(group)
            height = sum(strip.height for strip in cell)
            lines = cell[0].spans[column].lines
            if layout.pad + len(lines) * kind.small_leading * 1.15 <= height + 0.1:
                x = layout.page.left + layout.column(column)
                sheet.lines(lines, x, at + layout.pad, kind.small_leading * 1.15)
            at += height

    @staticmethod
    def _mark(canvas: Canvas, key: str, title: str, level: int) -> None:
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(title, key, level=level)


def _kept(strip: Strip, entry: ContentsEntry | None) -> Strip:
    return Strip(strip.height, strip.cells, strip.down, strip.leading, keep=True, entry=entry)
