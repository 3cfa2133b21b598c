"""不属本单位: a department sends a row it was given back to the county's coordinator, with the reason."""

from __future__ import annotations

import streamlit as st

from scoring.substance import LEAST_HAN
from storage.clock import now
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import outcome
from ui.components.forms.own_fragment import own_fragment
from ui.components.rows.row import Row
from workflow.people import Role
from workflow.submission.assigning import send_back
from workflow.targets import Target


def sending_back(forms: StoredForms, row: Row) -> None:
    """Folded below the row's form; nothing for the coordinator, and where the row is not the person's."""
    target = Target.sent_back(row.id)
    if forms.person.role is not Role.COUNTY_DEPARTMENT or forms.why_not(target) is not None:
        return
    with st.expander("不属本单位？退回县级民政部门"):
        own_fragment(forms, lambda: _form(forms, target))


def told_sent_back(forms: StoredForms) -> None:
    """What became of the last row sent back: by then another row is open."""
    outcome(_told(forms), what="退回")


def _told(forms: StoredForms) -> str:
    return forms.place("sent-back")


def _form(forms: StoredForms, target: Target) -> None:
    form, key = Form(forms.pad, target), target.key
    reason = form.text("reason", f"理由（为什么不属本单位，应由哪个单位办；不少于{LEAST_HAN}个汉字）", "", tall=68)
    send = lambda: send_back(forms.office, forms.person, forms.id, {key: reason}, now())  # noqa: E731 - below
    button = Button("退回分工", f"send-back-{key}", send, f"{key}，由县级民政部门重新分配", "已退回", main=False)
    closing(form, button, drop=f"drop-back-{key}", told=_told(forms))
