"""县级人民政府推荐意见: text, date and by whom; drafted from the result, edited by a person, frozen once released."""

from __future__ import annotations

import streamlit as st

from scoring.submission import OpinionLevel
from ui.components import verbatim
from ui.components.case.opinion_form import opinion_form, opinion_given
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.left_over import left_over
from workflow.people import Role
from workflow.states import State
from workflow.targets import Target

_LEVEL: OpinionLevel = "county_government"
_FORM = Target.opinion(_LEVEL)
_NAME = "县级人民政府"


def government_opinion(forms: StoredForms) -> None:
    """The form for the government while it has the submission; read only for everyone else and after."""
    refusal = forms.why_not(_FORM)
    if refusal is not None:
        opinion = forms.submission.opinions.get(_LEVEL)
        if opinion is not None and (opinion.text or "").strip():
            opinion_given(_NAME, opinion)
        else:
            st.subheader(f"{_NAME}推荐意见", anchor=False)
            st.html('<p class="dc-quiet">尚未填写。</p>')
        st.info(verbatim.markdown(_not_yet(forms) or refusal))
        left_over(forms.pad, _FORM)
        forms.history(_FORM)
        return
    opinion_form(forms, _LEVEL, "按评估结果起草")


def _not_yet(forms: StoredForms) -> str:
    """What the government waits for, where its turn is still to come; empty otherwise."""
    if forms.person.role is not Role.COUNTY_GOVERNMENT or forms.snapshot.round.closed_at is not None:
        return ""
    if forms.snapshot.state is State.DRAFT:
        return "县级民政部门正在填报。送县级人民政府后，在这里出具意见。"
    if forms.snapshot.state is State.RETURNED:
        return "县级民政部门正在补正。补正后再次送县级人民政府，届时在这里重新出具意见。"
    return ""
