"""POST /drafts: the text of a field somebody is still typing in, told by the page's own script (`assets/drafts.js`).

Streamlit sends a text when the field is left; a reload, a closed tab or a dead server would lose it until then.
"""

from __future__ import annotations

import json
import logging
import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import request_response
from starlette.types import ASGIApp, Receive, Scope, Send

from storage.clock import now
from storage.errors import StoreError
from ui import typed
from ui.typed import TypedText
from ui.web.origin import from_our_pages
from ui.web.plain_pages import forged, sign_in_first
from ui.web.responses import not_found
from ui.web.sign_in.gate import identity_of
from workflow.drafting.drafts import NotKept

logger = logging.getLogger(__name__)

MOST_BYTES, MOST_ITEMS = 512 * 1024, 200
_PATIENCE = 10.0  # seconds; then the page's script tries again
_TAB = re.compile("[a-z0-9]{12,32}")
_HIGHEST = 2**53
_UNREADABLE = "送来的内容无法识别，没有暂存。请刷新页面后重新填写。"
_NO_STORE = {"Cache-Control": "no-store"}


async def keep_typed(request: Request) -> Response:
    """204 when all is kept, or of a form closed since; 200 with the fields that are not, and why.

    400, 413, 415 for what the page's script never sends, 503 while the store cannot be written: try again; each with a
    sentence.
    """
    if request.method != "POST":
        return not_found()
    identity = identity_of(request.scope)
    if identity is None:  # the gate lets nobody through; should it ever, nothing is kept
        return sign_in_first()
    if not from_our_pages(request.headers):
        return forged()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _refused(415, _UNREADABLE)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return _refused(413, "一次送来的内容太多，没有暂存。请删减，或者分几次填写、保存。")
    try:
        tab, texts = _read(bytes(body))
    except (ValueError, RecursionError):
        return _refused(400, _UNREADABLE)
    person = identity.person

    def keep() -> tuple[NotKept, ...]:
        typed.hear_typed(person.account_id, tab, texts)
        return typed.put_down(person, tab, now(), patience=_PATIENCE)

    try:
        told = await to_thread.run_sync(keep)
    except StoreError:
        logger.exception("what is being typed could not be kept yet")
        return _refused(503, "没有暂存：系统繁忙，或者暂时不能写入。内容仍留在本页，请稍候。")
    named = {text.key for text in texts}
    refused = [{"key": str(one.key), "words": one.words} for one in told if str(one.key) in named]
    answer = JSONResponse({"refused": refused}, headers=_NO_STORE)
    return answer if refused else Response(status_code=204, headers=_NO_STORE)


def _read(body: bytes) -> tuple[str, list[TypedText]]:
    """Which window, and what is being typed in it. Raises ValueError."""
    given = json.loads(body)
    if not isinstance(given, dict) or not isinstance(given.get("items"), list) or len(given["items"]) > MOST_ITEMS:
        raise ValueError("not what the page's script sends")
    tab = given.get("tab")
    if not isinstance(tab, str) or not _TAB.fullmatch(tab):
        raise ValueError("no window of ours")
    return tab, [_item(item) for item in given["items"]]


def _item(item: object) -> TypedText:
    if isinstance(item, dict):
        key, text, number = (item.get(name) for name in ("key", "text", "n"))
        if isinstance(key, str) and isinstance(text, str) and type(number) is int and 0 <= number <= _HIGHEST:
            return TypedText(key, text, number)
    raise ValueError("no field's text")


def _refused(status: int, words: str) -> Response:
    return PlainTextResponse(words, status, headers=_NO_STORE)


class Drafts:
    """The middleware that answers here, right behind the gate: it is asked in every pause of the typing, and what
    Streamlit has its own requests go through does nothing for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self._answer = app, request_response(keep_typed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection (ASGI)."""
        ours = scope["type"] == "http" and scope["path"] == "/drafts"
        await (self._answer if ours else self.app)(scope, receive, send)
