"""The index page and the 404 as HTTP responses."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from ui.navigation import TITLE
from ui.web.index_page import asset_version, index_page

_NOT_FOUND = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>没有这个页面 - {title}</title>
<link rel="stylesheet" href="/assets/official.css?v={version}"></head>
<body class="dc-plain"><h1>没有这个页面</h1>
<p>地址可能写错了，或者该页面不对外提供。</p>
<p><a href="/">返回“{title}”首页</a></p></body>
</html>
"""


def page() -> Response:
    """The index page; never cached, since it names the current assets."""
    return HTMLResponse(index_page().html, headers={"Cache-Control": "no-cache"})


def not_found() -> Response:
    """The Chinese 404."""
    body = _NOT_FOUND.format(title=TITLE, version=asset_version("official.css"))
    return HTMLResponse(body, status_code=404, headers={"Cache-Control": "no-store"})
