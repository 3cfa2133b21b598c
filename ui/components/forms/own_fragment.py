"""A form that runs by itself: a change in one of its fields draws the form again, and nothing else of the page.

What it holds of the submission is of the last whole run, so each run of its own first asks whether anything has moved
since: then the whole page is run.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.components.forms.aside import aside
from ui.components.forms.submission_forms import SubmissionForms


def own_fragment(forms: SubmissionForms, draw: Callable[[], None]) -> None:
    """Draw, and from then on draw again by itself."""
    if aside() is not None:
        draw()
        return
    whole_run = True

    @st.fragment
    def run() -> None:
        nonlocal whole_run
        if not whole_run and forms.moved():
            st.rerun()
        whole_run = False
        draw()

    run()
