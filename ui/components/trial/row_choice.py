"""Which row is open: a list of all of them, and steps to the one before and after."""

from __future__ import annotations

import streamlit as st

from ui.components import labels, verbatim
from ui.components.rows.indicator_detail import row_title
from ui.components.rows.row import Row, rows
from ui.components.trial.workspace import Workspace


def row_choice(workspace: Workspace) -> Row:
    """The chooser and the head of the row it leads to."""
    every = {row.id: row for row in rows(workspace)}
    ids = list(every)
    at = ids.index(workspace.row) if workspace.row in every else 0
    back, choice, forward = st.columns([1, 6, 1], vertical_alignment="bottom")
    if back.button("上一项", disabled=at == 0, width="stretch"):
        _go(workspace, ids[at - 1])
    if forward.button("下一项", disabled=at == len(ids) - 1, width="stretch"):
        _go(workspace, ids[at + 1])
    chosen = choice.selectbox(
        "选择指标",
        ids,
        at,
        format_func=lambda row_id: _option(every[row_id]),
        key=f"row-{workspace.generation}-{ids[at]}",
    )
    if chosen != ids[at]:
        _go(workspace, chosen)
    workspace.row = chosen
    row = every[chosen]
    row_title(row)
    return row


def _go(workspace: Workspace, row_id: str) -> None:
    workspace.row = row_id
    workspace.saved = None
    st.rerun()


def _option(row: Row) -> str:
    words = dict.fromkeys(labels.result_words(judged.row, judged.result) for judged in row.judged)
    return verbatim.plain(f"{row.id} {row.topic or row.section}{row.first.label} {' / '.join(words)}")
