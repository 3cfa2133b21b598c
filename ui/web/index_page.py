"""Streamlit's index.html rewritten: Chinese, our scripts and style sheet, and the hashes its policy needs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit

from ui.components.state_styles import style_rules
from ui.navigation import TITLE

ASSETS = Path(__file__).parent / "assets"
_CSS, _JS = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
ASSET_TYPES = {
    "official.css": _CSS,
    "plain.css": _CSS,
    "chinese.js": _JS,
    "session.js": _JS,
    "drafts.js": _JS,
    "places.js": _JS,
    "reach.js": _JS,
    "uploads.js": _JS,
    "row-page.js": _JS,
    "proposals.js": _JS,
    "papers.js": _JS,
    "desk.js": _JS,
}
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
# The theme uses the machine's own fonts, so the bundled Latin font would be fetched for nothing.
_FONT_PRELOAD = re.compile(r"<link\s+rel=\"preload\"[^>]*woff2\"[^>]*/>", re.DOTALL)
_AGENT_LINK = re.compile(r"<!--(?:(?!-->).)*agent API(?:(?!-->).)*-->\s*<link rel=\"service-desc\"[^>]*/>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The page as served, and the Content-Security-Policy sources of its inline scripts."""

    html: bytes
    script_hashes: tuple[str, ...]


def source_hash(script: str) -> str:
    """CSP source of an inline script: ``'sha256-…'`` over its exact text."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def asset_content(name: str) -> bytes:
    """An asset as served: ``official.css`` ends with the rules made from the table of states."""
    content = (ASSETS / name).read_bytes()
    return content + style_rules().encode() if name == "official.css" else content


def asset_version(name: str) -> str:
    """Short digest of an asset, so that a new release is never served from an old cache."""
    return hashlib.sha256(asset_content(name)).hexdigest()[:12]


def rewrite(html: str) -> str:
    """Streamlit's page with our language, title, style sheet and script; raises ValueError when it no longer fits."""
    for wanted in ('<html lang="en">', "<title>Streamlit</title>", "</head>"):
        if wanted not in html:
            message = f"Streamlit's index.html has no {wanted!r}: check ui/web/index_page.py against this release"
            raise ValueError(message)
    html = _FONT_PRELOAD.sub("", _AGENT_LINK.sub("", html))
    html = html.replace('<html lang="en">', '<html lang="zh-CN">').replace(
        "<title>Streamlit</title>", f"<title>{TITLE}</title>"
    )
    html = _NOSCRIPT.sub("<noscript><p>本页面需要启用 JavaScript。请在浏览器设置中启用后刷新。</p></noscript>", html)
    # session.js runs at once: it must be there before Streamlit's own script opens its websocket.
    ours = (
        f'<script src="./assets/session.js?v={asset_version("session.js")}"></script>'
        f'<link rel="stylesheet" href="./assets/official.css?v={asset_version("official.css")}" />'
        f'<script defer src="./assets/chinese.js?v={asset_version("chinese.js")}"></script>'
        f'<script defer src="./assets/drafts.js?v={asset_version("drafts.js")}"></script>'
        f'<script defer src="./assets/places.js?v={asset_version("places.js")}"></script>'
        f'<script defer src="./assets/reach.js?v={asset_version("reach.js")}"></script>'
        f'<script defer src="./assets/uploads.js?v={asset_version("uploads.js")}"></script>'
        f'<script defer src="./assets/row-page.js?v={asset_version("row-page.js")}"></script>'
        f'<script defer src="./assets/proposals.js?v={asset_version("proposals.js")}"></script>'
        f'<script defer src="./assets/papers.js?v={asset_version("papers.js")}"></script>'
        f'<script defer src="./assets/desk.js?v={asset_version("desk.js")}"></script>'
    )
    return html.replace("</head>", f"{ours}</head>")


@cache
def index_page() -> IndexPage:
    """The page of the installed Streamlit, read once per process."""
    html = rewrite((Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
    return IndexPage(html.encode("utf-8"), tuple(source_hash(script) for script in _INLINE_SCRIPT.findall(html)))
