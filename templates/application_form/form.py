"""The 申报表 as PDF: `render_form`, and empty: `render_blank_form`."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from templates.application_form.check_sheet import NO_NAMES, CheckFacts, OfficeNames, draw_check_sheet
from templates.application_form.digest import SHORT, digest
from templates.application_form.layout import application_form
from templates.application_form.pages import FormInk, is_invented
from templates.application_form.plan import NOBODY, plan_form
from templates.application_form.qr import QrMark
from templates.archive.pdf_a import PageLabel, archived
from templates.text import cleaning
from templates.text.setting import Setter
from templates.text.sheet import Sheet
from templates.text.typefaces import typefaces


@dataclass(frozen=True, slots=True)
class RenderedForm:
    """The file, the characters that print as 〓 because no font has them, the number of pages, the whole check code."""

    pdf: bytes
    missing_glyphs: tuple[str, ...]
    pages: int
    code: str = ""


def render_form(
    submission: Submission,
    assessment: Assessment,
    level: Level | None = None,
    printed_on: date | None = None,
    *,
    names: OfficeNames = NO_NAMES,
    check_at: str | None = None,
) -> RenderedForm:
    """Print the form at the level ``assessment`` was judged at; 草稿 unless it is eligible there.

    ``level`` may say which level is meant; another than the assessment's raises ValueError: opinions of the province
    beside the county's own verdict would print clean what the province found not met. Two official pages, the 附页,
    then a 核对页 of ours. The same arguments give the same bytes; the clock is never read: ``printed_on`` is printed
    on the 核对页 when given, and is the day the file says it was made. ``check_at``: the address at which a phone
    checks the code. Raises TypefaceError for an unusable configured font.
    """
    at = assessment.level
    if level not in (None, at):
        raise ValueError(f"申报表要按 {level} 级打印，评估却是按 {at} 级作出的；请先按所打印的级别评估。")
    printed = _PrintedForm(submission, at, draft=not assessment.eligible)
    canvas, ink, code = printed.canvas, printed.ink, digest(submission, assessment)
    mark = QrMark(canvas, _marked(submission, code, check_at))
    printed.official_pages()
    for number, extra in enumerate(ink.plan.extra, start=1):
        printed.begin(f"extra-{number}", f"附页{number} {extra.subject}", "附页", number)
        ink.extra_page(number, extra, code, mark)
        canvas.showPage()
    printed.begin("check", "核对页", "核对页")
    draw_check_sheet(ink, mark, CheckFacts(submission, assessment, at, code, printed_on, names, check_at))
    canvas.showPage()
    return replace(printed.done(printed_on), code=code)


def render_blank_form() -> RenderedForm:
    """The notice's two pages with nothing filled in, to be written on by hand."""
    printed = _PrintedForm(NOBODY, "county", draft=False)
    printed.official_pages()
    return printed.done(None)


class _PrintedForm:
    """A form being printed: its file, its plan and its ink."""

    def __init__(self, submission: Submission, level: Level, *, draft: bool) -> None:
        layout, setter = application_form(), Setter(typefaces())
        plan = plan_form(submission, level, layout, setter)
        self._stream = io.BytesIO()
        self._labels: list[PageLabel] = []
        self.canvas = canvas = Canvas(
            self._stream,
            pagesize=(layout.page.width, layout.page.height),
            invariant=1,
            pageCompression=1,
            initialFontName=setter.faces.serif.name,  # else an unembedded Helvetica is declared on every page
            lang="zh-CN",
        )
        unit = submission.form.unit_name or submission.division.name
        name = cleaning.one_line(submission.division.name)
        canvas.setTitle("".join(layout.title) + (f"（{name}）" if name else ""))
        canvas.setAuthor(cleaning.one_line(unit))
        canvas.setSubject("草稿" if draft else "申报表")
        canvas.setCreator("demonstration-county")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        sheet = Sheet(canvas, layout.page.width, layout.page.height)
        self.ink = FormInk(sheet, layout, plan, setter, unit, draft=draft, demo=is_invented(submission))

    def official_pages(self) -> None:
        """The notice's own two."""
        self.begin("page-1", "申报表", "正表", 1)
        self.ink.first_page()
        self.canvas.showPage()
        self.begin("page-2", "推荐意见", "正表", 2)
        self.ink.second_page()
        self.canvas.showPage()

    def begin(self, key: str, title: str, label: str, number: int | None = None) -> None:
        """A page that the outline names; a reader's page field calls it ``label`` and its number."""
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level=0)
        self._labels.append(PageLabel(self.canvas.getPageNumber(), label, number))

    def done(self, created: date | None) -> RenderedForm:
        """The file, whole."""
        self.canvas.save()
        missing = tuple(self.ink.setter.missing)
        pages = self.canvas.getPageNumber() - 1
        return RenderedForm(archived(self._stream.getvalue(), created, self._labels), missing, pages)


def _marked(submission: Submission, code: str, check_at: str | None) -> str:
    """What a phone reads: where the code is checked, else what there is to check."""
    division = submission.division.code
    if check_at is None:
        return f"{division} {submission.round.id} {code}"
    return f"{check_at}?code={code[:SHORT]}&division={division}"
