"""改动记录: every save with who, when, and old → new in words, found by row and by person. Read when asked for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import clock_words
from ui.components.table import line, table
from ui.components.table_links import table_links
from workflow.words.written import Field, Wanted, Written, written

_AT_A_TIME = 30
_LONG = 200  # 字：更长的在下载的表里看全文


def change_record(forms: StoredForms) -> None:
    """The switch, and behind it the choices, the newest saves and the whole to take away."""
    place = forms.place("changes")
    if not st.toggle("改动记录（每次保存：谁、何时、改前、改后）", key=place):
        return
    every = forms.once("written", lambda: written(forms.office, forms.snapshot))
    wanted = _wanted(forms, every, place)
    asked = [one for one in every if wanted.by in {"", one.by} and (not wanted.row or wanted.row in one.rows)]
    if not asked:
        st.caption("没有符合条件的记录。")
        return
    shown: int = st.session_state.get(f"{place}|shown", _AT_A_TIME)
    lines = (line((clock_words(one.at), one.who, one.name, one.act, _fields(one))) for one in asked[:shown])
    st.html(table(("时间", "办理人", "对象", "做了什么", "改动前 → 改动后"), lines, "dc-verbatim"))
    if len(asked) > shown:
        words = f"更早的（还有 {len(asked) - shown} 条）"
        st.button(words, key=f"{place}|more", on_click=_show, args=(place, shown + _AT_A_TIME))
    table_links("changes", "改动记录", s=forms.id, row=wanted.row, by=wanted.by)


def _wanted(forms: StoredForms, every: Sequence[Written], place: str) -> Wanted:
    people = {one.by: one.who for one in every}
    at, by = st.columns(2)
    row = at.selectbox(
        "指标", [row for row in forms.rows if any(row in one.rows for one in every)], None, key=f"{place}|row",
        placeholder="全部",
    )  # fmt: skip
    who = by.selectbox(
        "办理人", sorted(people), None, format_func=lambda name: verbatim.plain(people[name]), key=f"{place}|by",
        placeholder="全部",
    )  # fmt: skip
    return Wanted(row or "", who or "")


def _fields(one: Written) -> str:
    return "；".join(str(Field(f.label, _cut(f.before), _cut(f.after))) for f in one.fields)


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONG else f"{text[:_LONG]}……"


def _show(place: str, lines: int) -> None:
    st.session_state[f"{place}|shown"] = lines
