"""舆情检索记录: what a reviewer who ticks 舆情监测 at a veto searched, where, when, and how many results it gave."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.kinds.figure_text import read_figure
from scoring.searched import SEARCHED_LABELS, Searched
from scoring.submission import Finding
from scoring.wording import plain
from ui.components import verbatim
from ui.components.forms.form import Form


def search_record(form: Form, stored: Finding | None, today: date | None = None) -> tuple[Searched | None, str]:
    """The fields (None while all are empty), and what is wrong with the number typed.

    ``today``: what the day of the search is preset to.
    """
    was = (stored.searched if stored else None) or Searched(date=today)
    note = "认定不存在的，前四项都要填写；有结果的，写明是什么（本工具佐证规则）"
    st.html(f'<p class="dc-field"><b>舆情检索记录</b><small>{note}</small></p>')
    scope = form.text("searched/scope", SEARCHED_LABELS["scope"], was.scope or "", tall=68)
    where = form.text("searched/where", SEARCHED_LABELS["where"], was.where or "", example="如：本市政务舆情系统")
    day = form.day("searched/date", SEARCHED_LABELS["date"], was.date)
    label = f"{SEARCHED_LABELS['results']}（没有结果的填 0）"
    typed = form.text("searched/results", label, "" if was.results is None else plain(was.results))
    note_label = f"{SEARCHED_LABELS['results_note']}（有结果的填写，如都是转载的宣传报道，没有涉及本县儿童的）"
    note = form.text("searched/results_note", note_label, was.results_note or "", tall=68)
    fault, results = "", None
    try:
        results = read_figure(typed, "件")
    except ValueError as refused:
        fault = f"{SEARCHED_LABELS['results']}：{refused}。"
    count = None if results is None else int(results)
    searched = Searched(scope.strip() or None, where.strip() or None, day, count, note.strip() or None)
    return None if searched in (Searched(), Searched(date=today)) else searched, fault


def search_html(finding: Finding) -> str:
    """HTML of the record; empty where there is none."""
    if finding.searched is None:
        return ""
    parts = ((label, getattr(finding.searched, name)) for name, label in SEARCHED_LABELS.items())
    words = "；".join(f"{label}：{part}" for label, part in parts if part is not None)
    return f'<p class="dc-verbatim">{verbatim.markup(words)}</p>'
