"""The page 分工 put together: the indicators, and the local documents where any applies."""

from __future__ import annotations

import streamlit as st

from ui.components.assigning.local import assigning_local
from ui.components.assigning.rows import assigning
from ui.components.case.stored_forms import StoredForms

_ROWS, _LOCAL = "指标", "地方文件"


def assigning_page(forms: StoredForms) -> None:
    """One table at a time."""
    st.subheader("分工", anchor=False)
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
