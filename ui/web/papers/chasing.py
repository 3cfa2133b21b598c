"""催办清单 to be printed from the browser: a page for each department, with what it still owes."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.clock import local_date, now
from ui.office import office
from ui.web.plain_pages import not_available, plain_page, text
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.overview.chasing import Chased, chasing, whose_words
from workflow.overview.gaps import DepartmentGaps, Gap
from workflow.people import COUNTY_ROLES, Person
from workflow.submission.snapshot import SubmissionSnapshot, open_submission

_HEADS = "".join(f'<th scope="col">{name}</th>' for name in ("指标", "牵头", "内部期限", "还缺什么", "材料一般在"))
_MOST_ID = 1 << 62


async def chasing_page(request: Request) -> Response:
    """For the county's own people; a department gets its own page alone."""
    identity, submission_id = identity_of(request.scope), request.path_params["submission_id"]
    if identity is None or identity.person.role not in COUNTY_ROLES or submission_id > _MOST_ID:
        return not_available()
    try:
        return await to_thread.run_sync(lambda: _page(identity.person, submission_id))
    except Refused:
        return not_available()


def _page(person: Person, submission_id: int) -> Response:
    snapshot = open_submission(office(), person, submission_id)
    found = chasing(office(), snapshot, local_date(now()))
    body = "".join(_sheet(snapshot, one) for one in found) or '<section class="card"><p>没有要催办的。</p></section>'
    return plain_page("催办清单", body, kind="sheets")


def _sheet(snapshot: SubmissionSnapshot, one: Chased) -> str:
    told = "；".join(filter(None, (one.contact, one.account)))
    today, owed = local_date(now()).isoformat(), len(one.gaps.gaps)
    county, title = snapshot.record.division_name, snapshot.round.title
    late = f"，其中已过内部期限 {one.gaps.late} 项" if one.gaps.late else ""
    apply_by = snapshot.round.apply_by
    until = f"申报截止 {apply_by.isoformat()}。" if apply_by else ""
    return f"""<section class="card"><h1>{text(one.gaps.unit)}</h1>
<p>{text(county)}　{text(title)}　{today}　还缺 {owed} 项{late}。{until}{text(told)}</p>
<table><thead><tr>{_HEADS}</tr></thead><tbody>{_rows(one.gaps)}</tbody></table></section>
"""


def _rows(gaps: DepartmentGaps) -> str:
    return "".join(
        f"<tr><td>{text(gap.row.id)} <small>{text(gap.row.statement)}</small>{_part(gap)}</td>"
        f"<td>{text(whose_words(gaps.unit, gap))}</td><td>{_due(gap)}</td><td>{text(gap.wanting)}</td>"
        f"<td>{text('、'.join(gap.holders))}</td></tr>"
        for gap in gaps.gaps
    )


def _part(gap: Gap) -> str:
    return f"<br><small>只填：{text('、'.join(gap.part))}</small>" if gap.part else ""


def _due(gap: Gap) -> str:
    return "" if gap.due is None else f"{gap.due.isoformat()}{'（已过）' if gap.late else ''}"


CHASING_ROUTES = [Route("/papers/{submission_id:int}/chasing", chasing_page, methods=["GET"])]
