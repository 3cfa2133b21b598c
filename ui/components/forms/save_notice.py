"""What the last save was of and what it changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.entry.editing import VerdictChange
from scoring.wording import eligibility
from ui.components import labels, verbatim
from ui.components.forms.outcome import UNCHANGED, clock_words, look_again
from ui.components.forms.submission_forms import LastSave, SubmissionForms


def save_notice(forms: SubmissionForms) -> None:
    """What the last save wrote and which verdicts it changed; drawn below the button that saved."""
    saved = forms.saved
    if saved is None:
        return
    if saved.unchanged:
        words = f"{UNCHANGED}：{verbatim.markup(saved.what)}{_when(saved)}。"
        st.html(f'<p class="dc-saved" role="status">{words}</p>')
        return
    what = f"已保存：{verbatim.markup(saved.what)}{_when(saved)}。{_merged(saved)}{_voided(saved)}"
    if not saved.changes:
        st.html(f'<p class="dc-saved" role="status">{what}各项结论没有变化。</p>')
        look_again(saved.warnings)
        return
    items = "".join(f"<li>{words}</li>" for words in change_words(forms, saved.changes))
    st.html(f'<div class="dc-saved" role="status"><p>{what}结论有变化：</p><ul>{items}</ul></div>')
    look_again(saved.warnings)


def _when(saved: LastSave) -> str:
    """When it was durable; a file in memory has no such moment."""
    return "" if saved.at is None else f"（{clock_words(saved.at)}）"


def _merged(saved: LastSave) -> str:
    return "".join(verbatim.markup(sentence) for sentence in saved.merged)


def _voided(saved: LastSave) -> str:
    """Findings that no longer count because what they were made on has changed."""
    rows = "、".join(dict.fromkeys(row for _, row in saved.voided))
    return f"此前对 {verbatim.markup(rows)} 的认定随之作废，须重新认定。" if rows else ""


def change_words(forms: SubmissionForms, changes: Sequence[VerdictChange]) -> list[str]:
    """HTML of each change: standard, row, before → after."""
    standards = {standard.id: standard for standard in forms.standards}
    words = []
    for change in changes:
        standard = standards[change.standard]
        name = verbatim.markup(labels.short_name(standard))
        row = standard.row(change.row) if change.row else None
        if row is None:
            level = forms.assessment.level
            before, after = (eligibility(level, eligible=answer == "yes") for answer in (change.before, change.after))
            words.append(f"{name}：{before} → <b>{after}</b>")
        else:
            what = verbatim.markup(labels.row_name(row))
            words.append(f"{name} {what}：{labels.chip(row, change.before)} → {labels.chip(row, change.after)}")
    return words
