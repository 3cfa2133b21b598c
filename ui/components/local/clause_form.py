"""The form of one clause: its commitments in the document's order; those answered elsewhere are only shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from indicators.references import heading_alone
from scoring.entry.local import (
    TypedLocal,
    local_answer_from,
    reason_alone,
    typed_local,
    with_shared_reason,
)
from scoring.kinds.typed import EntryError
from scoring.local.profile import DocumentProfile, LocalCheck
from storage.canonical import Json
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.figures import say_understood
from ui.components.forms.form import Form
from ui.components.local.picture import shortfalls_here
from ui.components.local.words import clause_link, commitment_head, place_link
from workflow.content import body_of
from workflow.submission.local_assigning import asked_here, given_commitments, key_of
from workflow.targets import Path, Target

_LEAST = "（最少的一个）"
_EACH_TIME = {"year": "最少的一年", "quarter": "最少的一个季度", "month": "最少的一个月"}
_EACH_TALL = 120
_SEVERAL = 2


def form_of(check: LocalCheck) -> Target:
    """The form that writes the check's clause, named by the clause: no entry's key."""
    return Target.local_answer(check.policy, check.clause.id)


@dataclass(frozen=True, slots=True)
class NextClause:
    """The next clause with something to fill in; ``prepare`` is called after a save that leads to it."""

    clause: str
    prepare: Callable[[], None]


def clause_form(
    forms: StoredForms, document: DocumentProfile, whole: Sequence[LocalCheck], checks: Sequence[LocalCheck],
    next_clause: NextClause | None,
) -> None:  # fmt: skip
    """The clause's ``checks`` in sight of the ``whole`` clause with their fields, and the buttons that save."""
    first = whole[0]
    entry = form_of(first)
    editable = [check for check in checks if check.place is None and _may_edit(forms, check)]
    units = "、".join(first.clause.responsible_units)
    units_html = f'<span class="dc-quiet">责任单位：{verbatim.markup(units)}</span>' if units else ""
    heading = verbatim.markup(heading_alone(first.clause))
    weak = shortfalls_here(document.shortfalls_at_clause(first.clause))
    st.html(f'<p class="dc-section">{clause_link(first)}　{heading}　{units_html}</p>{weak}')
    own = [check for check in checks if check.place is None]
    stored = forms.base(*map(_target, own)).local.answers.get(first.policy, {})
    assigned = given_commitments(forms.snapshot)
    form = Form(forms.pad, entry)
    typed: dict[str, TypedLocal] = {}
    for check in checks:
        with st.container(border=True):
            head = commitment_head(check, assigned.get(key_of(check)), stored.get(check.id))
            st.html(head + shortfalls_here(document.shortfalls_at(check)))
            if check.place is not None:
                st.html(place_link(check, forms.id))
            else:
                typed[check.id] = _fields(form, check, typed_local(stored.get(check.id)), shut=check not in editable)
    if not editable:
        form.settle()
        forms.history(*form.entries)
        return
    shared = _shared_reason(form, editable)
    what = f"地方文件 {first.clause.id}"

    def save() -> None:
        forms.save(form, _bodies(editable, typed, shared), what)

    buttons = [Button("保存本条", f"save-{entry}", save, what, main=next_clause is None)]
    if next_clause is not None:
        words = f"保存，去 {next_clause.clause}"
        buttons.insert(0, Button(words, f"save-on-{entry}", save, what, then=next_clause.prepare))
    closing(form, *buttons, forms=forms, drop=f"drop-{entry}", after=lambda: unjudged_notice(forms, document))


def _bodies(editable: Sequence[LocalCheck], typed: Mapping[str, TypedLocal], shared: str) -> dict[Target, Json]:
    """What is to be written; raises `EntryError` with every unreadable field."""
    bodies: dict[Target, Json] = {}
    problems: list[str] = []
    paths: list[Path] = []
    for check in editable:
        own = with_shared_reason(check.commitment, typed[check.id], shared)
        try:
            bodies[_target(check)] = body_of(local_answer_from(check.commitment, own))
        except EntryError as unreadable:
            problems += unreadable.problems
            paths += [(key_of(check), *path) for path in unreadable.paths]
    if problems:
        raise EntryError(problems, paths)
    return bodies


def _target(check: LocalCheck) -> Target:
    return Target("local", key_of(check))


def unjudged_notice(forms: StoredForms, document: DocumentProfile) -> None:
    """Below the notice of a save: judgements of the clause with a reason but no choice, which do not count."""
    entry = forms.saved.form if forms.saved is not None else None
    answers = forms.submission.local.answers.get(document.policy.id, {})
    left = [
        check
        for check in document.checks
        if form_of(check) == entry and check.place is None and reason_alone(answers.get(check.id))
    ]
    if left:
        named = "、".join(f"“{check.commitment.object}”" for check in left)
        words = f"{left[0].clause.id} 有 {len(left)} 项写了理由，尚未选“做到”或“没有做到”，不算已判断：{named}。"
        st.html(f'<p class="dc-unsaved" role="status">{verbatim.markup(words)}</p>')


def refusal(forms: StoredForms) -> str | None:
    """Why this person may fill in nothing on the page, as a Chinese sentence; None where they may."""
    keys = [key_of(check) for document in forms.local.documents for check in asked_here(document)]
    if any(forms.snapshot.may_edit(Target("local", key)) for key in keys):
        return None
    return forms.why_not(Target.local_policies())


def _may_edit(forms: StoredForms, check: LocalCheck) -> bool:
    return forms.snapshot.may_edit(Target("local", key_of(check)))


def _shared_reason(form: Form, editable: Sequence[LocalCheck]) -> str:
    """One reason for several judgements of the clause, typed once."""
    if sum(check.commitment.kind == "duty" for check in editable) < _SEVERAL:
        return ""
    return form.text("shared", "几项共用的理由：保存时写入本条已判断“做到”或“没有做到”、而没有另写理由的各项", "")


def _fields(form: Form, check: LocalCheck, stored: TypedLocal, *, shut: bool) -> TypedLocal:
    commitment, entry = check.commitment, _target(check)

    def yes_no(label: str, words: tuple[str, str, str]) -> bool | None:
        options = dict(zip((None, True, False), words, strict=True))
        return form.choice("yes", label, options, stored.yes, entry=entry, shut=shut)

    def text(name: str, label: str, saved: str) -> str:
        return form.text(name, verbatim.markdown(label), saved, entry=entry, shut=shut)

    if commitment.kind == "deadline":
        choice, when = st.columns([2, 3])
        with choice:
            done = yes_no("是否完成", ("未填", "已完成", "尚未完成"))
        with when:
            return TypedLocal(yes=done, date=text("date", "完成日期（如 2018-05 或 2018-05-28）", stored.date))
    if commitment.kind == "duty":
        choice, why = st.columns([2, 5])
        with choice:
            done = yes_no("是否做到", ("未判断", "做到", "没有做到"))
        with why:
            return TypedLocal(yes=done, reason=text("reason", "理由（文件、文号、数量）", stored.reason))
    unit = labels.word("units", commitment.unit) if commitment.unit else ""
    again = _EACH_TIME.get(commitment.every or "", "")
    least = f"每{commitment.per}{_LEAST}" if commitment.counts_members else again or "本县的实际数"
    own, beside = st.columns([2, 5])
    with own:
        figure = text("figure", f"{least}（{unit}）", stored.figure)
        say_understood(figure, commitment.unit)
    if commitment.than is not None:
        with beside:
            other = text("other", f"{commitment.than}（{unit}）", stored.other)
            say_understood(other, commitment.unit)
        return TypedLocal(figure=figure, other=other)
    if not commitment.counts_members:
        return TypedLocal(figure=figure)
    with st.expander("逐个填写（可不填）", expanded=bool(stored.each)):
        label = f"一行一个，名称和数，如“甲乡 2”；填了这里，上面的{_LEAST.strip('（）')}可以不填"
        each = form.text("each", verbatim.markdown(label), stored.each, entry=entry, tall=_EACH_TALL, shut=shut)
    return TypedLocal(figure=figure, each=each)
