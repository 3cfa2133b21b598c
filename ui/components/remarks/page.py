"""存疑、备注 of a level in one submission: the doubts with their rows, the open ones first, then every note."""

from __future__ import annotations

import streamlit as st

from scoring.submission import ReviewLevel
from ui.components import labels, verbatim
from ui.components.case.row_place import leave_for
from ui.components.case.stored_forms import StoredForms
from ui.components.remarks.doubts import doubt_html, doubts_by_row
from ui.components.remarks.notes import level_notes
from ui.components.table_links import table_links
from workflow.procedure.notes import notes


def remarks(opened: StoredForms, level: ReviewLevel) -> None:
    """Both lists; a doubt is written at its row."""
    own = sorted(doubts_by_row(opened, level).values(), key=lambda doubt: not doubt.is_open)
    left = sum(doubt.is_open for doubt in own)
    st.subheader(f"存疑（{len(own)} 项，未解除 {left} 项）", anchor=False)
    st.caption("在“逐项认定”的各项下标明。未解除的，不能推荐；退回补正时列给县里。县里看不到存疑本身。")
    for doubt in own:
        row = opened.rows[doubt.row_id]
        with st.container(border=True):
            words, opening = st.columns([6, 1], vertical_alignment="center")
            name = f"{labels.row_name(row.first)} {row.topic or row.section}"
            words.html(f"<p><b>{verbatim.markup(name)}</b></p>{doubt_html(doubt)}")
            if opening.button("查看", key=opened.place("doubts", doubt.row_id), width="stretch"):
                leave_for(opened, doubt.row_id)
    st.subheader("备注", anchor=False)
    level_notes(opened, level)
    if own or notes(opened.snapshot, level):
        table_links("remarks", "存疑、备注", s=opened.id, level=level)
