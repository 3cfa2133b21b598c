"""The 申报表's own fields and narrative, and the opinions as they stand."""

from __future__ import annotations

import streamlit as st

from scoring.submission import FORM_FIELDS, OPINION_LEVELS, Submission
from ui.components import labels, verbatim
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.submission_forms import Bodies, SubmissionForms
from workflow.targets import Target

_SHORT = [name for name, field in FORM_FIELDS.items() if not field.long]
_LONG = [name for name, field in FORM_FIELDS.items() if field.long]
_ON_A_LINE = 3
_TALL = 320  # pixels
_FORM = Target.form("")


def application_form(forms: SubmissionForms) -> None:
    """Fields, narrative, 保存."""
    own_fragment(forms, lambda: _draw(forms))


def _draw(forms: SubmissionForms) -> None:
    targets = {name: Target.form(name) for name in FORM_FIELDS}
    stored = forms.base(*targets.values()).form
    st.subheader("申报表栏目", anchor=False)
    shut = {name: forms.why_not(target) is not None for name, target in targets.items()}
    form = Form(forms.pad, _FORM, frozen=all(shut.values()))
    typed: dict[str, str] = {}

    def field(name: str, tall: int = 0) -> None:
        label, saved = FORM_FIELDS[name].label, getattr(stored, name) or ""
        typed[name] = form.text("value", label, saved, entry=targets[name], tall=tall, shut=shut[name])

    for start in range(0, len(_SHORT), _ON_A_LINE):
        for column, name in zip(st.columns(_ON_A_LINE), _SHORT[start : start + _ON_A_LINE], strict=False):
            with column:
                field(name)
    for name in _LONG:
        field(name, _TALL)
    if form.frozen:
        form.settle()
        forms.history(*form.entries)
        return
    what = "申报表栏目"

    def bodies() -> Bodies:
        return {targets[name]: value if value.strip() else None for name, value in typed.items()}

    button = Button("保存申报表栏目", "save-form", lambda: forms.save(form, bodies(), what), what)
    closing(form, button, forms=forms, drop="drop-form")


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
