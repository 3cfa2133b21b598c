"""Forms drawn aside: nothing of them is seen, and what their first buttons would do is gathered, to be done at once."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

import streamlit as st

Act = Callable[[], object]
_gathered: ContextVar[list[Act] | None] = ContextVar("gathered", default=None)


def aside() -> list[Act] | None:
    """Where the acts of forms are gathered instead of drawing their fields and buttons; None while they are drawn."""
    return _gathered.get()


def acts_of(draw: Callable[[], None]) -> list[Act]:
    """What pressing the first button of each form that ``draw`` draws would do, with what is typed; nothing is seen."""
    gathered: list[Act] = []
    token = _gathered.set(gathered)
    place = st.empty()
    try:
        with place.container():
            draw()
    finally:
        _gathered.reset(token)
        place.empty()
    return gathered
