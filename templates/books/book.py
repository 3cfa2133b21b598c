"""Printed rules: title, contents with page numbers, running text, 第x页 共y页; drawn from strips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from templates.application_form.check_sheet import missing_in_words
from templates.composing.composer import Composer
from templates.composing.contents import contents_line
from templates.composing.drawing import StripDrawer, begin_pdf
from templates.composing.paper import paper
from templates.text.flow import ContentsEntry, Strip, paged, running
from templates.text.sheet import Sheet, points


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
    made_on: date | None = None  # the day the file says it was made


class Book(Composer):
    """Sets and draws one document."""

    def __init__(self, front: Front) -> None:
        super().__init__(paper("book"))
        self.front = front

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

        drawn, drawer = begin_pdf(self.layout, self.setter.faces, self.front.title), StripDrawer(self.layout)
        canvas = drawn.sheet.canvas
        self._mark(canvas, "contents", "目录", 0)
        for number, plan in enumerate(whole, start=1):
            drawer.draw(drawn.sheet, plan, number)
            self._furniture(drawn.sheet, number, len(whole), headed=number > len(front))
            canvas.showPage()
        return RenderedBook(drawn.saved(self.front.made_on), tuple(self.setter.missing), len(whole))

    def _front(self, entries: Sequence[tuple[ContentsEntry, int]], shift: int) -> Iterator[Strip]:
        kind, width, faces = self.layout.type, self.layout.page.text_width, self.setter.faces
        yield from running(self.title(self.front.title), kind.title_leading, space_above=18)
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
            yield contents_line(self, entry, number + shift + 1)

    def _furniture(self, sheet: Sheet, number: int, of: int, *, headed: bool) -> None:
        page, kind, faces = self.layout.page, self.layout.type, self.setter.faces
        if headed:
            head = self.titled(self.front.title, kind.small, page.text_width)[:1]
            sheet.lines(head, page.left, page.top - points(9), kind.small_leading)
            line = page.top - points(4)
            sheet.rule(page.left, line, page.right, line, 0.3)
        middle = page.left + page.text_width / 2
        counted = self.layout.page_number.format(page=number, pages=of)
        sheet.word(counted, faces.serif, kind.small + 1, middle, self.layout.foot, align="centre")
        short = f"指纹 {self.front.fingerprint[:16]}"
        sheet.word(short, faces.serif, kind.small - 1, page.right, self.layout.foot, align="right")

    @staticmethod
    def _mark(canvas: Canvas, key: str, title: str, level: int) -> None:
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(title, key, level=level)
