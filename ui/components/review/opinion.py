"""推荐意见: the opinions of the other levels, and the form of this level's own, drafted from its findings."""

from __future__ import annotations

import streamlit as st

from scoring.submission import LEVEL_OF_OPINION, OPINION_LEVELS, OpinionLevel
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.left_over import left_over
from ui.components.opinion.form import opinion_form, opinion_given
from ui.components.opinion.scan import scan_of
from ui.rules import library
from workflow.targets import Target


def opinions(opened: StoredForms) -> None:
    """The opinions given so far, then this level's own."""
    for level in OPINION_LEVELS:
        if level != "county_government" and level == opened.level:
            _own(opened, level)
        elif LEVEL_OF_OPINION[level] in opened.seen_levels:
            _given(opened, level)


def _own(opened: StoredForms, level: OpinionLevel) -> None:
    """The form where the person may write, else the opinion as given."""
    why_not = opened.why_not(Target.opinion(level))
    if why_not is None:
        opinion_form(opened, level, "按认定生成草稿")
        scan_of(opened, level)
    else:
        _given(opened, level)
        st.caption(verbatim.markdown(why_not))
        left_over(opened.pad, Target.opinion(level))


def _given(opened: StoredForms, level: OpinionLevel) -> None:
    opinion = opened.submission.opinions.get(level)
    if opinion is not None and (opinion.text or "").strip():
        opinion_given(library().vocabulary.label("opinions", level), opinion)
    opened.history(Target.opinion(level))
    scan_of(opened, level)
