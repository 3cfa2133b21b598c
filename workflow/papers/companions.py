"""Papers beside the form, of a submission in the store: its register, a level's findings, a level's visits."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.submission import ReviewLevel
from scoring.wording import LEVEL_NAMES
from templates.application_form.plan import printed_date
from templates.documents.contents.evidence import evidence_contents
from templates.documents.contents.record import RecordDoubt, record_contents
from templates.documents.contents.report import ReportHead
from templates.documents.contents.visit import Sheet, SheetLine, visit_contents
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from workflow.papers.file_names import download_name
from workflow.procedure.doubts import doubts
from workflow.procedure.reviewing import compared_as_seen, corrections_made
from workflow.procedure.site_sheet import SheetRow, plan_of, site_sheet
from workflow.submission.printing import shown_at, whole_place
from workflow.tables.asked import Asked
from workflow.targets import Target
from workflow.visibility import shows


def evidence_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=`` a submission. Raises Refused ``not_found``."""
    snapshot = asked.snapshot
    contents = evidence_contents(snapshot.content, asked.office.rules_of(snapshot.round), head_of(asked))
    return download_name(snapshot, "佐证材料目录"), made_document("evidence", contents, ending)


def record_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=``, ``&level=`` of review. Raises Refused: ``not_found``, ``not_given``."""
    snapshot, level = asked.snapshot, asked.review_level()
    content, assessment = shown_at(asked.office, snapshot, level)
    rules = asked.office.rules_of(snapshot.round)
    # Whoever does not see the level's doubts has none in what they opened.
    told = tuple(RecordDoubt(one.row_id, one.reason, one.settles, one.resolved) for one in doubts(snapshot, level))
    contents = record_contents(content, assessment, rules, level, head_of(asked), doubts=told)
    return download_name(snapshot, f"评审记录-{LEVEL_NAMES[level]}"), made_document("record", contents, ending)


def visit_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """The same; with the sheet for whoever may see what the level means to look at."""
    snapshot, level = asked.snapshot, asked.review_level()
    content, _ = shown_at(asked.office, snapshot, level)
    rules = asked.office.rules_of(snapshot.round)
    contents = visit_contents(content, rules, level, head_of(asked), _sheet(asked, level))
    return download_name(snapshot, f"实地评估记录-{LEVEL_NAMES[level]}"), made_document("visit", contents, ending)


def _sheet(asked: Asked, level: ReviewLevel) -> Sheet:
    snapshot, person = asked.snapshot, asked.person
    if not shows(person.role, snapshot.state, Target.visit_plan(level)):
        return Sheet()
    made = corrections_made(asked.office, person, snapshot.record.id)
    returned = {item.item.row_id for _, items in made for item in items}
    lines = site_sheet(snapshot, compared_as_seen(asked.office, snapshot), level, returned)
    plan = plan_of(snapshot, level)
    words = asked.office.library.vocabulary.lists["methods"]
    return Sheet(
        day=printed_date(plan.date) or "",
        places="、".join(plan.places),
        people="、".join(plan.people),
        note=plan.note,
        lines=tuple(_line(one, words) for one in lines),
    )


def _line(one: SheetRow, words: Mapping[str, str]) -> SheetLine:
    methods = "、".join(words.get(method, method) for method in one.methods)
    return SheetLine(one.row.id, one.row.statement, "\n".join(one.why), "\n".join(one.look), methods)


def head_of(asked: Asked) -> ReportHead:
    """What every paper of the submission asked for tells of it."""
    snapshot = asked.snapshot
    return ReportHead(
        round_title=snapshot.round.title,
        place=whole_place(snapshot),
        printed_on=asked.printed_on,
        demo=snapshot.round.demo,
    )
