"""Tells the browser that leaving would lose something, so that it asks first: 试算 has something not downloaded.

What is typed in a form lies in the drafts (`web/assets/drafts.js` asks while it does not).
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.components.trial.workspace import current


def run_watched(page: Callable[[], object]) -> None:
    """Run a page; before it and after it the mark follows what the session holds not downloaded.

    Before too, because a page may stop halfway.
    """
    place = st.empty()
    _mark(place)
    page()
    _mark(place)


def _mark(place: DeltaGenerator) -> None:
    workspace = current()
    lost = workspace is not None and workspace.changed
    place.html(f'<span class="{"dc-leaving" if lost else "dc-nothing"}"></span>')
