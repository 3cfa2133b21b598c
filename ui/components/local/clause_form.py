"""The form of one clause: its commitments in the document's order; those answered elsewhere are only shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from indicators.model import Commitment
from indicators.references import heading_alone
from scoring.entry.local import (
    TypedLocal,
    local_answer_from,
    reason_alone,
    typed_local,
    with_local_answers,
    with_shared_reason,
)
from scoring.local.profile import DocumentProfile, LocalCheck
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.form_footer import form_footer
from ui.components.local.picture import shortfalls_here
from ui.components.local.words import clause_link, commitment_head, place_link
from workflow.submission.local_assigning import asked_here, assigned_commitments, key_of
from workflow.targets import Target

_LEAST = "（最少的一个）"
_SEVERAL = 2


def form_of(check: LocalCheck) -> Target:
    """The form that writes the check's clause, named by the clause: no entry's key, `gather` says which it shows."""
    return Target.local_answer(check.policy, check.clause.id)


@dataclass(frozen=True, slots=True)
class NextClause:
    """The next clause with something to fill in; ``prepare`` is called before a save that shall lead to it."""

    clause: str
    prepare: Callable[[], None]


def clause_form(
    forms: StoredForms, document: DocumentProfile, whole: Sequence[LocalCheck], checks: Sequence[LocalCheck],
    next_clause: NextClause | None,
) -> None:  # fmt: skip
    """The clause's ``checks`` in sight of the ``whole`` clause with their fields, and the buttons that save."""
    first = whole[0]
    form = form_of(first)
    editable = [check for check in checks if check.place is None and _may_edit(forms, check)]
    forms.gather(form, [Target("local", key_of(check)) for check in whole if check.place is None])
    units = "、".join(first.clause.responsible_units)
    units_html = f'<span class="dc-quiet">责任单位：{verbatim.markup(units)}</span>' if units else ""
    heading = verbatim.markup(heading_alone(first.clause))
    weak = shortfalls_here(document.shortfalls_at_clause(first.clause))
    st.html(f'<p class="dc-section">{clause_link(first)}　{heading}　{units_html}</p>{weak}')
    stored = forms.base(form).local.answers.get(first.policy, {})
    assigned = assigned_commitments(forms.snapshot)
    typed: dict[str, TypedLocal] = {}
    for check in checks:
        with st.container(border=True):
            head = commitment_head(check, assigned.get(key_of(check), ()), stored.get(check.id))
            st.html(head + shortfalls_here(document.shortfalls_at(check)))
            if check.place is not None:
                st.html(place_link(check, forms.id))
            else:
                stored_entry, read_only = typed_local(stored.get(check.id)), check not in editable
                typed[check.id] = _fields(check.commitment, stored_entry, _key(forms, form, check), read_only=read_only)
    if not editable:
        return
    shared = _shared_reason(forms, form, editable)
    unsaved = any(typed[check.id] != typed_local(stored.get(check.id)) for check in editable)
    forms.mark(form, dirty=unsaved)
    if next_clause is None:
        saving, words = st.columns([2, 5], vertical_alignment="center")
        save_and_go = False
    else:
        going, saving, words = st.columns([2, 1, 4], vertical_alignment="center")
        save_and_go = going.button(
            f"保存，去 {next_clause.clause}", type="primary", key=f"save-on-{form}", width="stretch"
        )
    weight: Literal["primary", "secondary"] = "secondary" if next_clause is not None else "primary"
    wanted = saving.button("保存本条", type=weight, key=f"save-{form}", width="stretch")
    if unsaved:
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')

    def make() -> Submission:
        answers = {
            check.id: local_answer_from(check.commitment, with_shared_reason(check.commitment, typed[check.id], shared))
            for check in editable
        }
        return with_local_answers(forms.base(form), first.policy, answers)

    if save_and_go and next_clause is not None:
        next_clause.prepare()
    form_footer(
        forms,
        form,
        make,
        f"地方文件 {first.clause.id}",
        wanted=wanted or save_and_go,
        after=lambda: unjudged_notice(forms, document),
    )


def unjudged_notice(forms: StoredForms, document: DocumentProfile) -> None:
    """Below the notice of a save: judgements of the clause with a reason but no choice, which do not count."""
    form = forms.saved.form if forms.saved is not None else None
    answers = forms.submission.local.answers.get(document.policy.id, {})
    left = [
        check
        for check in document.checks
        if form_of(check) == form and check.place is None and reason_alone(answers.get(check.id))
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


def _shared_reason(forms: StoredForms, form: Target, editable: Sequence[LocalCheck]) -> str:
    """One reason for several judgements of the clause, typed once."""
    if sum(check.commitment.kind == "duty" for check in editable) < _SEVERAL:
        return ""
    label = "几项共用的理由：保存时写入本条已判断“做到”或“没有做到”、而没有另写理由的各项"
    return _text(st.container(), label, "", f"local-shared-{form}-{forms.stamp(form)}", read_only=False)


def _key(forms: StoredForms, form: Target, check: LocalCheck) -> str:
    return f"local-{check.policy}-{check.id}-{forms.stamp(form)}"


def _fields(commitment: Commitment, stored: TypedLocal, key: str, *, read_only: bool) -> TypedLocal:
    if commitment.kind == "deadline":
        choice, when = st.columns([2, 3])
        done = _yes_no(choice, "是否完成", ("未填", "已完成", "尚未完成"), stored.yes, key, read_only=read_only)
        return TypedLocal(
            yes=done,
            date=_text(when, "完成日期（如 2018-05 或 2018-05-28）", stored.date, f"{key}-d", read_only=read_only),
        )
    if commitment.kind == "duty":
        choice, why = st.columns([2, 5])
        done = _yes_no(choice, "是否做到", ("未判断", "做到", "没有做到"), stored.yes, key, read_only=read_only)
        return TypedLocal(
            yes=done, reason=_text(why, "理由（文件、文号、数量）", stored.reason, f"{key}-r", read_only=read_only)
        )
    unit = labels.word("units", commitment.unit) if commitment.unit else ""
    least = f"每{commitment.per}{_LEAST}" if commitment.per and commitment.kind == "count" else "本县的实际数"
    narrow, _ = st.columns([2, 5])
    return TypedLocal(figure=_text(narrow, f"{least}（{unit}）", stored.figure, key, read_only=read_only))


def _yes_no(
    place: st.delta_generator.DeltaGenerator, label: str, words: tuple[str, str, str], stored: bool | None, key: str, *,
    read_only: bool,
) -> bool | None:  # fmt: skip
    shown = {None: words[0], True: words[1], False: words[2]}
    return place.radio(
        label,
        list(shown),
        list(shown).index(stored),
        format_func=shown.__getitem__,
        horizontal=True,
        key=f"{key}-y",
        disabled=read_only,
        persist_state="session",
    )


def _text(place: st.delta_generator.DeltaGenerator, label: str, stored: str, key: str, *, read_only: bool) -> str:
    return place.text_input(
        verbatim.markdown(label), stored, key=key, autocomplete="off", disabled=read_only, persist_state="session"
    )
