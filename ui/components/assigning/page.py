"""The page 分工 put together: the indicators, the local documents where any applies, the county's departments."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui.components.assigning.chasing import chasing_list
from ui.components.assigning.departments import department_list
from ui.components.assigning.local import assigning_local
from ui.components.assigning.rows import assigning
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome
from workflow.submission.saving import Edit, save
from workflow.targets import Target

_ROWS, _LOCAL, _DEPARTMENTS, _CHASING = "指标", "地方文件", "部门名单", "催办清单"


def assigning_page(forms: StoredForms) -> None:
    """One table at a time, and below it what was given to whom before."""
    st.subheader("分工", anchor=False)
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


def _history(forms: StoredForms) -> None:
    place = forms.place("assign-history")
    earlier = forms.history(Target.assignment(""))
    if earlier is not None:
        edit = Edit(earlier.target, earlier.body, earlier.standing)
        attempt(place, lambda: save(forms.office, forms.person, forms.id, [edit], now()), earlier.what, now())
        st.rerun()
    outcome(place, what="保存")
