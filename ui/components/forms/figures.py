"""Fields for figures: each says under itself how it read what was typed, where that is more than digits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.kinds.figure_text import understood
from ui.components import verbatim


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
