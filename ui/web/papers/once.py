"""What is handed out once: slips with first passwords, in memory only, to the account that made them."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.clock import now
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available
from ui.web.sign_in.gate import identity_of

KEPT_FOR = timedelta(minutes=15)
_MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class _Paper:
    account_id: int
    until: datetime
    name: str
    pdf: bytes = field(repr=False)


_lock = threading.Lock()
_waiting: dict[str, _Paper] = {}


def hand_out_once(account_id: int, name: str, pdf: bytes) -> str:
    """The address at which that account can fetch it, once, within `KEPT_FOR`."""
    key, at = secrets.token_urlsafe(24), now()
    with _lock:
        for old in [old for old, paper in _waiting.items() if paper.until < at]:
            del _waiting[old]
        while len(_waiting) >= _MOST_KEPT:
            del _waiting[next(iter(_waiting))]
        _waiting[key] = _Paper(account_id, at + KEPT_FOR, name, pdf)
    return f"/papers/once/{key}"


def still_waits(address: str) -> bool:
    """Whether nobody has fetched it and its time is not over."""
    with _lock:
        paper = _waiting.get(address.rpartition("/")[2])
        return paper is not None and paper.until >= now()


async def once(request: Request) -> Response:
    """The paper, and then never again; another's, fetched and unknown ones look the same."""
    identity = identity_of(request.scope)
    account_id = (
        None if identity is None or request.method != "GET" else identity.person.account_id
    )  # HEAD takes nothing
    paper = await to_thread.run_sync(_taken, request.path_params["key"], account_id)
    return not_available() if paper is None else attachment(paper.pdf, paper.name, "application/pdf")


def _taken(key: str, account_id: int | None) -> _Paper | None:
    with _lock:
        paper = _waiting.get(key)
        if paper is None or paper.account_id != account_id or paper.until < now():
            return None
        return _waiting.pop(key)


ONCE_ROUTES = [Route("/papers/once/{key}", once, methods=["GET"])]
