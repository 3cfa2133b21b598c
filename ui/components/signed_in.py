"""Who is signed in, on every page, with the way out; demonstration accounts say so."""

from __future__ import annotations

import streamlit as st

from ui.components import labels, verbatim
from workflow.divisions import full_name
from workflow.people import ROLE_LABELS, Person


def signed_in(person: Person, *, group: int = 0) -> None:
    """One quiet line at the top. ``group``: of the menu's folded groups, the one this page is under; the style sheet
    marks it as current, which Streamlit does for single pages only."""
    demo = labels.tag("演示", "demo") if person.demo else ""
    area = verbatim.markup(full_name(person.division_code))
    unit = f"<span>{verbatim.markup(person.unit)}</span>" if person.unit not in {None, "", person.display_name} else ""
    # 系统管理员的名字常常就是“系统管理员”
    role = "" if person.display_name == ROLE_LABELS[person.role] else f"<span>{ROLE_LABELS[person.role]}</span>"
    st.html(
        f'<p class="dc-signed-in dc-in-group-{group}">{demo}<span>{verbatim.markup(person.display_name)}</span>'
        f"<span>{area}</span>{unit}{role}"
        '<span><a href="/papers/guide.pdf">使用手册</a></span>'
        '<span><a href="/password" target="_self">修改密码</a></span>'
        '<span><a href="/sessions" target="_self">登录设备</a></span>'
        '<span><a href="/logout" target="_self">退出</a></span></p>'
    )
