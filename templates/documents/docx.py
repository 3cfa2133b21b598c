"""A `Document` as DOCX: the same words in the same order, to be edited; in the fonts that officials have."""

from __future__ import annotations

from dataclasses import replace

from scoring.spreadsheets.tables import text_width
from templates.composing.paper import Paper, paper
from templates.documents.columns import column_widths
from templates.documents.keeping import stays_with_next
from templates.documents.model import (
    Bars,
    Block,
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
from templates.documents.words import cell_words, signature_words
from templates.text import cleaning
from templates.word.writing import SANS, TITLE, Align, Setting, WordFile

_COVER_DOWN, _COVER_GAP = 0.22, 0.14
_LABEL = 0.22  # of the pair's width
_STEPS = 24  # of a bar
_FILLED, _EMPTY = 0.35, 0.88
_BAR_LABEL, _BAR_FIGURE = 0.26, 0.12
_TABLE_LEADING, _CELL_PAD = 1.25, 1.5
_CLOSE = 4  # characters between 落款 and the right edge


def render_docx(document: Document) -> RenderedDocument:
    """The whole file. The same document gives the same bytes."""
    return _Writer(document).render()


class _Writer:
    """One document being written."""

    def __init__(self, document: Document) -> None:
        self.document, self.paper = document, paper(document.paper)
        self.body = _body_setting(self.paper)
        self.file = WordFile(self.paper.page, document.name, self.body)
        self.breaks = self.stays = False

    def render(self) -> RenderedDocument:
        self._front()
        self.breaks = self.document.cover
        for block, stays in zip(self.document.blocks, stays_with_next(self.document.blocks), strict=True):
            self.stays = stays
            self._block(block)
        self._furniture()
        return RenderedDocument(self.file.saved())

    def _front(self) -> None:
        kind, document, page = self.paper.type, self.document, self.paper.page
        above = page.text_height * _COVER_DOWN if document.cover else 0.0
        title = Setting(kind.title, kind.title_leading, TITLE, "centre", above=above)
        for words in document.title:
            self.file.paragraph(words, title)
            title = replace(title, above=0.0)
        if document.mark:
            marked = Setting(kind.heading, kind.heading_leading, SANS, "centre")
            self.file.paragraph(f"〔{cleaning.one_line(document.mark)}〕", marked)
        gap = page.text_height * _COVER_GAP if document.cover else kind.body * 0.6
        line = replace(self.body, align="centre", above=gap)
        for label, text in document.about:
            self.file.paragraph(cleaning.one_line(f"{label}：{text}" if label else text), line)
            line = replace(line, above=0.0)
        if document.ours:
            ours = self._small_setting(above=gap)
            self.file.paragraph(cleaning.one_line(document.ours), ours)

    def _block(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self.breaks = True
        elif isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Prose):
            aligned: Align = block.align or "justify"
            setting = replace(self.body, align=aligned, indent=0 if block.align else 2, keep=self.stays)
            if block.align == "right":
                self._close(block.text, setting)
            else:
                self._paragraphs(block.text, setting)
        elif isinstance(block, Small):
            self._paragraphs(block.text, replace(self._small_setting(above=2), keep=self.stays))
        elif isinstance(block, Fields):
            self._fields(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Bars):
            self._bars(block)
        elif isinstance(block, Signatures):
            self._signatures(block)

    def _heading(self, block: Heading) -> None:
        kind, down = self.paper.type, block.level - 1
        setting = Setting(
            kind.heading - 1.5 * down,
            kind.heading_leading - 2 * down,
            SANS,
            block.align or "left",
            above=12,
            outline=block.level,
        )
        self._paragraphs(" ".join(cleaning.paragraphs(block.text)), setting)

    def _close(self, text: str, setting: Setting) -> None:
        """落款: the last line four characters from the edge, those above it centred on it; none stands alone."""
        lines = cleaning.paragraphs(text)
        widths = [_characters(words) for words in lines]
        for words, wide in zip(lines, widths, strict=True):
            right = max(0.0, _CLOSE + (widths[-1] - wide) / 2)
            keep = setting.keep or words is not lines[-1]
            self._paragraphs(words, replace(setting, right=right, keep=keep))

    def _paragraphs(self, text: str, setting: Setting) -> None:
        """What stays with the next is the last of them."""
        paragraphs = cleaning.paragraphs(text)
        for at, words in enumerate(paragraphs, 1):
            keep = setting.keep and at == len(paragraphs)
            self.file.paragraph(words, replace(setting, new_page=self._takes_break(), keep=keep))

    def _takes_break(self) -> bool:
        """Whether what is written now begins a page."""
        breaks, self.breaks = self.breaks, False
        return breaks

    def _before_table(self, above: float = 4.0) -> None:
        """A table cannot begin a page by itself, nor stand against another: a thin paragraph goes before it."""
        self.file.paragraph("", Setting(2, max(2.0, above), new_page=self._takes_break(), keep=True))

    def _fields(self, block: Fields) -> None:
        self._before_table()
        cell = self._cell
        pair = self.paper.page.text_width / block.across
        label = pair * _LABEL
        count = -(-len(block.fields) // block.across)
        table = self.file.table([label, pair - label] * block.across, count)
        for at, field in enumerate(block.fields):
            row = table.rows[at // block.across]
            cells, first = row.cells, 2 * (at % block.across)
            last = replace(cell, keep=self.stays and at // block.across == count - 1)
            self.file.cell(cells[first], (cleaning.one_line(field.label),), replace(last, font=SANS))
            self.file.cell(cells[first + 1], cleaning.paragraphs(field.value), last)
            self.file.keep_whole(row, field.lines * self._cell.leading)

    def _table(self, block: Table) -> None:
        self._before_table()
        size = self._cell.size
        widths = column_widths(block, self.paper.page.text_width, lambda words: text_width(words) * size / 2, size)
        table = self.file.table(widths, 1 + len(block.rows))
        rows = list(table.rows)
        head = replace(self._cell, font=SANS, align="centre", keep=True)
        for cell, column in zip(rows[0].cells, block.columns, strict=True):
            self.file.cell(cell, (cleaning.one_line(column.heading),), head)
        self.file.repeat(rows[0])
        for row, values in zip(rows[1:], block.rows, strict=True):
            self.file.keep_whole(row, block.lines * self._cell.leading)
            for cell, column, value in zip(row.cells, block.columns, values, strict=True):
                setting = replace(self._cell, align=_aligned(column), keep=self.stays and row is rows[-1])
                self.file.cell(cell, cleaning.paragraphs(cell_words(value)), setting)

    def _bars(self, block: Bars) -> None:
        """A bar is a row of shaded cells: it opens the same everywhere, and can be edited; all stay together."""
        self._before_table()
        width = self.paper.page.text_width
        room = width * (1 - _BAR_LABEL - _BAR_FIGURE) / _STEPS
        table = self.file.table([width * _BAR_LABEL, *[room] * _STEPS, width * _BAR_FIGURE], len(block.bars))
        for row, bar in zip(table.rows, block.bars, strict=True):
            cells = row.cells
            self.file.cell(cells[0], (cleaning.one_line(bar.label),), replace(self._cell, keep=True))
            filled = round(_STEPS * bar.part / bar.whole) if bar.whole else 0
            for first, last, grey in ((1, filled, _FILLED), (filled + 1, _STEPS, _EMPTY)):
                if first <= last:
                    self.file.shade(cells[first].merge(cells[last]), grey)
            self.file.cell(cells[_STEPS + 1], (f"{bar.part}/{bar.whole}",), replace(self._cell, align="centre"))

    def _signatures(self, block: Signatures) -> None:
        lines = list(signature_words(block, int(self.paper.page.text_width / self.body.size)))
        for at, words in enumerate(lines, 1):
            keep = self.stays or at < len(lines)
            self._paragraphs(words.rstrip(), replace(self.body, above=14, keep=keep))

    @property
    def _cell(self) -> Setting:
        size = self.paper.type.small + 1
        return Setting(size, size * _TABLE_LEADING + 2, above=_CELL_PAD, below=_CELL_PAD)

    def _small_setting(self, above: float = 0.0) -> Setting:
        return Setting(self.paper.type.small, self.paper.type.small_leading, above=above)

    def _furniture(self) -> None:
        document, kind = self.document, self.paper.type
        small = self._small_setting()
        if document.paper != "letter":
            self.file.header(cleaning.one_line(document.name), small, not_on_first=True)
        elif document.mark:
            self.file.header(cleaning.one_line(document.mark), small, not_on_first=True)
        counted = replace(small, size=kind.small + 1, align="centre")
        self.file.footer(self.paper.page_number, counted, cover=document.cover)


def _body_setting(on: Paper) -> Setting:
    return Setting(on.type.body, on.type.leading)


def _characters(words: str) -> float:
    """About how many characters wide."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)


def _aligned(column: Column) -> Align:
    return column.align or ("left" if column.kind == "text" else "centre")
