"""Pages the server writes whole, without a script: the frame of sign-in pages and of refusals."""

from __future__ import annotations

import html
from collections.abc import Iterable

from starlette.responses import HTMLResponse, RedirectResponse, Response

from ui.navigation import TITLE
from ui.web.index_page import asset_version

SUBJECT = "农村留守儿童关爱保护和困境儿童保障"
SYSTEM = "示范县申报评估系统"
_FRAME = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - {system}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/plain.css?v={version}"></head>
<body>
<header class="head"><p class="subject">{subject}</p><p class="system">{system}</p></header>
<main class="{kind}">
{body}
</main>
<footer class="foot">{foot}</footer>
</body>
</html>
"""
FOOT = "系统只收各项指标的数字和证明材料，请勿录入或上传儿童个人信息。"


def text(value: str) -> str:
    """For inside an element or a quoted attribute."""
    return html.escape(value, quote=True)


def plain_page(title: str, body: str, *, status: int = 200, kind: str = "narrow") -> Response:
    """A whole page around ``body`` (HTML, already escaped); never kept by browser or proxy."""
    page = _FRAME.format(
        title=text(title),
        system=SYSTEM,
        subject=SUBJECT,
        version=asset_version("plain.css"),
        kind=kind,
        body=body,
        foot=FOOT,
    )
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})


def notice(title: str, sentences: Iterable[str], link: tuple[str, str], status: int) -> Response:
    """A refusal or a message: what, why, and where to go (``link``: address, words)."""
    paragraphs = "".join(f"<p>{text(sentence)}</p>" for sentence in sentences)
    address, words = link
    onward = f'<p><a href="{text(address)}">{text(words)}</a></p>'
    return plain_page(
        title, f'<section class="card"><h1>{text(title)}</h1>{paragraphs}{onward}</section>', status=status
    )


def go_to(address: str) -> Response:
    """See other: always fetched anew, never kept."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def sign_in_first() -> Response:
    """401: the same for what exists and what does not."""
    return notice("请先登录", ["您还没有登录，或者登录已失效。"], ("/login", "前往登录页"), 401)


def change_password_first() -> Response:
    """403 until the first password has been changed."""
    return notice("请先修改密码", ["首次登录须先修改密码，才能使用系统。"], ("/password", "修改密码"), 403)


def not_available() -> Response:
    """404: the same for what is absent, foreign or not yet released."""
    words = ["没有这份材料，或者它不在您的辖区和权限之内。请从系统页面重新进入。"]
    return notice("没有这份材料", words, ("/", f"返回“{TITLE}”首页"), 404)


def forged() -> Response:
    """403: the request was not sent from one of our pages."""
    words = ["这次提交不是从本系统的页面发出的，没有办理。请在本系统页面上重新操作。"]
    return notice("提交未被接受", words, ("/", f"返回“{TITLE}”首页"), 403)


def not_yours() -> Response:
    """403: the upload belongs to a page somebody else has open, or to one no longer connected."""
    words = ["这个上传地址不属于您打开的页面，没有办理。请在本系统页面上重新选择文件。"]
    return notice("上传未被接受", words, ("/", f"返回“{TITLE}”首页"), 403)


def not_your_page(title: str) -> Response:
    """403: a page that other roles work with."""
    words = [f"“{title}”页面不在您的职责内，没有打开。您可以办理的页面都在工作台和菜单中。"]
    return notice("该页面不在您的职责内", words, ("/", "返回工作台"), 403)


def wrong_host() -> Response:
    """421: asked for under a host name this system does not answer to."""
    words = ["本系统不以这个网址提供服务。请使用单位公布的网址；仍打不开时请联系系统管理员核对“允许的主机名”。"]
    return notice("网址不正确", words, ("/", "返回首页"), 421)


def store_fails(sentence: str) -> Response:
    """503: the store cannot do it just now (`ui.store_words`)."""
    return notice("系统暂时不能办理", [sentence], ("/", "重试"), 503)


def failed(number: str) -> Response:
    """500: a fault of ours; the number finds it in the log."""
    words = [f"系统出现故障，刚才的操作可能没有完成。请重试；仍不行时，把故障编号 {number} 告诉系统管理员。"]
    return notice("系统出现故障", words, ("/", f"返回“{TITLE}”首页"), 500)
