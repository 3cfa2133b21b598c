"""Who answers which local commitment: what is assigned, what the document suggests, and giving it out by department,
by clause or one by one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from indicators.references import clause_title, heading_alone
from scoring.local.profile import DocumentProfile, LocalCheck
from storage.clock import now
from ui.components import verbatim
from ui.components.assigning.dues import DUE, dues
from ui.components.assigning.rows import accepting, given_words, refuse_unsaid, units_field, without_account
from ui.components.case.due import due_words
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import attempt, outcome
from ui.components.forms.own_fragment import own_fragment
from ui.components.local.page import chosen_document
from ui.components.local.words import clause_link
from ui.components.table_links import table_links
from workflow.assignment import Assignment
from workflow.submission.local_assigning import (
    LocalProposal,
    accept_local_proposals,
    asked_here,
    assign_commitments,
    given_commitments,
    key_of,
    local_proposals,
)
from workflow.submission.saving import Saved
from workflow.targets import NEW, Target

_OWN_WORDS = "本项原文写明"
_BY_CLAUSE, _BY_UNIT, _SINGLY = "按条款", "按建议的部门", "逐项"
_KINDS = [_BY_CLAUSE, _BY_UNIT, _SINGLY]


def assigning_local(forms: StoredForms) -> None:
    """The document's table, the button that accepts all suggestions, and the form."""
    document = chosen_document(forms.local, forms.place("assign-document"))
    checks, assigned, nobody = asked_here(document), given_commitments(forms.snapshot), Assignment()
    proposed = local_proposals(forms.snapshot, document)
    done = sum(bool(assigned.get(key_of(check), nobody).units) for check in checks)
    st.caption(
        f"已分配 {done}/{len(checks)} 项。建议取自文件原文和所印的责任单位，仅供参考，须由县级民政部门确认；"
        "没有分配的由县级民政部门填报。取自指标和县情的数字不在此列。"
    )
    st.html(_table(document, _narrowed(forms, document, checks, assigned, proposed), assigned, proposed))
    table_links("local", "地方文件对照表", s=forms.id)
    without_account(forms, {key_of(check): assigned.get(key_of(check), nobody).units for check in checks})
    refusal = forms.why_not(Target.assignment(key_of(checks[0]))) if checks else None
    if refusal is not None:
        st.info(verbatim.markdown(refusal))
    if refusal is not None or not checks:
        return
    place = forms.place("local-proposals")
    if accepting(len(proposed.keys() - assigned.keys()), "accept-local-proposals"):
        attempt(
            place, lambda: accept_local_proposals(forms.office, forms.snapshot, document, now()), "按建议分配", now()
        )
        st.rerun()
    outcome(place)
    own_fragment(forms, lambda: _form(forms, document, proposed, assigned))
    own_fragment(forms, lambda: local_dues(forms, document))


def local_form(forms: StoredForms, document: DocumentProfile) -> None:
    """The form alone, as it is drawn to save what is typed in it."""
    _form(forms, document, local_proposals(forms.snapshot, document), given_commitments(forms.snapshot))


def form_of(document: DocumentProfile) -> Target:
    """What the form of a document's assignments is called."""
    return Target.assignment(f"local/{document.policy.id}/{NEW}")


def local_due_key(document: DocumentProfile) -> str:
    """The key of the form of a document's deadlines."""
    return f"local/{document.policy.id}/{DUE}"


def local_dues(forms: StoredForms, document: DocumentProfile) -> None:
    """The deadlines of what is given out of a document; nothing where nothing is."""
    given = given_commitments(forms.snapshot)
    checks = tuple(check for check in asked_here(document) if given.get(key_of(check), Assignment()).units)
    if checks:
        singly = _choices(_BY_CLAUSE, checks, {}) | _choices(_SINGLY, checks, {})
        listed = {key_of(check): given[key_of(check)] for check in checks}
        dues(forms, local_due_key(document), listed, singly, "部门、条款或承诺")


def _narrowed(
    forms: StoredForms, document: DocumentProfile, checks: tuple[LocalCheck, ...],
    assigned: Mapping[str, Assignment], proposed: Mapping[str, LocalProposal],
) -> tuple[LocalCheck, ...]:  # fmt: skip
    """The chosen part of the checks: all, not assigned yet, or without a suggestion."""
    kinds = {
        "全部": checks,
        "没有分配的": tuple(check for check in checks if not assigned.get(key_of(check), Assignment()).units),
        "没有建议的": tuple(check for check in checks if key_of(check) not in proposed),
    }
    chosen = st.segmented_control(
        "显示",
        list(kinds),
        default="全部",
        format_func=lambda kind: f"{kind} {len(kinds[kind])}",
        key=forms.place("assign-shown", document.policy.id),
        required=True,
        persist_state="session",
    )
    return kinds[str(chosen)]


def _table(
    document: DocumentProfile, checks: tuple[LocalCheck, ...], assigned: Mapping[str, Assignment],
    proposed: Mapping[str, LocalProposal],
) -> str:  # fmt: skip
    """Every commitment the county answers, under its clause, in a frame of its own height."""
    lines = []
    shown = {check.id for check in checks}
    for clause, clause_checks in document.by_clause():
        shown_checks = [check for check in clause_checks if check.id in shown]
        if shown_checks:
            units = "、".join(clause.responsible_units)
            told = f"<small>责任单位：{verbatim.markup(units)}</small>" if units else ""
            heading = verbatim.markup(heading_alone(clause))
            lines.append(f'<tr><th colspan="5">{clause_link(shown_checks[0])}　{heading}{told}</th></tr>')
        lines += [_line(check, assigned.get(key_of(check)), proposed.get(key_of(check))) for check in shown_checks]
    head = "<tr><th>承诺</th><th>已分配</th><th>内部期限</th><th>建议</th><th>建议的依据</th></tr>"
    table = (
        '<table class="dc-table dc-verbatim dc-assign-local">'
        f"<thead>{head}</thead><tbody>{''.join(lines)}</tbody></table>"
    )
    return f'<div class="dc-frame" role="region" aria-label="地方文件分工表" tabindex="0">{table}</div>'


def _line(check: LocalCheck, given: Assignment | None, suggestion: LocalProposal | None) -> str:
    basis = ""
    if suggestion is not None:
        basis = f"责任单位：{'、'.join(suggestion.printed)}" if suggestion.printed else _OWN_WORDS
    suggested = "、".join(suggestion.units) if suggestion else ""
    what = f"{verbatim.markup(check.commitment.object)}<small>“{verbatim.markup(check.commitment.quote)}”</small>"
    day = due_words(given.due) if given is not None else ""
    cells = (what, verbatim.markup(given_words(given)), day, verbatim.markup(suggested), verbatim.markup(basis))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _choices(
    kind: str, checks: tuple[LocalCheck, ...], proposed: Mapping[str, LocalProposal]
) -> dict[str, tuple[str, ...]]:
    """Options of the form in words → keys of the checks each stands for."""
    choices: dict[str, list[str]] = {}
    if kind == _BY_UNIT:
        for key, proposal in proposed.items():
            for unit in proposal.units:
                choices.setdefault(f"建议给{unit}的", []).append(key)
    elif kind == _BY_CLAUSE:
        for check in checks:
            choices.setdefault(clause_title(check.clause), []).append(key_of(check))
    else:
        for check in checks:
            choices.setdefault(f"{check.clause.id}　{check.commitment.object}", []).append(key_of(check))
    return {words if kind == _SINGLY else f"{words}（{len(keys)} 项）": tuple(keys) for words, keys in choices.items()}


def _kind(form: Form, key: str) -> str:
    """How to choose: as it was chosen when something was typed, until another way is."""
    typed = (kind for kind in _KINDS if f"what/{kind}" in form.pad.at(form.entry).fields)
    before = next(typed, _BY_CLAUSE)
    if form.is_aside:
        return before
    return str(st.segmented_control("怎样选", _KINDS, default=before, key=key, required=True, persist_state="session"))


def _form(
    forms: StoredForms, document: DocumentProfile, proposed: Mapping[str, LocalProposal],
    assigned: Mapping[str, Assignment],
) -> None:  # fmt: skip
    place = forms.place("assign-local")
    st.subheader("修改分工", anchor=False)
    form = Form(forms.pad, form_of(document))
    kind = _kind(form, f"{place}|kind")
    choices = _choices(kind, asked_here(document), proposed)
    named = [
        *(unit for proposal in proposed.values() for unit in proposal.units),
        *(unit for given in assigned.values() for unit in given.units),
    ]
    which, who = st.columns([3, 2])
    with which:
        words = {choice: verbatim.plain(choice) for choice in choices}
        chosen = form.several(f"what/{kind}", kind, words, (), empty="可选多项，可输入文字查找")
    with who:
        units = units_field(forms, form, named)
    keys = dict.fromkeys(key for words in chosen for key in choices[words])

    def save() -> Saved:
        refuse_unsaid(form, keys, units, ("what", kind))
        return assign_commitments(forms.office, forms.snapshot, keys, units, now())

    label, what = f"保存分工（{len(keys)} 项）", f"分工（{len(keys)} 项）"
    closing(form, Button(label, "save-local-assignment", save, what, shut=not keys), drop="drop-local-assignment")
