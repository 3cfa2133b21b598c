"""Documents to take away, made for the person who asks; `workflow.papers` decides what they may have."""

from __future__ import annotations

import logging

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indicators import ProblemsError
from storage.clock import now
from templates.text.typefaces import TypefaceError
from ui.office import office
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available, notice
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.papers.offered import offered_paper
from workflow.tables.asked import Asked

logger = logging.getLogger(__name__)
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",  # of tables that are in no store
}
_making = CapacityLimiter(1)  # a document takes a core for half a second; pages go on answering meanwhile


async def document_file(request: Request) -> Response:
    """``/papers/documents/report.docx?s=…``; 404 alike for absent, foreign and not for this person."""
    identity = identity_of(request.scope)
    name, _, ending = request.path_params["file"].rpartition(".")
    if identity is None or ending not in MEDIA:
        return not_available()
    query = {key: request.query_params.getlist(key) for key in request.query_params}
    asked = Asked(office(), identity.person, now(), query)
    try:
        paper = await to_thread.run_sync(lambda: offered_paper(name, asked, ending), limiter=_making)
    except Refused as refused:
        if refused.code in {"not_found", "wrong_role"}:
            return not_available()
        return notice("这份文件现在做不出来", refused.reasons, ("/", "返回首页"), 409)
    except (ProblemsError, TypefaceError) as error:
        logger.exception("a document cannot be made")
        return notice("现在还不能打印", [str(error)], ("/", "返回首页"), 503)
    return attachment(paper.document.content, paper.name, MEDIA[ending])


DOCUMENT_ROUTES = [Route("/papers/documents/{file}", document_file, methods=["GET"])]
