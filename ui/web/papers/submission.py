"""A submission's evidence files and its printed form. `workflow` decides who may have them; browsers only save them."""

from __future__ import annotations

import re
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scoring.submission import Level
from scoring.wording import LEVEL_NAMES
from storage.clock import now
from ui.office import office
from ui.web.middleware import FRAMED, SANDBOXED
from ui.web.plain_pages import not_available, notice
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.people import Person
from workflow.submission.printing import print_form, printed_level
from workflow.submission.uploads import read_file, safe_name

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LEVELS: dict[str, Level] = {"county": "county", "prefecture": "prefecture", "province": "province"}
_MOST_ID = 1 << 62
_SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})
_printing = CapacityLimiter(2)  # a form takes a core for a moment; pages go on answering meanwhile


async def evidence_file(request: Request) -> Response:
    """A file of a submission's evidence, to be saved, or with ``?shown=1`` a PDF or picture to be seen on our page; 404
    alike for absent, foreign and not yet released."""
    person, submission_id, sha256 = (
        _person(request),
        request.path_params["submission_id"],
        request.path_params["sha256"],
    )
    if person is None or not _SHA256.fullmatch(sha256) or submission_id > _MOST_ID:
        return not_available()
    entry = request.query_params.get("entry")  # the same bytes may stand under two entries, each with its own name
    try:
        record, data = await to_thread.run_sync(lambda: read_file(office(), person, submission_id, sha256, entry))
    except Refused as refused:
        if refused.code == "file_missing":
            return notice("材料暂时读不出来", refused.reasons, ("/", "返回首页"), 503)
        return not_available()
    shown = request.query_params.get("shown") == "1" and record.media_type in _SHOWN
    return attachment(data, record.name, record.media_type, in_frame=shown)


async def form_pdf(request: Request) -> Response:
    """The 申报表 as PDF, at ``?level=`` or the highest level given."""
    person, submission_id = _person(request), request.path_params["submission_id"]
    wanted_level = request.query_params.get("level", "")
    if person is None or submission_id > _MOST_ID or (wanted_level and wanted_level not in _LEVELS):
        return not_available()
    level = _LEVELS.get(wanted_level)
    try:
        opened, form = await to_thread.run_sync(
            lambda: print_form(office(), person, submission_id, now(), level), limiter=_printing
        )
    except Refused as refused:
        if refused.code == "not_found":
            return not_available()
        return notice("现在还不能打印", refused.reasons, ("/", "返回首页"), 409)
    round_title = opened.round.title.replace("/", "").replace("\\", "")  # 斜线会被当作文件夹
    name = f"{opened.record.division_name}-{round_title}-申报表-{LEVEL_NAMES[printed_level(opened, level)]}.pdf"
    return attachment(form.pdf, name, "application/pdf")


def attachment(data: bytes, name: str, media_type: str, *, in_frame: bool = False) -> Response:
    """Bytes to save under a name of any script (RFC 6266, RFC 5987); never kept, never opened in our origin but where
    ``in_frame``: a PDF or picture in a frame of our page."""
    shown = safe_name(name)
    extension = shown.rpartition(".")[2]
    plain = f"file.{extension}" if extension.isascii() and extension.isalnum() else "file"
    place = "inline" if in_frame else "attachment"
    headers = {
        "Content-Disposition": f"{place}; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}",
        "Cache-Control": "no-store",
        "Content-Security-Policy": FRAMED if in_frame else SANDBOXED,
    }
    return Response(data, media_type=media_type, headers=headers)


def _person(request: Request) -> Person | None:
    identity = identity_of(request.scope)
    return None if identity is None else identity.person


PAPER_ROUTES = [
    Route("/files/{submission_id:int}/{sha256}", evidence_file, methods=["GET"]),
    Route("/papers/{submission_id:int}/form.pdf", form_pdf, methods=["GET"]),
]
