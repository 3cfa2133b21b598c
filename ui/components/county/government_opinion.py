"""县级人民政府推荐意见: text, date and by whom; drafted from the result, edited by a person, frozen once released."""

from __future__ import annotations

import streamlit as st

from scoring.judging.old_veto_proofs import old_veto_proofs
from scoring.submission import OpinionLevel
from storage.clock import local_date, now
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.left_over import left_over
from ui.components.opinion.form import opinion_form, opinion_given
from ui.components.opinion.scan import scan_of
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
        scan_of(forms, _LEVEL)
        return
    _told_of_old_proof(forms)
    opinion_form(forms, _LEVEL, "按评估结果起草")
    scan_of(forms, _LEVEL)


def _told_of_old_proof(forms: StoredForms) -> None:
    """Which proof that no veto applies says nothing of the last month: whoever signs for today should know."""
    old = list(old_veto_proofs(forms.submission, forms.standards, local_date(now())))
    if old:
        items = "".join(f"<li>{verbatim.markup(str(proof))}</li>" for proof in old)
        st.html(
            f'<div class="dc-ours dc-verbatim" role="status"><b>一票否决的材料日期较早</b> '
            f"{labels.tag('本工具提出，不影响结论', 'tool')}<ul>{items}</ul>"
            "<p>此后有无变化，材料没有说明。请向出具单位核实，或者请其重新出具后再上报。</p></div>"
        )


def _not_yet(forms: StoredForms) -> str:
    """What the government waits for, where its turn is still to come; empty otherwise."""
    if forms.person.role is not Role.COUNTY_GOVERNMENT or forms.snapshot.round.closed_at is not None:
        return ""
    if forms.snapshot.state is State.DRAFT:
        return "县级民政部门正在填报。送县级人民政府后，在这里出具意见。"
    if forms.snapshot.state is State.RETURNED:
        return "县级民政部门正在补正。补正后再次送县级人民政府，届时在这里重新出具意见。"
    return ""
