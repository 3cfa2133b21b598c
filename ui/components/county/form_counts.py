"""One line about what the saved 申报表 comes to on paper."""

from __future__ import annotations

import streamlit as st

from scoring.wording import eligibility
from templates.application_form.layout import application_form as form_layout
from templates.application_form.plan import plan_form
from templates.text.setting import Setter
from templates.text.typefaces import typefaces
from ui.components.case.stored_forms import StoredForms


def form_counts(forms: StoredForms) -> None:
    """One line about what is saved."""
    narrative = forms.submission.form.narrative or ""
    characters = sum(not character.isspace() for character in narrative)
    plan = plan_form(forms.submission, "county", form_layout(), Setter(typefaces()))
    sheets = f"，续于附页，共 {len(plan.extra)} 页附页" if plan.extra else "，不需附页"
    short = eligibility("county", eligible=False)
    draft = "" if forms.assessment.eligible else f"按现有填报{short}，印出的申报表带“草稿”字样。"
    st.caption(f"已保存的“基本情况及主要工作”{characters} 字{sheets}。{draft}")
