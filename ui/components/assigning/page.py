"""The page 分工 put together: the indicators, the local documents where any applies, the county's departments."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui.components import verbatim
from ui.components.assigning.chasing import chasing_list
from ui.components.assigning.departments import department_list
from ui.components.assigning.local import assigning_local
from ui.components.assigning.rows import assigning
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome
from workflow.submission.assigning import sent_back
from workflow.submission.saving import Edit, save
from workflow.targets import Target
from workflow.words.entries import entry_name

_ROWS, _LOCAL, _DEPARTMENTS, _CHASING = "指标", "地方文件", "部门名单", "催办清单"


def assigning_page(forms: StoredForms) -> None:
    """One table at a time, and below it what was given to whom before."""
    st.subheader("分工", anchor=False)
    _sent_back(forms)
    _table(forms)
    _history(forms)


def _table(forms: StoredForms) -> None:
    what = st.segmented_control(
        "分配什么",
        [_ROWS, *([_LOCAL] if forms.local.documents else []), _DEPARTMENTS, _CHASING],
        default=_ROWS,
        key=forms.place("assign-what"),
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    parts = {_ROWS: assigning, _LOCAL: assigning_local, _DEPARTMENTS: department_list, _CHASING: chasing_list}
    parts[str(what)](forms)


def _sent_back(forms: StoredForms) -> None:
    """What departments say is not theirs, and why."""
    lines = [
        f"<li>{verbatim.markup(entry_name(forms, Target.assignment(key)))}：{verbatim.markup(unit)}退回，"
        f"理由：{verbatim.markup(why)}</li>"
        for key, reasons in sent_back(forms.snapshot).items()
        for unit, why in reasons.items()
    ]
    if lines:
        head = "下列各项部门认为不属本单位，请重新分配；仍由该单位办的，再分给它一次："
        st.html(f'<div class="dc-waiting dc-verbatim"><p>{head}</p><ul>{"".join(lines)}</ul></div>')


def _history(forms: StoredForms) -> None:
    place = forms.place("assign-history")
    earlier = forms.history(Target.assignment(""))
    if earlier is not None:
        edit = Edit(earlier.target, earlier.body, earlier.standing)
        attempt(place, lambda: save(forms.office, forms.person, forms.id, [edit], now()), earlier.what, now())
        st.rerun()
    outcome(place, what="保存")
