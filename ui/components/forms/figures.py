"""Fields for figures, which say how they read what was typed where that is more than digits; ticks for lists."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import Measure
from scoring.kinds.figure_text import understood
from scoring.kinds.typed import TypedValue
from ui.components import verbatim
from ui.components.forms.form import Form

_FEW = 2  # ticked one by one as quickly


def say_understood(typed: str, unit: str | None) -> None:
    """Below one field: 读作 50800人, or why it cannot be read."""
    if words := understood(typed, unit):
        st.caption(verbatim.markdown(words))


def say_each_understood(typed: Sequence[tuple[str, str | None]], across: int) -> None:
    """Below a line of ``across`` fields in a grid, typed text and unit of each; nothing where nothing is to be said."""
    said = [understood(text, unit) for text, unit in typed]
    if any(said):
        for words in (*said, *[None] * (across - len(said))):
            if words:
                st.caption(verbatim.markdown(words))
            else:
                st.html("<span></span>")


def list_ticks(form: Form, measure: Measure, value: TypedValue) -> tuple[str, ...] | None:
    """Ticks in the document's order, one for all where all are asked; none ticked is 未填 unless 以上均没有 is."""
    stored = value if isinstance(value, tuple) else ()
    name = f"m/{measure.id}"
    with st.container(key=f"row-items-{measure.id}"):
        whole = measure.kind == "all_of" and len(measure.items) > _FEW and set(stored) != set(measure.items)
        every = whole and form.tick(f"{name}/all", f"全部都有（{len(measure.items)}项）", stored=False)
        ticked = tuple(
            item
            for item, words in measure.items.items()
            if form.tick(f"{name}/i/{item}", verbatim.markdown(words), item in stored, shut=every) or every
        )
        none = form.tick(f"{name}/none", "以上均没有", value == (), shut=bool(ticked))
    same = set(ticked) == set(stored)
    if same and stored:
        return stored
    return ticked or (() if none else None)
