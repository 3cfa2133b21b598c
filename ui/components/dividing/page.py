"""评审分工 put together: what each of the office has, the forms that divide, and the counties one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from storage.clock import now
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.dividing.forms import assign_form, hand_over_form
from ui.components.forms.own_fragment import own_fragment
from ui.components.table import table
from ui.components.table_links import table_links
from workflow.office import Office
from workflow.overview.holder_words import holder_words, shares_words
from workflow.overview.worklist import WorkLine
from workflow.overview.workload import Desk, Load, desk
from workflow.people import Person

_NOBODY, _LISTED = "尚未分工", 300


def dividing_page(office: Office, person: Person) -> None:
    """Everything of it."""
    st.caption(
        "本单位的评审人员都可以分工、移交，操作日志记下是谁办的。分工只说明由谁负责，不改变权限："
        "本单位的人都能查看和办理全部的县。"
    )
    at = desk(office, person, now())
    if not at.lines:
        st.info("辖区内还没有申报。县级民政部门开始自评后，可以在这里分工。")
        return
    _loads(at)
    own_fragment(None, lambda: assign_form(office, person, at))
    own_fragment(None, lambda: hand_over_form(office, person, at))
    _counties(at, navigation.place_of("read", person.role))


def _loads(at: Desk) -> None:
    heads = ("评审人员", "整县", "部分", "等待办理", "其中逾期", "已认定/应认定")
    listed = table(heads, (_load(at, name, load) for name, load in at.loads.items()), "dc-verbatim")
    st.html(f'<div style="overflow-x:auto">{listed}</div>')
    table_links("loads", "评审工作量")


def _load(at: Desk, username: str, load: Load) -> str:
    holder = at.holders.get(username)
    name = verbatim.markup(holder_words(holder) if holder else _NOBODY)
    gone = f" {labels.tag('已停用或调离，请移交', 'notice')}" if holder and not holder.here else ""
    late = labels.tag(str(load.overdue), "notice") if load.overdue else "0"
    cells = (f"{load.counties}", f"{load.parts}", f"{load.waiting}", late, f"{load.found}/{load.rows}")
    return f"<tr><td>{name}{gone}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _counties(at: Desk, page: navigation.MenuPage | None) -> None:
    st.subheader("各县由谁负责", anchor=False)
    names = {name: verbatim.plain(holder_words(one)) for name, one in at.holders.items()} | {"": _NOBODY}
    whose = st.selectbox(
        "只看", list(names), None, format_func=names.__getitem__, placeholder="全部", key="whose", bind="query-params"
    )
    lines = [one for one in at.lines if whose is None or _is_of(one, whose)]
    listed = table(
        ("市（地、州、盟）", "县（市、区、旗）", "环节", "负责人"), _rows(at, lines[:_LISTED], page), "dc-verbatim"
    )
    st.html(f'<div class="dc-frame" role="region" aria-label="各县由谁负责" tabindex="0">{listed}</div>')
    if len(lines) > _LISTED:
        st.caption(f"只列前 {_LISTED} 个县，共 {len(lines)} 个；全部的请下载。")
    table_links("dividing", "评审分工")


def _is_of(one: WorkLine, username: str) -> bool:
    return username in one.shares.values() if username else not one.shares


def _rows(at: Desk, lines: Sequence[WorkLine], page: navigation.MenuPage | None) -> Iterable[str]:
    for one in lines:
        name = one.record.division_name
        readable = page is not None and one.rows and not one.refused
        link = places.link(places.address(page, {"s": str(one.record.id)}), name) if page and readable else ""
        whose = shares_words(one.shares, at.holders, at.sections) or _NOBODY
        cells = (
            verbatim.markup(one.prefecture),
            link or verbatim.markup(name),
            *map(verbatim.markup, (one.stage, whose)),
        )
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
