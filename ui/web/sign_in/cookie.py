"""The session cookie: HttpOnly, same-site, for https only where the connection is; its value an opaque token."""

from __future__ import annotations

import re

from starlette.responses import Response
from starlette.types import Scope

from ui.settings import settings

_NAME = "dc_session"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")


def is_secure(scope: Scope) -> bool:
    """Whether the browser came by https: the connection says so, the trusted proxy, or the setting."""
    return scope.get("scheme") in {"https", "wss"} or settings().cookie_secure


def cookie_name(scope: Scope) -> str:
    """By https ``__Host-…``: browsers then take it from this host alone, never from a neighbour's subdomain."""
    return f"__Host-{_NAME}" if is_secure(scope) else _NAME


def token_of(scope: Scope) -> str:
    """The token the browser sent; empty when there is none, or more than one, or it cannot be one of ours."""
    name_wanted = cookie_name(scope)
    pairs = [
        pair.strip().partition("=")
        for name, value in scope["headers"]
        if name.lower() == b"cookie"
        for pair in value.decode("latin-1").split(";")
    ]
    tokens = {value for name, _, value in pairs if name == name_wanted}
    token = tokens.pop() if len(tokens) == 1 else ""
    return token if _TOKEN.fullmatch(token) else ""


def set_session_cookie(response: Response, scope: Scope, token: str) -> None:
    """Set the cookie; the browser forgets it when it closes, the server when the session's time is up."""
    response.set_cookie(cookie_name(scope), token, path="/", httponly=True, samesite="lax", secure=is_secure(scope))


def delete_session_cookie(response: Response, scope: Scope) -> None:
    """Delete the cookie."""
    response.delete_cookie(cookie_name(scope), path="/", httponly=True, samesite="lax", secure=is_secure(scope))
