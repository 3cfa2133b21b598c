"""Which row is open: a list of all of them, and steps to the one before and after."""

from __future__ import annotations

import streamlit as st

from ui.components import labels, verbatim
from ui.components.rows.indicator_detail import row_title
from ui.components.rows.row import Row, rows
from ui.components.trial.workspace import Workspace


def row_choice(work: Workspace) -> Row:
    """The chooser and the head of the row it leads to."""
    every = {row.id: row for row in rows(work)}
    ids = list(every)
    at = ids.index(work.row) if work.row in every else 0
    back, choice, forward = st.columns([1, 6, 1], vertical_alignment="bottom")
    if back.button("上一项", disabled=at == 0, width="stretch"):
        _go(work, ids[at - 1])
    if forward.button("下一项", disabled=at == len(ids) - 1, width="stretch"):
        _go(work, ids[at + 1])
    chosen = choice.selectbox(
        "选择指标", ids, at, format_func=lambda one: _option(every[one]), key=f"row-{work.generation}-{ids[at]}"
    )
    if chosen != ids[at]:
        _go(work, chosen)
    work.row = chosen
    row = every[chosen]
    row_title(row)
    return row


def _go(work: Workspace, row_id: str) -> None:
    work.row = row_id
    work.saved = None
    st.rerun()


def _option(row: Row) -> str:
    words = dict.fromkeys(labels.result_words(one.row, one.result) for one in row.judged)
    return verbatim.plain(f"{row.id} {row.topic or row.section}{row.first.label} {' / '.join(words)}")
