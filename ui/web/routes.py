"""Routes beside Streamlit's own: the health check, and the style sheets and scripts in ``assets/``."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from indicators import ProblemsError
from storage.errors import StoreError
from ui.office import office_if_made
from ui.rules import library
from ui.web.index_page import ASSET_TYPES, asset_content
from ui.web.responses import not_found

logger = logging.getLogger(__name__)


def healthz(_: Request) -> Response:
    """200 with the standards' fingerprints when rules and store can be read, 503 when they cannot."""
    try:
        standards = library().standards
    except ProblemsError as broken:
        return JSONResponse({"status": "broken_rules", "problems": len(broken.problems)}, status_code=503)
    try:
        _read_the_store()
    except StoreError:
        logger.exception("health: the store cannot be read")
        return JSONResponse({"status": "store_unreadable"}, status_code=503)
    body = {"status": "ok", "standards": {name: standard.fingerprint for name, standard in standards.items()}}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _read_the_store() -> None:
    office = office_if_made()
    if office is not None:
        with office.store.read() as tx:
            tx.rounds.all()


def asset(request: Request) -> Response:
    """A file of ``assets/`` by name; 404 for anything else."""
    name = request.path_params["name"]
    if name not in ASSET_TYPES:
        return not_found()
    # The address carries the content's digest (index_page.asset_version).
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(asset_content(name), headers=headers, media_type=ASSET_TYPES[name])


ROUTES = [Route("/healthz", healthz), Route("/assets/{name}", asset)]
