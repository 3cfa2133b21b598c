"""部门名单: what the county's departments are called, who may sign in for each, and changing the list."""

from __future__ import annotations

import streamlit as st

from scoring.departments import Department
from storage.clock import now
from ui.components import table, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import attempt, outcome
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import EntryName
from ui.components.table_links import table_links
from workflow.department_list import save_department
from workflow.overview.departments import DepartmentStanding, department_standings
from workflow.people import Role
from workflow.targets import NEW

_BETWEEN = "、"


def department_list(forms: StoredForms) -> None:
    """The table, and for the coordinator the form below it."""
    standings = department_standings(forms.office, forms.snapshot)
    absent = sum(bool(one.absent) for one in standings)
    begun = (
        ""
        if forms.snapshot.departments.saved
        else "名单先照各文件所印的责任单位列出，改动任何一处即成为本县自己的名单。"
    )
    st.caption(
        f"{begun}分工、账号都照这里的名称；写成“其他叫法”的也认得。"
        f"有账号的部门 {sum(bool(one.accounts) for one in standings)} 个，其中 {absent} 个还有人没有登录过。"
    )
    heads = ("部门", "其他叫法", "联系处", "账号", "分到的项")
    listed = table.table(heads, (_line(one) for one in _busy_first(standings)), "dc-verbatim")
    st.html(f'<div class="dc-frame" role="region" aria-label="部门名单" tabindex="0">{listed}</div>')
    table_links("departments", "部门名单", s=forms.id)
    if forms.person.role is Role.COUNTY_COORDINATOR:
        own_fragment(forms, lambda: _form(forms))


def _busy_first(standings: tuple[DepartmentStanding, ...]) -> list[DepartmentStanding]:
    return sorted(standings, key=lambda one: (not one.keys, not one.accounts))


def _line(one: DepartmentStanding) -> str:
    named = (f"{name}（尚未登录）" if name in one.absent else name for name in one.accounts)
    given = f"{len(one.keys)} 项" if one.keys else ""
    aliases = _BETWEEN.join(one.department.aliases)
    return table.line(
        (one.department.name, aliases, one.department.contact, _BETWEEN.join(named) or "没有账号", given), {4}
    )


def _form(forms: StoredForms) -> None:
    place = forms.place("departments")
    st.subheader("修改部门名单", anchor=False)
    known = {one.name: one for one in forms.snapshot.departments.departments}
    chosen = st.selectbox(
        "部门",
        [NEW, *known],
        format_func=lambda name: "（新增一个部门）" if name == NEW else verbatim.plain(name),
        key=f"{place}|chosen",
    )
    standing = known.get(str(chosen), Department(""))
    department_form(forms, standing)
    if standing.name and st.button("从名单删去", key="remove-department"):
        remove = lambda: save_department(forms.office, forms.person, standing.name, None, now())  # noqa: E731 - below
        attempt(place, remove, f"部门 {standing.name}", now(), verb="已删去")
        st.rerun()
    outcome(place)


def form_of(department: Department) -> EntryName:
    """What the form of a department on the list is called, or of a new one."""
    return "assignment", f"department/{department.name or NEW}"


def department_form(forms: StoredForms, standing: Department) -> None:
    """The form of one department. ``standing``: as the list has it; without a name a new one."""
    form = Form(forms.pad, form_of(standing))
    naming, calling, reaching = st.columns([3, 4, 3])
    with naming:
        name = form.text("name", "名称", standing.name, example="城关镇")
    with calling:
        aliases = form.text("aliases", "其他叫法（用顿号分开）", _BETWEEN.join(standing.aliases))
    with reaching:
        contact = form.text(
            "contact", "联系处（科室、办公电话，不写个人）", standing.contact, example="办公室 0990-5521016"
        )

    def keep() -> None:
        new = Department(name, tuple(aliases.split(_BETWEEN)), contact)
        save_department(forms.office, forms.person, standing.name or None, new, now())

    closing(form, Button("保存部门", "save-department", keep, f"部门 {name}"), drop="drop-department")
