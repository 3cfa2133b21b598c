"""Drawing a laid-out 申报表: its two official pages, which carry nothing of ours, and the 附页 after them."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.submission import Submission
from templates.application_form.digest import check_code
from templates.application_form.layout import FormLayout
from templates.application_form.plan import ExtraSheet, FormPlan, SetBox, SetCell
from templates.application_form.qr import QrMark
from templates.text import cleaning
from templates.text.setting import Setter
from templates.text.sheet import Sheet, points

OFFICIAL_PAGES = 2
DEMO = "演示数据"
_QR = points(14)
MARK_GREY, _MARK_ANGLE, MARK_SHARE = 0.89, 45, 0.66  # the mark's tone, slope, and length of the sheet's width


def is_invented(submission: Submission) -> bool:
    """Invented divisions are numbered 99xxxx; GB/T 2260 gives no real one such a code."""
    return submission.division.code.startswith("99")


def goes_on(sheet: int, plan: FormPlan) -> str:
    """Where a box goes on; the 附页 number themselves in the same words."""
    return f"（下接附页第{sheet}页，共{len(plan.extra)}页）"


def running_head(subject: str, unit_name: str) -> str:
    """Subject and unit; a very long name is shortened here only (whole in its cell or on the 附页)."""
    name = cleaning.one_line(unit_name)
    room = 36 - len(subject)
    return f"{subject}　{name if len(name) <= room else name[: room - 2] + '……'}"


@dataclass(slots=True)
class FormInk:
    """Draws one form page by page; the caller ends each page."""

    sheet: Sheet
    layout: FormLayout
    plan: FormPlan
    setter: Setter
    unit_name: str
    draft: bool
    demo: bool = False

    # --- official page 1

    def first_page(self) -> None:
        """附件2, title, grid, 基本情况及主要工作."""
        layout, page, kind, faces = self.layout, self.layout.page, self.layout.type, self.setter.faces
        self.draft_mark()
        self.sheet.word(layout.attachment, faces.sans, kind.heading, page.left, page.top + kind.heading * 0.88)
        for index, title in enumerate(layout.title):
            lines = self.setter.fixed(title, kind.title, page.text_width, faces.title, centred=True)
            top = page.top + kind.heading * 1.9 + index * kind.title_leading
            self.sheet.lines(lines, page.left, top, kind.title_leading)
        top = page.top + layout.grid_top
        for row in self.plan.rows:
            x = page.left
            for cell in row.cells:
                if x > page.left:
                    self.sheet.rule(x, top, x, top + row.height, layout.inner)
                self._cell(cell, x, top, row.height)
                x += cell.cell.width
            top += row.height
            self.sheet.rule(page.left, top, page.right, top, layout.inner)
        self._narrative(top)
        grid_top = page.top + layout.grid_top
        self.sheet.box(page.left, grid_top, page.text_width, page.bottom - grid_top, layout.outer)

    def _cell(self, set_cell: SetCell, x: float, top: float, height: float) -> None:
        kind, cell = self.layout.type, set_cell.cell
        lines = list(set_cell.lines)
        inset = self.layout.cell_pad if cell.field else 0
        note = f"（下接附页第{set_cell.continued}页）" if set_cell.continued else cell.note
        noted = self.setter.fixed(note, kind.note, cell.width, self.setter.faces.serif, centred=True) if note else []
        block = (len(lines) + len(noted)) * kind.label_leading
        start = top + (height - block) / 2
        self.sheet.lines(lines, x + inset, start, kind.label_leading)
        self.sheet.lines(noted, x, start + len(lines) * kind.label_leading, kind.label_leading)

    def _narrative(self, top: float) -> None:
        layout, page, kind, faces = self.layout, self.layout.page, self.layout.type, self.setter.faces
        box = self.plan.narrative
        self._box_text(box, top)
        note = box.box.note
        if box.continued:
            note += goes_on(box.continued, self.plan)
        baseline = page.bottom - layout.pad - kind.note * 0.2
        self.sheet.word(note, faces.body, kind.note, page.left + layout.side, baseline)

    def _box_text(self, set_box: SetBox, top: float) -> None:
        layout, kind = self.layout, self.layout.type
        x, start = layout.page.left + layout.side, top + layout.pad
        label = self.setter.cell(set_box.box.label, kind.body, layout.inner_width, centred=False)
        self.sheet.lines(label, x, start, kind.leading)
        self.sheet.lines(set_box.lines, x, start + kind.leading, kind.leading)

    # --- official page 2

    def second_page(self) -> None:
        """Three boxes for opinions, each with （公章） and its date, and （本表格一式两份）."""
        layout, page, kind = self.layout, self.layout.page, self.layout.type
        self.draft_mark()
        top = page.top
        for number, box in enumerate(self.plan.opinions):
            if number:
                self.sheet.rule(page.left, top, page.right, top, layout.inner)
            self._box_text(box, top)
            bottom = top + layout.opinion_height
            if box.continued:
                self._parted(box, top)
            self._seal(bottom, box.date)
            top = bottom
        self.sheet.box(page.left, page.top, page.text_width, top - page.top, layout.outer)
        baseline = top + points(1.6) + kind.body
        self.sheet.word(layout.copies, self.setter.faces.body, kind.body, page.left, baseline)

    def _parted(self, box: SetBox, top: float) -> None:
        """After an opinion's first words where it goes on, and then its conclusion, above the seal."""
        layout, page, kind = self.layout, self.layout.page, self.layout.type
        text_end = top + layout.pad + (1 + len(box.lines)) * kind.leading
        baseline = text_end + (kind.leading + kind.body) / 2
        x, face = page.left + layout.side, self.setter.faces.body
        self.sheet.word(goes_on(box.continued, self.plan), face, kind.note, x, baseline)
        self.sheet.lines(box.conclusion, x, text_end + kind.leading, kind.leading)

    def _seal(self, bottom: float, day: str | None) -> None:
        """（公章） above the date, both about one middle line; an open date leaves room to write."""
        layout, kind, face = self.layout, self.layout.type, self.setter.faces.body
        middle = layout.page.left + layout.seal_centre
        last = bottom - layout.pad - kind.leading + (kind.leading - kind.body) / 2 + kind.body * 0.88
        self.sheet.word(layout.seal, face, kind.body, middle, last - kind.leading, align="centre")
        if day:
            self.sheet.word(day, face, kind.body, middle, last, align="centre")
            return
        step = kind.body * 3
        for index, mark in enumerate(layout.blank_date):
            self.sheet.word(mark, face, kind.body, middle + (index - 1) * step, last, align="centre")

    def draft_mark(self) -> None:
        """草稿 across the sheet, under what is printed: the county is not eligible at this level."""
        if not self.draft:
            return
        canvas, words, width = self.sheet.canvas, self.layout.draft, self.layout.page.width
        size = width * MARK_SHARE / len(words)
        canvas.saveState()
        canvas.setFillGray(MARK_GREY)
        canvas.translate(width / 2, self.layout.page.height / 2)
        canvas.rotate(_MARK_ANGLE)
        canvas.setFont(self.setter.faces.sans.name, size)
        canvas.drawCentredString(0, -size * 0.38, words)
        canvas.restoreState()

    # --- 附页

    def extra_page(self, number: int, extra: ExtraSheet, code: str, mark: QrMark) -> None:
        """附页 ``number`` (from 1) with its frame, running head and foot."""
        layout, page, kind, faces = self.layout, self.layout.page, self.layout.type, self.setter.faces
        place = layout.continuation
        self.draft_mark()
        baseline = place.top + kind.body * 0.88
        self.sheet.word(self.marked("附页"), faces.sans, kind.body, page.left, baseline)
        head = self.setter.cell(running_head(extra.subject, self.unit_name), kind.note, page.text_width, centred=False)
        shift = page.text_width - head[0].line.natural * kind.note
        self.sheet.lines(head[:1], page.left + shift, baseline - kind.note * 0.88, kind.note)
        self.sheet.box(page.left, place.frame_top, page.text_width, place.frame_bottom - place.frame_top, layout.outer)
        self.sheet.lines(extra.lines, page.left + layout.side, place.frame_top + layout.pad, kind.leading)
        self.foot(code, mark, number)

    def marked(self, heading: str) -> str:
        """A heading of ours; what is printed of an invented division says that it is invented."""
        return f"{heading}　{DEMO}" if self.demo else heading

    def foot(self, code: str, mark: QrMark, number: int) -> None:
        """Check code and QR code, and the number among the 附页: the two official pages bear none."""
        layout, page, kind, faces = self.layout, self.layout.page, self.layout.type, self.setter.faces
        baseline = layout.continuation.footer
        self.sheet.word(f"校验码 {check_code(code)}", faces.serif, kind.small, page.left, baseline)
        middle = page.left + page.text_width / 2
        counted = f"附页第{number}页，共{len(self.plan.extra)}页"
        self.sheet.word(counted, faces.serif, kind.note, middle, baseline, align="centre")
        mark.draw(page.right - _QR, page.height - baseline - _QR * 0.55, _QR)
