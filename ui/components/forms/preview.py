"""The verdict that unsaved input would have, while it is being typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.rows.row import JudgedStandards, Row, rows
from ui.components.submission_forms import SubmissionForms


def preview(forms: SubmissionForms, row: Row, make: Callable[[], Submission]) -> None:
    """One line per standard: the verdict if this were saved, and the first reason in the way."""
    try:
        judged = forms.judge(make())
    except EntryError:
        return
    would = next(one for one in rows(JudgedStandards(forms.standards, judged)) if one.id == row.id)
    lines = []
    for one in would.judged:
        reason = next((reason.text for reason in one.result.reasons if reason.effect == "blocks"), "")
        lines.append(
            f"<li>{verbatim.markup(labels.short_name(one.standard))} {labels.result_chip(one.row, one.result)} "
            f"<small>{verbatim.markup(reason)}</small></li>"
        )
    st.html(
        f'<div class="dc-preview"><p>若按现在填写的内容保存：</p><ul class="dc-verbatim">{"".join(lines)}</ul></div>'
    )
