"""How a row's page is laid out: the form beside what is read for it, what is long folded away.

The form is first on the page, so that it comes first by keyboard, on a phone and enlarged; the style sheet puts it on
the right of a wide page. `web/assets/row-page.js` keeps each fold as the person left it, in the session storage of the
window.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.components import verbatim


def filling_and_reading() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A wide form, and beside it the explanation, which stays in sight and moves by itself."""
    return _beside("row-page-fill", 13, 9)


def finding_and_reading() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A short form, which stays in sight, and beside it all it is decided on."""
    return _beside("row-page-find", 10, 11)


def _beside(key: str, form: int, reading: int) -> tuple[DeltaGenerator, DeltaGenerator]:
    with st.container(key=key):
        left, right = st.columns([form, reading], gap="medium")
    return left, right


def fold(name: str, title: str, inner: str, *, is_open: bool = True, marks: str = "") -> str:
    """HTML of a part that can be folded away. ``inner`` and ``marks``, which stand behind the title, are HTML."""
    shown = " open" if is_open else ""
    return (
        f'<article class="dc-detail"><details class="dc-fold" data-fold="{name}"{shown}>'
        f"<summary><h3>{verbatim.markup(title)} {marks}</h3></summary>{inner}</details></article>"
    )
