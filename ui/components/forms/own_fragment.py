"""A form that runs by itself: a change in one of its fields draws the form again, and nothing else of the page.

What it holds of the submission is of the last whole run, so each run of its own asks whether anything has moved since:
then the whole page is run after it. After it, because a button pressed in it would not be heard otherwise; what the
button does compares with what stands now.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.components.forms.aside import aside
from ui.components.forms.submission_forms import SubmissionForms


def own_fragment(forms: SubmissionForms | None, draw: Callable[[], None]) -> None:
    """Draw, and from then on draw again by itself. ``forms``: of which submission, None for a form of none."""
    if aside() is not None:
        draw()
        return
    whole_run = True

    @st.fragment
    def run() -> None:
        nonlocal whole_run
        moved = not whole_run and forms is not None and forms.moved()
        whole_run = False
        draw()
        if moved:
            st.rerun()

    run()
