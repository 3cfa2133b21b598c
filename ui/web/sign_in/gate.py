"""ASGI middleware before all routes: only requests with a valid session pass, and it alone says whose they are.

The store is asked for every request and **every websocket message**: a script's own check would come too late
(callbacks and fragments of a revoked session run before it), and one at the handshake alone would outlive the session.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from anyio import to_thread
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from storage.clock import now
from storage.errors import StoreError
from ui.navigation import PAGES
from ui.office import office
from ui.web.index_page import ASSET_TYPES
from ui.web.origin import login_address
from ui.web.plain_pages import (
    change_password_first,
    go_to,
    not_your_page,
    not_yours,
    sign_in_first,
    wrong_host,
)
from ui.web.sign_in import live
from ui.web.sign_in.cookie import token_of
from ui.web.sign_in.script_session import foreign_upload
from workflow.accounts.sign_in import Identity, identify

logger = logging.getLogger(__name__)

IDENTITY_PREFIX = b"x-dc-"
ACCOUNT_HEADER = b"x-dc-account"
ENDED = 4401  # our close code: the page's script then says that the session is over
_UNAVAILABLE = 1013
_IDENTITY = "dc.identity"
PASSWORD = "/password"  # noqa: S105 - an address
OPEN = frozenset({"/login", "/logout", "/healthz", "/favicon.png", *(f"/assets/{name}" for name in ASSET_TYPES)})
_WITHOUT_NEW_PASSWORD = OPEN | {PASSWORD, "/session"}
_ADDRESSES = frozenset(f"/{page.path}" for page in PAGES) | {PASSWORD}
_BY_ADDRESS = {f"/{page.path}": page for page in PAGES}
_POSTED = frozenset({"/login", "/logout", PASSWORD})
_SAVED = ("/files/", "/papers/")
# 无人操作的页面也要在限时内看到退出：每隔这么久看一次，不算作本人操作。
LOOK_EVERY = 20.0
_MOST_PARSED = 1 << 20


def identity_of(scope: Scope) -> Identity | None:
    """Whom the gate let through with this request; None on the open addresses without a session."""
    identity = scope.get(_IDENTITY)
    return identity if isinstance(identity, Identity) else None


class Gate:
    """The middleware; ``look_every``: seconds between looks at the session of an idle websocket."""

    def __init__(self, app: ASGIApp, look_every: float = LOOK_EVERY) -> None:
        self.app = app
        self._look_every = look_every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection (ASGI)."""
        if scope["type"] == "http":
            await self._request(_without_claims(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(_without_claims(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        # Streamlit asks this of its own routes alone; a name of another's (DNS rebinding) reaches ours as well.
        if not is_host_allowed(_host(scope)):
            await wrong_host()(scope, receive, send)
            return
        identity = await identity_of_token(token_of(scope), touch=_asked_by_a_person(scope))
        if identity is None:
            answer = None if path in OPEN else _turned_away(scope)
        else:
            scope = _named(scope, identity)
            must_wait = identity.must_change_password and path not in _WITHOUT_NEW_PASSWORD
            answer = (go_to(PASSWORD) if _is_page(scope) else change_password_first()) if must_wait else None
            if answer is None and foreign_upload(path, identity.person.account_id):
                answer = not_yours()
            if answer is None:
                answer = _page_of_others(scope, identity)
        await (answer or self.app)(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = token_of(scope)
        try:
            identity = await identity_of_token(token, touch=False)  # a page reconnects by itself
        except StoreError:
            logger.exception("the gate cannot read the store")
            identity = None
        if identity is None or identity.must_change_password:
            # Before it is accepted, a refusal reaches the browser as HTTP 403 whatever the code.
            await receive()
            await send({"type": "websocket.close", "code": ENDED})
            return
        await _WatchedSocket(receive, send, token, identity, self._look_every).run(self.app, _named(scope, identity))


class _WatchedSocket:
    """A websocket of a signed-in person: each message passes only while their session is valid."""

    def __init__(self, receive: Receive, send: Send, token: str, identity: Identity, look_every: float) -> None:
        self._receive, self._send = receive, send
        self._token, self._identity, self._look_every = token, identity, look_every
        self._connection = live.Connection(identity.person.account_id, identity.token_hash)
        self._over = False
        self._next: asyncio.Task[Message] | None = None

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        live.register(self._connection)
        try:
            await app(scope, self.receive, self.send)
        finally:
            live.unregister(self._connection)
            if self._next is not None:
                self._next.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await self._next

    async def send(self, message: Message) -> None:
        if not self._over:  # what a running script still says to a session that is over goes nowhere
            await self._send(message)

    async def receive(self) -> Message:
        while True:
            message = await self._message_or_alarm()
            if message is not None and message["type"] != "websocket.receive":
                return message
            try:
                good = await self._good(touch=message is not None and _by_a_person(message))
            except StoreError:
                logger.exception("the gate cannot read the store; the message is not let through")
                return await self._end(_UNAVAILABLE)
            if not good:
                return await self._end(ENDED)
            if message is not None:
                return message

    async def _message_or_alarm(self) -> Message | None:
        """The next message; None when it is time to look at the session without one."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._receive())
        alarm = asyncio.ensure_future(self._connection.recheck.wait())
        try:
            await asyncio.wait({self._next, alarm}, timeout=self._look_every, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
        self._connection.recheck.clear()
        if not self._next.done():
            return None
        message, self._next = self._next.result(), None
        return message

    async def _good(self, *, touch: bool) -> bool:
        identity = await identity_of_token(self._token, touch=touch)
        return (
            identity is not None
            and not identity.must_change_password
            and identity.person.account_id == self._identity.person.account_id
        )

    async def _end(self, code: int) -> Message:
        self._over = True
        # 对方可能已先断开。
        with contextlib.suppress(RuntimeError, OSError):
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def identity_of_token(token: str, *, touch: bool = True) -> Identity | None:
    """Whose token this is now, None for nobody's; raises StoreError. Not cached."""
    return await to_thread.run_sync(_identify, token, touch) if token else None


def _identify(token: str, touch: bool) -> Identity | None:
    identity = identify(office(), token, now(), touch=touch)
    return None if identity is None or (identity.person.demo and not office().demo_accounts) else identity


def _without_claims(scope: Scope) -> Scope:
    """The request without the headers by which only the gate names an account."""
    scope.pop(_IDENTITY, None)
    return {**scope, "headers": [(n, v) for n, v in scope["headers"] if not n.lower().startswith(IDENTITY_PREFIX)]}


def _named(scope: Scope, identity: Identity) -> Scope:
    account = (ACCOUNT_HEADER, str(identity.person.account_id).encode("ascii"))
    return {**scope, "headers": [*scope["headers"], account], _IDENTITY: identity}


def _is_page(scope: Scope) -> bool:
    return scope["method"] in {"GET", "HEAD"} and scope["path"] in _ADDRESSES


def _turned_away(scope: Scope) -> ASGIApp:
    if _is_page(scope):
        return go_to(login_address(scope["path"], scope.get("query_string", b"").decode("latin-1")))
    return sign_in_first()


def _page_of_others(scope: Scope, identity: Identity) -> ASGIApp | None:
    """The answer to the address of another role's page: Streamlit would show the first page without a word."""
    page = _BY_ADDRESS.get(scope["path"]) if _is_page(scope) else None
    return None if page is None or identity.person.role in page.roles else not_your_page(page.title)


def _host(scope: Scope) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"), None)


def _asked_by_a_person(scope: Scope) -> bool:
    """Whether a person opened a page, sent a form or fetched a paper; other requests a page makes by itself."""
    method, path = scope["method"], scope["path"]
    if method == "GET":
        return path in _ADDRESSES or path.startswith(_SAVED)
    return method == "POST" and path in _POSTED


def _by_a_person(message: Message) -> bool:
    """Whether a websocket message comes of something a person did, not of a fragment's timer or a heartbeat."""
    data = message.get("bytes") or b""
    if len(data) > _MOST_PARSED:
        return True
    try:
        sent = BackMsg.FromString(data)
    except DecodeError:
        return False
    kind = sent.WhichOneof("type")
    if kind == "rerun_script":
        return not sent.rerun_script.is_auto_rerun
    return kind not in {"app_heartbeat", "load_git_info", None}
