"""自评报告 of a submission in the store: at a level this person sees."""

from __future__ import annotations

from scoring.assessment import Assessment
from scoring.submission import Submission
from scoring.wording import LEVEL_NAMES
from templates.application_form.digest import digest
from templates.documents.contents.report import ReportContents, ReportHead, report_contents
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from workflow.papers.file_names import download_name
from workflow.printed.codes import keep_code
from workflow.submission.printing import shown_at, whole_place
from workflow.tables.asked import Asked


def report_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=`` a submission, ``&level=``. Raises Refused: ``not_found``, ``not_given``."""
    snapshot, level = asked.snapshot, asked.level()
    content, assessment = shown_at(asked.office, snapshot, level)
    rendered = made_document("report", report_of(asked, content, assessment), ending)
    if ending == "pdf":
        keep_code(asked.office, asked.person.username, snapshot.record.id, digest(content, assessment), asked.now)
    return download_name(snapshot, f"自评报告-{LEVEL_NAMES[level]}"), rendered


def report_of(asked: Asked, content: Submission, assessment: Assessment) -> ReportContents:
    """What the report of the submission asked for holds."""
    snapshot = asked.snapshot
    head = ReportHead(
        round_title=snapshot.round.title,
        place=whole_place(snapshot),
        printed_on=asked.printed_on,
        demo=snapshot.round.demo,
    )
    return report_contents(content, assessment, asked.office.rules_of(snapshot.round), head)
