"""ASGI middleware before all routes: only requests with a valid session pass, and it alone says whose they are.

The store is asked for every request and **every websocket message**: a script's own check would come too late
(callbacks and fragments of a revoked session run before it), and one at the handshake alone would outlive the session.
"""

from __future__ import annotations

import logging

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send
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
from ui.web.sign_in.watched_socket import ENDED, WatchedSocket, tab_of
from workflow.accounts.sign_in import Identity, identify

logger = logging.getLogger(__name__)

IDENTITY_PREFIX = b"x-dc-"
ACCOUNT_HEADER = b"x-dc-account"
TAB_HEADER = b"x-dc-tab"
_IDENTITY = "dc.identity"
PASSWORD = "/password"  # noqa: S105 - an address
SESSIONS = "/sessions"
# Streamlit's page asks these two before each attempt to connect, and tells a refusal in English, over our own notice
# that the session has ended. They say nothing of anybody.
_ASKED_FIRST = ("/_stcore/health", "/_stcore/host-config")
OPEN = frozenset(
    {
        "/login",
        "/logout",
        "/check",
        "/healthz",
        "/favicon.png",
        *_ASKED_FIRST,
        *(f"/assets/{name}" for name in ASSET_TYPES),
    }
)
_WITHOUT_NEW_PASSWORD = OPEN | {PASSWORD, "/session"}
_ADDRESSES = frozenset(f"/{page.path}" for page in PAGES) | {PASSWORD, SESSIONS}
_BY_ADDRESS = {f"/{page.path}": page for page in PAGES}
_POSTED = frozenset({"/login", "/logout", PASSWORD, SESSIONS, "/drafts"})
_SAVED = ("/files/", "/papers/")
# 无人操作的页面也要在限时内看到退出：每隔这么久看一次，不算作本人操作。
LOOK_EVERY = 20.0


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
        tab = tab_of(scope)
        scope = _named(scope, identity)
        scope["headers"].append((TAB_HEADER, tab.encode("ascii")))
        person = identity.person

        async def still_good(*, touch: bool) -> bool:
            found = await identity_of_token(token, touch=touch)
            if found is None or found.must_change_password:
                return False
            return found.person.account_id == person.account_id

        connection = live.Connection(person.account_id, identity.token_hash, tab)
        watched = WatchedSocket(
            receive, send, connection, person=person, still_good=still_good, look_every=self._look_every
        )
        await watched.run(self.app, scope)


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
