"""The verdict that unsaved input would have, while it is being typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.judging.one_row import judge_row
from scoring.kinds.typed import EntryError
from scoring.submission import Level, Submission
from ui.components import labels, verbatim
from ui.components.rows.row import Row


def preview(row: Row, level: Level, make: Callable[[], Submission]) -> None:
    """One line per standard: the verdict if this were saved, and the first reason in the way."""
    try:
        content = make()
    except EntryError:
        return
    lines = []
    for judged in row.judged:
        result = judge_row(content, judged.standard, judged.row, level)
        reason = next((reason.text for reason in result.reasons if reason.effect == "blocks"), "")
        lines.append(
            f"<li>{verbatim.markup(labels.short_name(judged.standard))} "
            f"{labels.result_chip(judged.row, result)} <small>{verbatim.markup(reason)}</small></li>"
        )
    st.html(
        f'<div class="dc-preview"><p>若按现在填写的内容保存：</p><ul class="dc-verbatim">{"".join(lines)}</ul></div>'
    )
