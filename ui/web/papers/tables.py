"""Tables to take away, as XLSX or CSV, made for the person who asks; `workflow.tables` decides what they may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scoring.spreadsheets.tables import Table, table_csv, table_xlsx
from storage.clock import local_date, now
from ui.office import office
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available, notice
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.tables.asked import COUNTY, Asked
from workflow.tables.named import named_table

_WRITERS: Mapping[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (table_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (table_csv, "text/csv; charset=utf-8"),
}
_writing = CapacityLimiter(1)  # 几千行的一张表要一秒多


async def table_file(request: Request) -> Response:
    """``/papers/tables/matrix.xlsx?round=…``; 404 alike for absent, foreign and not for this person."""
    identity = identity_of(request.scope)
    name, _, ending = request.path_params["file"].rpartition(".")
    if identity is None or ending not in _WRITERS:
        return not_available()
    query = {key: request.query_params.getlist(key) for key in request.query_params}
    asked, (write, media_type) = Asked(office(), identity.person, now(), query), _WRITERS[ending]
    try:
        table, content = await to_thread.run_sync(lambda: _made(name, asked, write), limiter=_writing)
    except Refused as refused:
        if refused.code in {"not_found", "wrong_role"}:
            return not_available()
        return notice("这张表现在做不出来", refused.reasons, ("/", "返回首页"), 409)
    county = dict(table.about).get(COUNTY)
    day = local_date(asked.now).isoformat()
    words = [table.title, *([str(county)] if county else []), day]
    return attachment(content, f"{'-'.join(words)}.{ending}", media_type)


def _made(name: str, asked: Asked, write: Callable[[Table], bytes]) -> tuple[Table, bytes]:
    table = named_table(name, asked)
    return table, write(table)


TABLE_ROUTES = [Route("/papers/tables/{file}", table_file, methods=["GET"])]
