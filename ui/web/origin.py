"""Where a request comes from and where it may be sent on to."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers

HOME = "/"
_SAFE_PATH = re.compile(r"/[A-Za-z0-9._~/-]*")
_LONGEST = 512


def from_our_pages(headers: Headers) -> bool:
    """Whether a browser sent this from a page of ours (against requests forged by other sites, login CSRF included).

    Every browser of the last years states at least one of the two headers on a POST; a request with neither is refused.
    """
    fetched_from = headers.get("sec-fetch-site")
    if fetched_from is not None and fetched_from not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return fetched_from is not None
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and parts.netloc == headers.get("host")


def safe_next(target: str | None) -> str:
    """A path of this site to go on to, or the first page: never another host, another scheme or a control character."""
    if (
        not target
        or target.startswith("//")
        or len(target) > _LONGEST
        or any(unicodedata.category(c)[0] == "C" for c in target)
    ):
        return HOME
    try:
        parts = urlsplit(target)
    except ValueError:
        return HOME
    same_site = not parts.scheme and not parts.netloc and _SAFE_PATH.fullmatch(parts.path) and "//" not in parts.path
    if not same_site or parts.path.startswith(("/login", "/logout")):
        return HOME
    # Written anew from its parts, so that nothing a browser might read differently gets through.
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    return quote(parts.path, safe="/._~-") + (f"?{query}" if query else "")


def login_address(path: str, query: str = "") -> str:
    """The sign-in page, to come back to ``path`` afterwards."""
    target = safe_next(f"{path}?{query}" if query else path)
    return "/login" if target == HOME else f"/login?{urlencode({'next': target})}"
