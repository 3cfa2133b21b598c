"""How long the narrative is and how many sheets it continues on; whether the form prints as a draft."""

from __future__ import annotations

import streamlit as st

from scoring.wording import eligibility
from templates.form_plan import plan_form
from templates.layout import application_form as form_layout
from templates.setting import Setter
from templates.typefaces import typefaces
from ui.components.county.desk import Desk


def form_counts(desk: Desk) -> None:
    """One line about what is saved."""
    narrative = desk.submission.form.narrative or ""
    characters = sum(not one.isspace() for one in narrative)
    plan = plan_form(desk.submission, "county", form_layout(), Setter(typefaces()))
    sheets = f"，续于附页，共 {len(plan.extra)} 页附页" if plan.extra else "，不需附页"
    short = eligibility("county", eligible=False)
    draft = "" if desk.assessment.eligible else f"按现有填报{short}，印出的申报表带“草稿”字样。"
    st.caption(f"已保存的“基本情况及主要工作”{characters} 字{sheets}。{draft}")
