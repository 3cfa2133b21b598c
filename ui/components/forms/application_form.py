"""The 申报表's own fields and narrative, and the opinions as they stand."""

from __future__ import annotations

import streamlit as st

from scoring.entry.editing import with_form
from scoring.submission import FORM_FIELDS, OPINION_LEVELS, Form, Submission
from ui.components import labels, verbatim
from ui.components.forms.form_footer import form_footer
from ui.components.submission_forms import SubmissionForms
from workflow.targets import Target

_SHORT = [name for name, field in FORM_FIELDS.items() if not field.long]
_LONG = [name for name, field in FORM_FIELDS.items() if field.long]
_ON_A_LINE = 3
_FORM = Target.form("")


def application_form(forms: SubmissionForms) -> None:
    """Fields, narrative, 保存."""
    form = forms.base(_FORM).form
    st.subheader("申报表栏目", anchor=False)
    typed: dict[str, str] = {}
    shut = {name: forms.why_not(Target.form(name)) is not None for name in FORM_FIELDS}
    for start in range(0, len(_SHORT), _ON_A_LINE):
        names = _SHORT[start : start + _ON_A_LINE]
        for column, name in zip(st.columns(_ON_A_LINE), names, strict=False):
            typed[name] = column.text_input(
                FORM_FIELDS[name].label,
                getattr(form, name) or "",
                key=f"form-{name}-{forms.stamp(_FORM)}",
                autocomplete="off",
                persist_state="session",
                disabled=shut[name],
            )
    for name in _LONG:
        typed[name] = st.text_area(
            FORM_FIELDS[name].label,
            getattr(form, name) or "",
            key=f"form-{name}-{forms.stamp(_FORM)}",
            height=320,
            persist_state="session",
            disabled=shut[name],
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
