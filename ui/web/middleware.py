"""ASGI middleware around Streamlit: which addresses exist, the page they get, and the headers every answer carries."""

from __future__ import annotations

from functools import cache

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.navigation import PAGES
from ui.web.index_page import ASSET_TYPES, index_page
from ui.web.responses import not_found, page

_STREAMLIT_PREFIXES = ("/_stcore/", "/media/", "/component/", "/static/")
# Counters of every session and a machine interface to every page: nothing here needs them.
_BLOCKED_PREFIXES = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_OUR_PREFIXES = ("/files/", "/papers/")
_FILES = ("/check", "/favicon.png", "/healthz", "/login", "/logout", "/password", "/session", "/sessions")
_ASSETS = tuple(f"/assets/{name}" for name in ASSET_TYPES)
# For what people uploaded and what is printed: stricter than the pages' policy.
SANDBOXED = "sandbox; default-src 'none'; frame-ancestors 'none'"
# A PDF shown in a frame of our own page: a sandbox would keep the browser's reader from showing it.
FRAMED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_POLICY = b"content-security-policy"
_OF_FILES = frozenset(policy.encode("latin-1") for policy in (SANDBOXED, FRAMED))


@cache
def content_security_policy() -> str:
    """The policy; script sources are this origin and the page's own inline scripts, by hash."""
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *index_page().script_hashes)),
        # Streamlit's components write <style> elements at run time.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "frame-src": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def security_headers() -> dict[str, str]:
    """Headers of every answer, by lower-case name."""
    return {
        "content-security-policy": content_security_policy(),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        # Not no-referrer: browsers would send "Origin: null" with our own forms, which could not be told from forged.
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "x-robots-tag": "noindex, nofollow",
    }


class SecurityHeaders:
    """Adds `security_headers` to every HTTP answer, replacing what is there under that name but files' policies."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in security_headers().items()]
        names = {name for name, _ in ours} | {b"server"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = [(name.lower(), value) for name, value in message.get("headers", [])]
                own = {n: v for n, v in present if n == _POLICY and v in _OF_FILES}
                if own.get(_POLICY) == FRAMED.encode("latin-1"):
                    own[b"x-frame-options"] = b"SAMEORIGIN"
                unchanged = [(n, v) for n, v in present if n not in names]
                message["headers"] = [*unchanged, *({**dict(ours), **own}).items()]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Pages:
    """Serves our index page at the addresses that exist, a Chinese 404 at those that do not, and lets the rest pass.

    Streamlit itself answers every unknown address with its page and status 200.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._addresses = {f"/{page.path}" for page in PAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path in self._addresses and scope["method"] in {"GET", "HEAD"}:
            await page()(scope, receive, send)
        elif path.startswith(_BLOCKED_PREFIXES) or not _known(path):
            await not_found()(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _known(path: str) -> bool:
    return path in _FILES or path in _ASSETS or path.startswith(_STREAMLIT_PREFIXES + _OUR_PREFIXES)


MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(Pages)]
