"""Writing a DOCX with python-docx: every run names its Chinese font, indents count characters, tables repeat heads.

Texts are cleaned and put in as text nodes: nothing in them is markup to anybody. What XML cannot hold prints as 〓.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from scoring.archives.still import without_time
from templates.text.characters import MISSING
from templates.text.page import Page

# 公文常用字体，各单位的机器上都有；没有的，软件自会换成相近的。
BODY, TITLE, SANS = "仿宋_GB2312", "方正小标宋简体", "黑体"
LATIN = "Times New Roman"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STILL = datetime(2018, 1, 1)  # noqa: DTZ001 - a property without a zone; the clock is never read
_TWENTIETHS = 20  # of a point: what Word counts in
_HUNDREDTHS = 100  # of a character
Align = Literal["left", "centre", "right", "justify"]
_ALIGNED = {"left": "left", "centre": "center", "right": "right", "justify": "both"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set, in points; ``indent``: of its first line, ``right``: of its right
    edge, in characters; ``outline`` from 1, 0 = text.
    """

    size: float
    leading: float
    font: str = BODY
    align: Align = "left"
    indent: int = 0
    right: float = 0.0
    above: float = 0.0
    below: float = 0.0
    keep: bool = False
    outline: int = 0
    new_page: bool = False


class WordFile:
    """A DOCX being written."""

    def __init__(self, page: Page, title: str, body: Setting) -> None:
        self.document: Any = docx.Document()  # python-docx tells few types
        self.page = page
        section = self.document.sections[0]
        section.page_width, section.page_height = Pt(page.width), Pt(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = Pt(page.left), Pt(page.width - page.right)
        section.top_margin, section.bottom_margin = Pt(page.top), Pt(page.height - page.bottom)
        section.header_distance, section.footer_distance = Pt(page.top * 0.6), Pt((page.height - page.bottom) * 0.55)
        self._styles(body)
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = writable(title), "", "zh-CN"
        properties.comments = properties.last_modified_by = ""
        properties.created = properties.modified = _STILL

    def _styles(self, body: Setting) -> None:
        """Normal and the headings: whoever goes on writing gets the same fonts."""
        styles = self.document.styles
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            style = styles[name]
            font = BODY if name == "Normal" else SANS
            style.font.name, style.font.size, style.font.bold = LATIN, Pt(body.size), False
            style.font.italic, style.font.color.rgb = False, None
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{script}"), LATIN)
            fonts.set(qn("w:eastAsia"), font)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        language = styles.element.find(f".//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:eastAsia"), "zh-CN")

    # --- paragraphs

    def paragraph(self, text: str, setting: Setting) -> Paragraph:
        """A paragraph at the end of the file."""
        return self.set_paragraph(self.document.add_paragraph(), text, setting)

    def set_paragraph(self, paragraph: Paragraph, text: str, setting: Setting) -> Paragraph:
        """Put text into a paragraph that has none."""
        element: Any = paragraph._p
        if element.pPr is not None:
            element.remove(element.pPr)
        element.insert(0, deepcopy(_paragraph_form(setting)))
        self.run(paragraph, text, setting)
        return paragraph

    def run(self, paragraph: Paragraph, text: str, setting: Setting) -> Any:  # noqa: ANN401 - python-docx tells few types
        """A run of text, its Chinese font named."""
        run: Any = paragraph.add_run(writable(text))
        run._r.insert(0, deepcopy(_run_form(setting.size, setting.font)))
        return run

    # --- tables

    def table(self, widths: Sequence[float], rows: int) -> Any:  # noqa: ANN401 - python-docx tells few types
        """A ruled table of fixed column widths, in points."""
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        # A row made once and copied: python-docx looks up each cell's width anew.
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{round(w * _TWENTIETHS)}"/></w:tcPr><w:p/></w:tc>' for w in widths
        )
        row = parse_xml(f"<w:tr {nsdecls('w')}>{cells}</w:tr>")
        for _ in range(rows):
            table._tbl.append(deepcopy(row))
        return table

    def cell(self, cell: _Cell, paragraphs: Sequence[str], setting: Setting) -> None:
        """Put text into a cell, a paragraph each."""
        self.set_paragraph(cell.paragraphs[0], paragraphs[0] if paragraphs else "", setting)
        for text in paragraphs[1:]:
            self.set_paragraph(cell.add_paragraph(), text, setting)

    @staticmethod
    def repeat(row: Any) -> None:  # noqa: ANN401 - python-docx tells few types
        """The row stands again at the head of each page."""
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    @staticmethod
    def keep_whole(row: Any, least: float = 0.0) -> None:  # noqa: ANN401 - python-docx tells few types
        """The row is not parted at a page's end; so many points high at least."""
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if least:
            row.height = Pt(least)

    @staticmethod
    def open_sides(cell: _Cell, *sides: Literal["top", "bottom", "left", "right"]) -> None:
        """No rule on these sides of a cell, whatever the table has."""
        borders = OxmlElement("w:tcBorders")
        for side in sorted(sides, key=("top", "left", "bottom", "right").index):
            open_side = OxmlElement(f"w:{side}")
            open_side.set(qn("w:val"), "nil")
            borders.append(open_side)
        cell._tc.get_or_add_tcPr().append(borders)

    @staticmethod
    def shade(cell: _Cell, grey: float) -> None:
        """Fill a cell; ``grey`` from 0 (black) to 1."""
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:color"), "auto")
        shading.set(qn("w:fill"), f"{round(grey * 255):02X}" * 3)
        cell._tc.get_or_add_tcPr().append(shading)

    # --- furniture

    def header(self, text: str, setting: Setting, *, not_on_first: bool = False) -> None:
        """At the head of every page, or of all but the first."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = not_on_first
        self.set_paragraph(section.header.paragraphs[0], text, setting)

    def footer(self, words: str, setting: Setting, *, cover: bool = False) -> None:
        """At the foot of every page but a cover; ``{page}`` and ``{pages}`` in ``words`` become fields."""
        section = self.document.sections[0]
        self._footer(section.footer.paragraphs[0], words, setting)
        if section.different_first_page_header_footer and not cover:
            self._footer(section.first_page_footer.paragraphs[0], words, setting)

    def _footer(self, paragraph: Paragraph, words: str, setting: Setting) -> None:
        self.set_paragraph(paragraph, "", setting)
        for part in re.split(r"(\{pages?\})", words):
            if part in ("{page}", "{pages}"):
                self._field(paragraph, "PAGE" if part == "{page}" else "NUMPAGES", setting)
            elif part:
                self.run(paragraph, part, setting)

    def _field(self, paragraph: Paragraph, code: str, setting: Setting) -> None:
        run = self.run(paragraph, "1", setting)
        begin, told, between, end = (OxmlElement("w:fldChar") for _ in range(4))
        told = OxmlElement("w:instrText")
        told.text = code
        for mark, kind in ((begin, "begin"), (between, "separate"), (end, "end")):
            mark.set(qn("w:fldCharType"), kind)
        text = run._r.find(qn("w:t"))
        for before in (begin, told, between):
            text.addprevious(deepcopy(before))
        text.addnext(end)

    def saved(self) -> bytes:
        """The file's bytes; the same content gives the same."""
        raw = BytesIO()
        self.document.save(raw)
        return without_time(raw.getvalue())


@lru_cache(maxsize=256)
def _paragraph_form(setting: Setting) -> Any:  # noqa: ANN401 - python-docx tells few types
    """The properties of a paragraph set so, in the schema's order; made once, as python-docx takes its time."""
    parts = [f'<w:pStyle w:val="Heading{setting.outline}"/>'] if setting.outline else []
    parts += ["<w:keepNext/>"] if setting.keep or setting.outline else []
    parts += ["<w:pageBreakBefore/>"] if setting.new_page else []
    spacing = {"before": setting.above, "after": setting.below, "line": setting.leading}
    told = " ".join(f'w:{name}="{round(value * _TWENTIETHS)}"' for name, value in spacing.items())
    parts.append(f'<w:spacing {told} w:lineRule="exact"/>')
    chars, points = setting.indent * _HUNDREDTHS, round(setting.indent * setting.size * _TWENTIETHS)
    edge = f' w:right="{round(setting.right * setting.size * _TWENTIETHS)}"' if setting.right else ""
    parts.append(f'<w:ind w:firstLineChars="{chars}" w:firstLine="{points}"{edge}/>')
    parts.append(f'<w:jc w:val="{_ALIGNED[setting.align]}"/>')
    return parse_xml(f"<w:pPr {nsdecls('w')}>{''.join(parts)}</w:pPr>")


@lru_cache(maxsize=64)
def _run_form(size: float, font: str) -> Any:  # noqa: ANN401 - python-docx tells few types
    """Likewise of a run."""
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{font}"'
    half = round(size * 2)
    return parse_xml(f'<w:rPr {nsdecls("w")}><w:rFonts {fonts}/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>')


def writable(text: str) -> str:
    """Text as XML can hold it."""
    return _UNWRITABLE.sub(MISSING, text)
