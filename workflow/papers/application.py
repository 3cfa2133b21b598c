"""申报表 of a submission in the store: at a level this person sees."""

from __future__ import annotations

from indicators.installation import check_address
from scoring.assessment import Assessment
from scoring.submission import Submission
from scoring.wording import LEVEL_NAMES
from templates.application_form.check_sheet import office_names
from templates.application_form.form import RenderedForm, render_form
from templates.documents.model import Ending, RenderedDocument
from workflow.papers.file_names import download_name
from workflow.printed.codes import keep_code
from workflow.submission.printing import shown_at
from workflow.tables.asked import Asked


def form_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=`` a submission, ``&level=``. Raises Refused: ``not_found``, ``not_given``."""
    snapshot, level = asked.snapshot, asked.level()
    content, assessment = shown_at(asked.office, snapshot, level)
    name = download_name(snapshot, f"申报表-{LEVEL_NAMES[level]}")
    if ending == "docx":
        from templates.application_form.word_form import render_word_form  # noqa: PLC0415 - not wanted for a PDF

        return name, RenderedDocument(render_word_form(content, assessment))
    form = printed_form(asked, content, assessment)
    return name, RenderedDocument(form.pdf, form.missing_glyphs)


def printed_form(asked: Asked, content: Submission, assessment: Assessment) -> RenderedForm:
    """The form of the submission asked for as PDF; its code is kept, so that it can be checked."""
    snapshot = asked.snapshot
    names = office_names(snapshot.standards, snapshot.round.title)
    form = render_form(content, assessment, None, asked.printed_on, names=names, check_at=check_address())
    keep_code(asked.office, asked.person.username, snapshot.record.id, form.code, asked.now)
    return form
