"""登录设备: where one is signed in, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from storage.clock import BEIJING
from ui.web.plain_pages import plain_page, text
from ui.web.sign_in.pages import BACK, error_box, message_box
from workflow.accounts.own_sessions import OwnSession
from workflow.people import Person

_HEADS = "".join(f'<th scope="col">{name}</th>' for name in ("设备", "网络地址", "登录时间", "最近使用"))


def sessions_page(
    person: Person, standing: Sequence[OwnSession], said: str = "", errors: Sequence[str] = (), *, status: int = 200
) -> Response:
    """The list, and the button that ends all but this one, where there are others."""
    rows = "".join(_row(one) for one in standing)
    others = sum(not one.here for one in standing)
    end = f"""<p>其中有不认识的登录，请先退出其他设备，再<a href="/password">修改密码</a>。</p>
<form method="post" action="/sessions"><button type="submit">退出其他设备（{others} 处）</button></form>"""
    alone = "<p>没有其他登录。</p>"
    shared = "<p>演示账号由众人共用，只列出本次登录。</p>"
    below = shared if person.demo else (end if others else alone)
    body = f"""<section class="card"><h1>登录设备</h1>{message_box(said)}{error_box(errors)}
<p>{text(person.display_name)}（{text(person.username)}）现在在 {len(standing)} 处登录：</p>
<div class="scroll"><table>
<thead><tr>{_HEADS}</tr></thead>
<tbody>{rows}</tbody></table></div>
<p class="quiet">设备按浏览器自己所报的显示；时间为北京时间。退出后，那里没有保存的内容仍在暂存中，不会丢失。</p>
{below}{BACK}</section>
"""
    return plain_page("登录设备", body, status=status, kind="middle")


def _row(one: OwnSession) -> str:
    here = " <small>（本机）</small>" if one.here else ""
    since, used = (f"{at.astimezone(BEIJING):%m-%d %H:%M}" for at in (one.since, one.last_used))
    device, address = text(one.device or "不明"), text(one.address or "不明")
    return f"<tr><td>{device}{here}</td><td>{address}</td><td>{since}</td><td>{used}</td></tr>"
