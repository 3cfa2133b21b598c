"""The result of the self-assessment for the government that signs it: verdict, reasons, narrative."""

from __future__ import annotations

import streamlit as st

from scoring.assessment import PASSED
from ui import navigation
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.checks.checks_list import checks_list
from ui.components.county.figure_links import row_link
from ui.components.rows.progress import progress
from ui.components.rows.reasons import reasons_html
from ui.components.rows.verdict_header import verdict_header
from ui.menu import entry
from workflow.people import Role


def result(forms: StoredForms) -> None:
    """Verdict cards, the picture, the rows not passed with their reasons, the narrative."""
    verdict_header(forms)
    checks_list(forms, row_link(forms))
    progress(forms)
    wanting = [row for row in forms.rows.values() if not set(row.states) <= PASSED]
    if wanting:
        with st.expander(f"未通过的 {len(wanting)} 项及原因", expanded=len(wanting) <= 3):  # noqa: PLR2004 - a short list
            others = forms.person.role is Role.COUNTY_GOVERNMENT
            if others:
                st.caption("下列各项请退回县级民政部门补报。")
            for row in wanting:
                link, words = st.columns([1, 11])
                link.page_link(entry(navigation.ASSESS), label=row.id, query_params={"s": str(forms.id), "row": row.id})
                chips = " ".join(labels.result_chip(judged.row, judged.result) for judged in row.judged)
                why = reasons_html(row, "blocks", several=len(forms.standards) > 1, advice=not others)
                words.html(f'<div class="dc-why">{chips}{why}</div>')
    st.subheader("基本情况及主要工作", anchor=False)
    narrative = forms.submission.form.narrative
    if narrative:
        st.html(f'<blockquote class="dc-statement dc-verbatim">{verbatim.markup(narrative)}</blockquote>')
    else:
        st.html('<p class="dc-quiet">尚未填写。</p>')
