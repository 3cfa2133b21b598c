"""The 申报表 as DOCX: the same pages with the same words, to be edited; no check code, which an edit would belie.

What stands on which page is the plan of the printed form, so that an opinion's conclusion stays in its box and the
附页 begin where the printed ones do. Boxes grow with what is written into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Pt

from scoring.assessment import Assessment
from scoring.submission import Submission
from templates.application_form.layout import FormLayout, application_form
from templates.application_form.pages import DEMO, MARK_GREY, MARK_SHARE, goes_on, is_invented, running_head
from templates.application_form.plan import NOBODY, ExtraSheet, FormPlan, SetBox, SetCell, plan_form
from templates.text.setting import SetLine, Setter
from templates.text.sheet import points
from templates.text.typefaces import Typeface, typefaces
from templates.word.watermark import watermark
from templates.word.writing import SANS, TITLE, Setting, WordFile

_SPARE = points(17)  # 软件的断行与本工具略有出入：一页可以多出两行，不致多出一页
_NOTE_ROW = points(8)
_SEAL_ROW = 2.2  # lines
_HAIR = 1.0
_NARROWER = 0.5  # points: a cell's margins are Word's


class _WordSetter(Setter):
    """Sets lines as the printed form does, and leaves every character: the reader's machine may have it."""

    def _choose(self, text: str) -> tuple[Typeface, str]:
        return self.faces.choose(text)[0], text


def render_word_form(submission: Submission, assessment: Assessment) -> bytes:
    """The form at the level it was judged at; 草稿 unless eligible. The same arguments give the same bytes."""
    layout, setter = application_form(), _WordSetter(typefaces())
    plan = plan_form(submission, assessment.level, layout, setter)
    unit = submission.form.unit_name or submission.division.name
    marked = f"附页　{DEMO}" if is_invented(submission) else "附页"
    form = _WordForm(layout, plan, f"{''.join(layout.title)}（{submission.division.name}）")
    form.first_page()
    form.second_page()
    for number, extra in enumerate(plan.extra, start=1):
        form.extra_page(number, extra, marked, running_head(extra.subject, unit))
    if not assessment.eligible:
        watermark(form.file, layout.draft, layout.page.width * MARK_SHARE, MARK_GREY)
    return form.file.saved()


def render_blank_word_form() -> bytes:
    """The notice's two pages with nothing filled in."""
    layout, setter = application_form(), _WordSetter(typefaces())
    form = _WordForm(layout, plan_form(NOBODY, "county", layout, setter), "".join(layout.title))
    form.first_page()
    form.second_page()
    return form.file.saved()


class _WordForm:
    """One form being written."""

    def __init__(self, layout: FormLayout, plan: FormPlan, title: str) -> None:
        kind = layout.type
        self.layout, self.plan = layout, plan
        self.prose = Setting(kind.body, kind.leading, align="justify", indent=2)
        self.plain = Setting(kind.body, kind.leading)
        self.label = Setting(kind.label, kind.label_leading, align="centre")
        self.note = Setting(kind.note, kind.label_leading)
        self.file = WordFile(layout.page, title, self.plain)
        self.file.document.sections[0].bottom_margin = Pt(layout.page.height - layout.page.bottom - _SPARE)

    # --- page 1

    def first_page(self) -> None:
        """附件2, title, grid, 基本情况及主要工作."""
        layout, kind, page = self.layout, self.layout.type, self.layout.page
        head = kind.heading * 1.9
        self.file.paragraph(layout.attachment, Setting(kind.heading, head, SANS))
        for title in layout.title:
            self.file.paragraph(title, Setting(kind.title, kind.title_leading, TITLE, "centre"))
        gap = layout.grid_top - head - len(layout.title) * kind.title_leading
        self._hair(gap)
        widths = [cell.cell.width for cell in self.plan.rows[-1].cells]
        table = self.file.table(widths, len(self.plan.rows) + 2)
        for row, planned in zip(table.rows, self.plan.rows, strict=False):
            self.file.keep_whole(row, planned.height)
            row.cells[len(planned.cells) - 1].merge(row.cells[-1])
            for cell, set_cell in zip(row.cells, planned.cells, strict=False):
                self._cell(cell, set_cell)
        box = self.plan.narrative
        text, note = (_merged(row) for row in table.rows[-2:])
        self.file.keep_whole(table.rows[-2], page.bottom - self.plan.narrative_top - _NOTE_ROW)
        self.file.keep_whole(table.rows[-1], _NOTE_ROW)
        self._box(text, box)
        self.file.cell(note, [box.box.note + (goes_on(box.continued, self.plan) if box.continued else "")], self.note)
        self.file.open_sides(text, "bottom")
        self.file.open_sides(note, "top")

    def _cell(self, cell: Any, planned: SetCell) -> None:  # noqa: ANN401 - python-docx tells few types
        lines = ["".join(_paragraph(planned.lines))] if planned.cell.field else [one.line.text for one in planned.lines]
        self.file.cell(cell, lines, self.label)
        note = f"（下接附页第{planned.continued}页）" if planned.continued else planned.cell.note
        if note:
            small = replace(self.note, size=self.note.size - _NARROWER, align="centre")
            self.file.set_paragraph(cell.add_paragraph(), note, small)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER

    def _box(self, cell: Any, box: SetBox) -> None:  # noqa: ANN401 - python-docx tells few types
        self.file.set_paragraph(cell.paragraphs[0], box.box.label, self.plain)
        self._paragraphs(cell, box.lines)

    def _paragraphs(self, cell: Any, lines: Iterable[SetLine]) -> None:  # noqa: ANN401 - python-docx tells few types
        """The paragraphs these lines are of; one that began on an earlier page is not indented again."""
        for paragraph in _paragraphs(lines):
            setting = self.prose if paragraph[0].line.indent else replace(self.prose, indent=0)
            self.file.set_paragraph(cell.add_paragraph(), "".join(_paragraph(paragraph)), setting)

    def _hair(self, height: float, *, new_page: bool = False) -> None:
        """Room, or what a table needs before it to begin a page."""
        self.file.paragraph("", Setting(_HAIR, max(height, _HAIR), new_page=new_page))

    # --- page 2

    def second_page(self) -> None:
        """Three boxes for opinions, each with （公章） and its date, and （本表格一式两份）."""
        layout, kind = self.layout, self.layout.type
        self._hair(_HAIR, new_page=True)
        before_seal = 2 * layout.seal_centre - layout.page.text_width
        table = self.file.table([before_seal, layout.page.text_width - before_seal], 2 * len(self.plan.opinions))
        for at, box in enumerate(self.plan.opinions):
            text_row, seal_row = table.rows[2 * at], table.rows[2 * at + 1]
            seal_height = _SEAL_ROW * kind.leading
            self.file.keep_whole(text_row, layout.opinion_height - seal_height)
            self.file.keep_whole(seal_row, seal_height)
            text, (left, seal) = _merged(text_row), seal_row.cells
            self._box(text, box)
            if box.continued:
                self.file.set_paragraph(text.add_paragraph(), goes_on(box.continued, self.plan), self.note)
                self._paragraphs(text, box.conclusion)
            self.file.set_paragraph(left.paragraphs[0], "", self.plain)
            day = box.date or "　　".join(layout.blank_date)
            self.file.cell(seal, [layout.seal, day], replace(self.plain, align="centre"))
            self.file.open_sides(text, "bottom")
            self.file.open_sides(left, "top", "right")
            self.file.open_sides(seal, "top", "left")
        self.file.paragraph(layout.copies, self.plain)

    # --- 附页

    def extra_page(self, number: int, extra: ExtraSheet, marked: str, head: str) -> None:
        """附页 ``number`` (from 1) with its frame, head and foot."""
        kind, place, page = self.layout.type, self.layout.continuation, self.layout.page
        first = Setting(kind.body, place.frame_top - place.top, SANS, new_page=True)
        self.file.run(self.file.paragraph(f"{marked}　", first), head, self.note)
        table = self.file.table([page.text_width], 1)
        self.file.keep_whole(table.rows[0], place.frame_bottom - place.frame_top)
        cell = table.rows[0].cells[0]
        self._paragraphs(cell, extra.lines)
        first_one = cell.paragraphs[0]._p
        if len(cell.paragraphs) > 1:
            first_one.getparent().remove(first_one)
        counted = f"附页第{number}页，共{len(self.plan.extra)}页"
        self.file.paragraph(counted, replace(self.note, align="centre"))


def _merged(row: Any) -> Any:  # noqa: ANN401 - python-docx tells few types
    return row.cells[0].merge(row.cells[-1])


def _paragraphs(lines: Iterable[SetLine]) -> Iterator[list[SetLine]]:
    part: list[SetLine] = []
    for line in lines:
        part.append(line)
        if line.line.last:
            yield part
            part = []
    if part:
        yield part


def _paragraph(lines: Iterable[SetLine]) -> Iterator[str]:
    """The text of lines of one paragraph, with the spaces that hung at their ends."""
    for line in lines:
        yield line.line.text
        yield line.line.hung
