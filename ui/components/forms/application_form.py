"""The 申报表's own fields and narrative, and the opinions as they stand."""

from __future__ import annotations

import streamlit as st

from scoring.entry.editing import with_form
from scoring.submission import OPINION_LEVELS, Form, Submission
from ui.components import labels, verbatim
from ui.components.forms.form_footer import form_footer
from ui.components.submission_forms import SubmissionForms
from workflow.targets import Target

_FIELDS = {
    "unit_name": "单位名称",
    "leader_name": "负责人姓名",
    "leader_phone": "电话号码",
    "contact_name_and_title": "联系人姓名及职务",
    "contact_phones": "联系方式（办公电话及手机）",
}
_FORM = Target.form("")


def application_form(forms: SubmissionForms) -> None:
    """Fields, narrative, 保存."""
    form = forms.base(_FORM).form
    st.subheader("申报表栏目", anchor=False)
    typed: dict[str, str] = {}
    shut = {name: forms.why_not(Target.form(name)) is not None for name in (*_FIELDS, "narrative")}
    for start in range(0, len(_FIELDS), 3):
        names = list(_FIELDS)[start : start + 3]
        for column, name in zip(st.columns(3), names, strict=False):
            typed[name] = column.text_input(
                _FIELDS[name],
                getattr(form, name) or "",
                key=f"form-{name}-{forms.stamp(_FORM)}",
                autocomplete="off",
                persist_state="session",
                disabled=shut[name],
            )
    typed["narrative"] = st.text_area(
        "基本情况及主要工作",
        form.narrative or "",
        key=f"form-narrative-{forms.stamp(_FORM)}",
        height=320,
        persist_state="session",
        disabled=shut["narrative"],
    )
    if all(shut.values()):
        return
    action, words = st.columns([1, 4], vertical_alignment="center")
    wanted = action.button("保存申报表栏目", type="primary", key="save-form", width="stretch")
    unsaved = any(value != (getattr(form, name) or "") for name, value in typed.items())
    forms.mark(_FORM, dirty=unsaved)
    if unsaved:
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')
    fields = Form(**{name: value if value.strip() else None for name, value in typed.items()})
    form_footer(forms, _FORM, lambda: with_form(forms.base(_FORM), fields), "申报表栏目", wanted=wanted)


def opinion_boxes(submission: Submission) -> None:
    """The three opinions as they stand, read only."""
    st.subheader("推荐意见", anchor=False)
    boxes = []
    for level in OPINION_LEVELS:
        opinion = submission.opinions.get(level)
        text = verbatim.markup(opinion.text) if opinion and opinion.text else "（尚未填写）"
        signed = " ".join(str(part) for part in (opinion.by, opinion.date) if part) if opinion else ""
        boxes.append(
            f'<section class="dc-card"><h3>{labels.word("opinions", level)}推荐意见</h3>'
            f'<p class="dc-opinion dc-verbatim">{text}</p><p class="dc-signed">{verbatim.markup(signed)}</p></section>'
        )
    st.html(f'<div class="dc-cards">{"".join(boxes)}</div>')
