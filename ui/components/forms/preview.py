"""The verdict that unsaved input would have, while it is being typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.forms.submission_forms import SubmissionForms
from ui.components.rows.row import JudgedStandards, Row, rows


def preview(forms: SubmissionForms, row: Row, make: Callable[[], Submission]) -> None:
    """One line per standard: the verdict if this were saved, and the first reason in the way."""
    try:
        assessment = forms.judge(make())
    except EntryError:
        return
    previewed = next(each for each in rows(JudgedStandards(forms.standards, assessment)) if each.id == row.id)
    lines = []
    for judged in previewed.judged:
        reason = next((reason.text for reason in judged.result.reasons if reason.effect == "blocks"), "")
        lines.append(
            f"<li>{verbatim.markup(labels.short_name(judged.standard))} "
            f"{labels.result_chip(judged.row, judged.result)} <small>{verbatim.markup(reason)}</small></li>"
        )
    st.html(
        f'<div class="dc-preview"><p>若按现在填写的内容保存：</p><ul class="dc-verbatim">{"".join(lines)}</ul></div>'
    )
