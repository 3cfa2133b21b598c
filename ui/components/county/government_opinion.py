"""县级人民政府推荐意见: text, date and by whom; drafted from the result, edited by a person, frozen once released."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from scoring.entry.register import read_date
from scoring.kinds.typed import EntryError
from scoring.submission import Opinion, OpinionLevel, Submission
from storage.clock import local_date, now
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.form_footer import form_footer
from ui.components.review.opinion import opinion_given
from workflow.people import Role
from workflow.procedure.opinions import draft_opinion, opinion_author
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
        return
    _form(forms)


def _not_yet(forms: StoredForms) -> str:
    """What the government waits for, where its turn is still to come; empty otherwise."""
    if forms.person.role is not Role.COUNTY_GOVERNMENT or forms.snapshot.round.closed_at is not None:
        return ""
    if forms.snapshot.state is State.DRAFT:
        return "县级民政部门正在填报。送县级人民政府后，在这里出具意见。"
    if forms.snapshot.state is State.RETURNED:
        return "县级民政部门正在补正。补正后再次送县级人民政府，届时在这里重新出具意见。"
    return ""


def _form(forms: StoredForms) -> None:
    st.subheader(f"{_NAME}推荐意见", anchor=False)
    stored = forms.base(_FORM).opinions.get(_LEVEL, Opinion())
    stamp = forms.stamp(_FORM)
    drafting, words = st.columns([1, 3], vertical_alignment="center")
    if drafting.button("按评估结果起草", key=f"draft-opinion-{stamp}", width="stretch"):
        st.session_state[f"opinion-text-{stamp}"] = draft_opinion(forms.office, forms.snapshot, _LEVEL)
    words.caption("草稿由评估结果生成，替换下面的文字；保存前可任意修改。")
    text = st.text_area("意见", stored.text or "", key=f"opinion-text-{stamp}", height=180, persist_state="session")
    who, when = st.columns([3, 1])
    by = who.text_input(
        "出具单位",
        stored.by or opinion_author(forms.snapshot, _LEVEL),
        key=f"opinion-by-{stamp}",
        autocomplete="off",
        persist_state="session",
    )
    day = when.text_input(
        "日期",
        (stored.date or local_date(now())).isoformat(),
        key=f"opinion-date-{stamp}",
        autocomplete="off",
        persist_state="session",
    )
    untouched = (stored.text or "", (stored.date or local_date(now())).isoformat())
    unsaved = (text, day) != untouched or (stored.by is not None and by != stored.by)
    forms.mark(_FORM, dirty=unsaved)
    wanted = st.button("保存意见", type="primary", key="save-opinion")
    if unsaved:
        st.html('<p class="dc-unsaved">有尚未保存的修改</p>')

    def edited() -> Submission:
        try:
            date = read_date(day)
        except ValueError as unreadable:
            raise EntryError([f"日期：{unreadable}。"]) from unreadable
        if not text.strip():
            raise EntryError(["意见：不能为空，请填写推荐意见。"])
        opinion = Opinion(text=text.strip(), date=date, by=by.strip() or None)
        base = forms.base(_FORM)
        return replace(base, opinions={**base.opinions, _LEVEL: opinion})

    form_footer(forms, _FORM, edited, f"{_NAME}推荐意见", wanted=wanted)
