"""县情: what is asked once about the county, kept in the store."""

from __future__ import annotations

import streamlit as st

from ui.components import verbatim
from ui.components.case.jumps import jumps_at_facts
from ui.components.case.news import news
from ui.components.case.repins import repins_at_facts
from ui.components.county.figure_links import row_link
from ui.components.county.opening import opened_forms
from ui.components.county.read_only_notice import read_only_notice
from ui.components.forms.county_form import county_form, facts_show_save_notice
from ui.components.rows.cross_checks import at_odds_with_facts, facts_after_save
from ui.components.workbench.steps import after_facts
from workflow.targets import Target

forms = opened_forms()
facts = {fact.id for standard in forms.standards for fact in standard.facts.values() if fact.asked}
read_only_notice(forms, [Target.fact(fact) for fact in sorted(facts) if forms.given(fact) is None])
repins_at_facts(forms)
st.subheader(verbatim.markdown(f"{forms.submission.division.name}县情"), anchor=False)
at_odds_with_facts(forms.assessment, row_link(forms), told=facts_show_save_notice(forms))
jumps_at_facts(forms)
news(forms, Target.fact(""))


def after_save() -> None:
    """Below the notice: what is open or at odds, and the way on."""
    facts_after_save(forms, forms.submission, row_link(forms))
    after_facts(forms)


county_form(forms, after_save)
