"""Fields for figures, which say how they read what was typed where that is more than digits; ticks for lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from indicators.model import Measure
from scoring.kinds.figure_text import understood, unreadable
from scoring.kinds.typed import Field, Path, TypedValue
from ui.components import labels, verbatim
from ui.components.forms.form import Form

_ACROSS = 2


def say_understood(typed: str, unit: str | None) -> None:
    """Below one field: 读作 50800人, or why it cannot be read."""
    if words := _words(typed, unit):
        st.html(words)


def numbers(
    form: Form, measure: Measure, parts: Sequence[Field], stored: Mapping[Path, TypedValue]
) -> dict[Path, TypedValue]:
    """A figure's fields, two on a line as in the style sheet's grid, and below each line how it is read."""
    values: dict[Path, TypedValue] = {}
    for start in range(0, len(parts), _ACROSS):
        said = []
        for part in parts[start : start + _ACROSS]:
            unit = f"（{labels.word('units', part.unit)}）" if part.unit else ""
            label = verbatim.markdown(f"{part.label}{unit}")
            figure = form.text("/".join(("m", measure.id, *part.path)), label, str(stored.get(part.path) or ""))
            values[part.path] = figure
            said.append(_words(figure, part.unit))
        if any(said):
            for words in (*said, *[""] * (_ACROSS - len(said))):
                st.html(words or "<span></span>")
    return values


def _words(typed: str, unit: str | None) -> str:
    if problem := unreadable(typed, unit):
        return f'<p class="dc-unsaved dc-typed dc-verbatim" role="status">{verbatim.markup(problem)}</p>'
    words = understood(typed, unit)
    return f'<p class="dc-quiet dc-typed dc-verbatim">{verbatim.markup(words)}</p>' if words else ""


def list_ticks(form: Form, measure: Measure, value: TypedValue) -> tuple[str, ...] | None:
    """Ticks in the document's order, one for all where all are asked; none ticked is 未填 unless 以上均没有 is."""
    stored = value if isinstance(value, tuple) else ()
    name = f"m/{measure.id}"
    whole = measure.kind == "all_of" and len(measure.items) > 1 and set(stored) != set(measure.items)
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
