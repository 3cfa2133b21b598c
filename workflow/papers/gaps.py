"""部门缺项清单 of a submission in the store: what has been given to each department and is still missing."""

from __future__ import annotations

from collections.abc import Iterator

from storage.clock import local_date
from templates.documents.contents.about import About
from templates.documents.contents.gaps import SUGGESTED, GapRow, GapsContents, GapSheet, gap_sheet, gaps_contents
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.chasing import whose_words
from workflow.overview.departments import DepartmentStanding, department_standings
from workflow.overview.gaps import DepartmentGaps, gap_list
from workflow.papers.companions import head_of
from workflow.papers.file_names import download_name
from workflow.people import COUNTY_ROLES
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.tables.asked import Asked

DEPARTMENT = "department"


def is_of_the_county(_office: Office, snapshot: SubmissionSnapshot) -> bool:
    """Whom the paper is for: the county's own people; a department's get theirs alone."""
    return snapshot.person.role in COUNTY_ROLES


def gaps_paper(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=``, ``&department=`` one alone. Raises Refused ``not_found``."""
    snapshot = asked.own_snapshot
    wanted = asked.text(DEPARTMENT)
    contents = _contents(asked, wanted)
    words = f"部门缺项清单-{wanted}" if wanted else "部门缺项清单"
    return download_name(snapshot, words), made_document("gaps", contents, ending)


def _contents(asked: Asked, wanted: str) -> GapsContents:
    snapshot = asked.own_snapshot
    standings = {one.department.name: one for one in department_standings(asked.office, snapshot)}
    lists = gap_list(asked.office, snapshot, local_date(asked.now))
    name = snapshot.departments.name_of(wanted) if wanted else ""
    if name and name not in {one.unit for one in lists}:
        there = "、".join(dict.fromkeys(one.unit for one in lists)) or "（没有）"
        raise Refused("not_found", f"“{wanted}”没有缺项，或者没有这个部门；有缺项的：{there}。")
    wanted_lists = [one for one in lists if name in {"", one.unit}]
    suggested = bool(wanted_lists) and all(one.suggested for one in wanted_lists)
    sheets = [_sheet(one, standings.get(one.unit), told=not suggested) for one in wanted_lists]
    about = About.of(snapshot.content, head_of(asked))
    return gaps_contents(about, snapshot.round.apply_by, sheets, assigned=True, suggested=suggested)


def _sheet(one: DepartmentGaps, standing: DepartmentStanding | None, *, told: bool) -> GapSheet:
    """``told``: here whether it is a suggestion, not at the head of the whole."""
    contact = standing.department.contact if standing is not None else ""
    suggested = SUGGESTED if told and one.suggested else ""
    return gap_sheet(
        one.unit, _rows(one), "　".join(filter(None, (suggested, f"联系处：{contact}" if contact else "")))
    )


def _rows(one: DepartmentGaps) -> Iterator[GapRow]:
    for gap in one.gaps:
        yield GapRow(
            department=one.unit,
            id=gap.row.id,
            statement=gap.row.statement,
            whose=whose_words(one.unit, gap),
            part="、".join(gap.part),
            due=gap.due,
            late="已过" if gap.late else "",
            wanting=gap.wanting,
            holders="、".join(gap.holders),
        )
