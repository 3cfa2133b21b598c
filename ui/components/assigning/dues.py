"""内部期限: the county's own deadlines of what is given to departments, rows and local commitments alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from scoring.kinds.typed import EntryError
from storage.clock import now
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from workflow.assignment import Assignment
from workflow.submission.assigning import row_assignments, set_due
from workflow.submission.printed_rows import printed_rows
from workflow.submission.saving import Saved
from workflow.targets import NEW

DUE = f"due/{NEW}"  # the key of the form of the rows' deadlines
Choices = Mapping[str, Iterable[str]]


def row_dues(forms: StoredForms) -> None:
    """The deadlines of the rows."""
    given = row_assignments(forms.snapshot)
    listed = {row.id: given.get(row.id, Assignment()) for row in printed_rows(forms.standards)}
    dues(forms, DUE, listed, {row: [row] for row in listed}, "部门或指标")


def dues(forms: StoredForms, key: str, given: Mapping[str, Assignment], singly: Choices, label: str) -> None:
    """One day for all a department leads, or for some of it. ``key``: of the form; ``given``: who has what there is;
    ``singly``: what else can be chosen, and what it stands for."""
    st.subheader("内部期限", anchor=False)
    led: dict[str, list[str]] = {}
    for one, assignment in given.items():
        if assignment.units:
            led.setdefault(assignment.lead, []).append(one)
    choices = {f"{unit} 牵头的 {len(own)} 项": own for unit, own in led.items()} | dict(singly)
    form = Form(forms.pad, ("assignment", key))
    which, when = st.columns([3, 2])
    with which:
        words = {choice: verbatim.plain(choice) for choice in choices}
        chosen = form.several("rows", label, words, (), empty="可选多项")
    with when:
        due = form.day("due", "期限（空着即取消；不影响结论和办理）", None)
    keys = dict.fromkeys(one for choice in chosen for one in choices[choice])

    def save() -> Saved:
        if not keys:
            raise EntryError([f"没有选择给哪些{label}定内部期限，请先选择。"], [("rows",)])
        return set_due(forms.office, forms.person, forms.id, dict.fromkeys(keys, due), now())

    button = Button(f"保存期限（{len(keys)} 项）", f"save-{key}", save, "内部期限", shut=not keys)
    closing(form, button, drop=f"drop-{key}")
