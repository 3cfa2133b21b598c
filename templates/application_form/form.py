"""The 申报表 as PDF: `render_form`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from templates.application_form.check_sheet import CheckFacts, draw_check_sheet
from templates.application_form.digest import digest
from templates.application_form.layout import application_form
from templates.application_form.pages import FormInk
from templates.application_form.plan import plan_form
from templates.application_form.qr import QrMark
from templates.text import cleaning
from templates.text.setting import Setter
from templates.text.sheet import Sheet
from templates.text.typefaces import typefaces


@dataclass(frozen=True, slots=True)
class RenderedForm:
    """The file, the characters that print as 〓 because no font has them, and the number of pages."""

    pdf: bytes
    missing_glyphs: tuple[str, ...]
    pages: int


def render_form(
    submission: Submission, assessment: Assessment, level: Level | None = None, printed_on: date | None = None
) -> RenderedForm:
    """Print the form at the level ``assessment`` was judged at; 草稿 unless it is eligible there.

    ``level`` may say which level is meant; another than the assessment's raises ValueError: opinions of the province
    beside the county's own verdict would print clean what the province found not met. Two official pages, the 附页,
    then a 核对页 of ours. The same arguments give the same bytes; the clock is never read: ``printed_on`` is printed
    on the 核对页 when given. Raises TypefaceError for an unusable configured font.
    """
    at = assessment.level
    if level not in (None, at):
        raise ValueError(f"申报表要按 {level} 级打印，评估却是按 {at} 级作出的；请先按所打印的级别评估。")
    layout = application_form()
    setter = Setter(typefaces())
    plan = plan_form(submission, at, layout, setter)
    code = digest(submission, assessment)

    stream = io.BytesIO()
    faces = setter.faces
    canvas = Canvas(
        stream,
        pagesize=(layout.page.width, layout.page.height),
        invariant=1,
        pageCompression=1,
        initialFontName=faces.serif.name,  # else an unembedded Helvetica is declared on every page
        lang="zh-CN",
    )
    unit = submission.form.unit_name or submission.division.name
    name = cleaning.one_line(submission.division.name)
    canvas.setTitle("".join(layout.title) + (f"（{name}）" if name else ""))
    canvas.setAuthor(cleaning.one_line(unit))
    canvas.setSubject("草稿" if not assessment.eligible else "申报表")
    canvas.setCreator("demonstration-county")
    canvas.setViewerPreference("DisplayDocTitle", "true")

    sheet = Sheet(canvas, layout.page.width, layout.page.height)
    ink = FormInk(sheet, layout, plan, setter, unit, draft=not assessment.eligible, demo=_is_invented(submission))
    mark = QrMark(canvas, f"{submission.division.code} {submission.round.id} {code}")

    _begin(canvas, "page-1", "申报表")
    ink.first_page()
    canvas.showPage()
    _begin(canvas, "page-2", "推荐意见")
    ink.second_page()
    canvas.showPage()
    for number, extra in enumerate(plan.extra, start=1):
        _begin(canvas, f"extra-{number}", f"附页{number} {extra.subject}")
        ink.extra_page(number, extra, code, mark)
        canvas.showPage()
    _begin(canvas, "check", "核对页")
    draw_check_sheet(ink, mark, CheckFacts(submission, assessment, at, code, printed_on))
    canvas.showPage()
    canvas.save()
    return RenderedForm(stream.getvalue(), tuple(setter.missing), canvas.getPageNumber() - 1)


def _is_invented(submission: Submission) -> bool:
    """Invented divisions are numbered 99xxxx; GB/T 2260 gives no real one such a code."""
    return submission.division.code.startswith("99")


def _begin(canvas: Canvas, key: str, title: str) -> None:
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(title, key, level=0)
