"""退回补正通知书 of a submission's return: the last, or the one asked for by its number."""

from __future__ import annotations

from scoring.submission import FORM_LABELS, REVIEW_LEVELS, ReviewLevel
from scoring.wording import LEVEL_NAMES
from storage.clock import local_date
from storage.records import Return, ReturnItem
from templates.application_form.plan import printed_date
from templates.documents.contents.about import About
from templates.documents.contents.notice import NoticeContents, NoticeItem, addressed
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.companions import head_of
from workflow.papers.file_names import download_name
from workflow.procedure.opinions import opinion_author
from workflow.procedure.reviewing import corrections_made
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.tables.asked import Asked
from workflow.targets import form_field

NUMBER = "number"


def was_returned(office: Office, snapshot: SubmissionSnapshot) -> bool:
    """Whether there is a notice."""
    return bool(corrections_made(office, snapshot.person, snapshot.record.id))


def notice_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=``, ``&number=``. Raises Refused ``not_found``."""
    snapshot = asked.snapshot
    returns = [notice for notice, _ in corrections_made(asked.office, asked.person, snapshot.record.id)]
    wanted = asked.text(NUMBER)
    fitting = [notice for notice in returns if wanted in {"", str(notice.number)}]
    if not fitting:
        raise Refused("not_found", "没有这一次退回补正。")
    notice = fitting[-1]
    words = f"退回补正通知书-第{notice.number}次"
    return download_name(snapshot, words), made_document("notice", _contents(asked, snapshot, notice), ending)


def _contents(asked: Asked, snapshot: SubmissionSnapshot, notice: Return) -> NoticeContents:
    level = _level(notice)
    about = About.of(snapshot.content, head_of(asked))
    return NoticeContents(
        **about.names(),
        **addressed(snapshot.content.division.name, about.unit),
        level=f"{LEVEL_NAMES[level]}民政部门",
        office=opinion_author(snapshot, level) or f"{LEVEL_NAMES[level]}民政部门",
        number=notice.number,
        count=len(notice.items),
        reason=notice.reason or "",
        due=printed_date(notice.due) or "",
        dated=printed_date(local_date(notice.created_at)) or "",
        items=tuple(_item(snapshot, item) for item in notice.items),
    )


def _level(notice: Return) -> ReviewLevel:
    return next(level for level in REVIEW_LEVELS if level == notice.level)


def _item(snapshot: SubmissionSnapshot, item: ReturnItem) -> NoticeItem:
    row = next((row for standard in snapshot.standards if (row := standard.row(item.row_id)) is not None), None)
    if row is None:
        field = FORM_LABELS.get(form_field(item.row_id) or "", item.row_id)
        return NoticeItem(item.number, f"申报表“{field}”", "", item.reason)
    name = f"{'一票否决' if row.consequence == 'veto' else '指标'} {row.id}"
    return NoticeItem(item.number, name, row.statement, item.reason)
