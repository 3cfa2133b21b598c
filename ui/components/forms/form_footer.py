"""What stands below every form: the last save's notice, the choice after a conflict, and the save itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from indicators import ProblemsError
from scoring.kinds.typed import EntryError
from scoring.submission import Submission
from ui.components.forms.save_notice import save_notice
from ui.components.problems import show_slips
from ui.components.submission_forms import SubmissionForms
from workflow.errors import Refused
from workflow.targets import Target


def form_footer(
    forms: SubmissionForms,
    form: Target,
    make: Callable[[], Submission],
    what: str,
    *,
    wanted: bool,
    place: str = "",
    after: Callable[[], None] | None = None,
) -> None:
    """Below a form: the last save's notice, a conflict's choice, and — when ``wanted`` — the save itself.

    ``make`` gives the edited content from what was typed; ``place`` heads slips of the typing; ``after`` draws what
    follows from the save, below its notice.
    """
    if shows_save_notice(forms, form):
        save_notice(forms)
        if after is not None:
            after()
    forms.resolve_conflict(form, lambda: _made(make), what)
    if wanted:
        save_and_rerun(forms, form, make, what, place=place)


def shows_save_notice(forms: SubmissionForms, form: Target) -> bool:
    """Whether the last save's notice is shown below this form."""
    return forms.saved is not None and forms.saved.form in (None, form)


def save_and_rerun(
    forms: SubmissionForms, form: Target, make: Callable[[], Submission], what: str, *, place: str = ""
) -> None:
    """Save, and rerun so that everything on the page follows; slips of the typing are listed and nothing is lost."""
    try:
        forms.save(form, make(), what)
    except EntryError as unreadable:
        show_slips(f"{place} {problem}".strip() for problem in unreadable.problems)
    except ProblemsError as refused:
        show_slips(f"{problem.where}：{problem.message}" for problem in refused.problems)
    except Refused as refused:
        show_slips(refused.reasons)
    else:
        st.rerun()


def _made(make: Callable[[], Submission]) -> Submission:
    """What was typed, for a choice after a conflict; unreadable typing is listed and the script stops."""
    try:
        return make()
    except EntryError as unreadable:
        show_slips(unreadable.problems)
        st.stop()
