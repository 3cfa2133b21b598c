"""The page 分工 put together: the indicators, and the local documents where any applies."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui.components.assigning.local import assigning_local
from ui.components.assigning.rows import assigning
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome
from workflow.submission.saving import Edit, save
from workflow.targets import Target

_ROWS, _LOCAL = "指标", "地方文件"


def assigning_page(forms: StoredForms) -> None:
    """One table at a time, and below it what was given to whom before."""
    st.subheader("分工", anchor=False)
    _table(forms)
    _history(forms)


def _table(forms: StoredForms) -> None:
    if not forms.local.documents:
        assigning(forms)
        return
    what = st.segmented_control(
        "分配什么",
        [_ROWS, _LOCAL],
        default=_ROWS,
        key=forms.place("assign-what"),
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    (assigning_local if what == _LOCAL else assigning)(forms)


def _history(forms: StoredForms) -> None:
    place = forms.place("assign-history")
    earlier = forms.history(Target.assignment(""))
    if earlier is not None:
        edit = Edit(earlier.target, earlier.body, earlier.standing)
        attempt(place, lambda: save(forms.office, forms.person, forms.id, [edit], now()), earlier.what, now())
        st.rerun()
    outcome(place, what="保存")
