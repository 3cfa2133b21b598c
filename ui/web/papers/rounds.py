"""The papers of a round: 推荐汇总表, 矩阵, 办理情况表; `workflow.papers.rounds` decides who may have them."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scoring.submission import LEVELS
from storage.clock import local_date, now
from templates.documents.model import Ending
from ui.office import office
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available, notice
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.papers.rounds import ROUND_PAPERS, RoundAsked, round_paper

_MEDIA_TYPES: dict[Ending, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_printing = CapacityLimiter(1)


async def round_file(request: Request) -> Response:
    """``/papers/rounds/matrix.pdf?round=…&level=…``; 404 alike for absent and not for this person."""
    identity, query = identity_of(request.scope), request.query_params
    named, _, ended = request.path_params["file"].rpartition(".")
    name = next((one for one in ROUND_PAPERS if one == named), None)
    ending = next((one for one in _MEDIA_TYPES if one == ended), None)
    level = next((one for one in LEVELS if one == query.get("level", "county")), None)
    if identity is None or name is None or ending is None or level is None:
        return not_available()
    asked = RoundAsked(
        identity.person, query.get("round", ""), level, local_date(now()), ending, query.get("standard", "")
    )
    try:
        made = await to_thread.run_sync(lambda: round_paper(office(), name, asked), limiter=_printing)
    except Refused as refused:
        if refused.code == "not_found":
            return not_available()
        return notice("现在还不能打印", refused.reasons, ("/", "返回首页"), 409)
    stem = f"{ROUND_PAPERS[name]}-{asked.day.isoformat()}"
    return attachment(made.content, f"{stem}.{ending}", _MEDIA_TYPES[ending])


ROUND_PAPER_ROUTES = [Route("/papers/rounds/{file}", round_file, methods=["GET"])]
