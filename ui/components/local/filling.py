"""One clause being filled in, its commitments in the document's order; what is answered elsewhere is only shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
class Onward:
    """The clause after this one that wants something, and what to do before a save that shall lead to it."""

    clause: str
    prepare: Callable[[], None]


def filling(
    desk: StoredForms, document: DocumentProfile, whole: Sequence[LocalCheck], checks: Sequence[LocalCheck],
    onward: Onward | None,
) -> None:  # fmt: skip
    """The clause's ``checks`` in sight of the ``whole`` clause with their fields, and the buttons that save."""
    first = whole[0]
    form = form_of(first)
    asked = [one for one in checks if one.place is None and _mine(desk, one)]
    desk.gather(form, [Target("local", key_of(one)) for one in whole if one.place is None])
    units = "、".join(first.clause.responsible_units)
    told = f'<span class="dc-quiet">责任单位：{verbatim.markup(units)}</span>' if units else ""
    heading = verbatim.markup(heading_alone(first.clause))
    weak = shortfalls_here(document.shortfalls_at_clause(first.clause))
    st.html(f'<p class="dc-section">{clause_link(first)}　{heading}　{told}</p>{weak}')
    stored = desk.base(form).local.answers.get(first.policy, {})
    given = assigned_commitments(desk.snapshot)
    typed: dict[str, TypedLocal] = {}
    for one in checks:
        with st.container(border=True):
            head = commitment_head(one, given.get(key_of(one), ()), stored.get(one.id))
            st.html(head + shortfalls_here(document.shortfalls_at(one)))
            if one.place is not None:
                st.html(place_link(one, desk.id))
            else:
                was, shut = typed_local(stored.get(one.id)), one not in asked
                typed[one.id] = _fields(one.commitment, was, _key(desk, form, one), shut=shut)
    if not asked:
        return
    shared = _shared_reason(desk, form, asked)
    unsaved = any(typed[one.id] != typed_local(stored.get(one.id)) for one in asked)
    desk.mark(form, dirty=unsaved)
    if onward is None:
        only, words = st.columns([2, 5], vertical_alignment="center")
        on = False
    else:
        then, only, words = st.columns([2, 1, 4], vertical_alignment="center")
        on = then.button(f"保存，去 {onward.clause}", type="primary", key=f"save-on-{form}", width="stretch")
    weight = "secondary" if onward is not None else "primary"
    wanted = only.button("保存本条", type=weight, key=f"save-{form}", width="stretch")
    if unsaved:
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')

    def make():  # noqa: ANN202 - the edited submission
        answers = {
            one.id: local_answer_from(one.commitment, with_shared_reason(one.commitment, typed[one.id], shared))
            for one in asked
        }
        return with_local_answers(desk.base(form), first.policy, answers)

    if on and onward is not None:
        onward.prepare()
    form_footer(
        desk, form, make, f"地方文件 {first.clause.id}", wanted=wanted or on, after=lambda: unjudged(desk, document)
    )


def unjudged(desk: StoredForms, document: DocumentProfile) -> None:
    """Under the notice of a save: what of the saved clause has a reason and no choice, and so does not count."""
    form = desk.saved.form if desk.saved is not None else None
    answers = desk.submission.local.answers.get(document.policy.id, {})
    left = [
        one
        for one in document.checks
        if form_of(one) == form and one.place is None and reason_alone(answers.get(one.id))
    ]
    if left:
        named = "、".join(f"“{one.commitment.object}”" for one in left)
        words = f"{left[0].clause.id} 有 {len(left)} 项写了理由，尚未选“做到”或“没有做到”，不算已判断：{named}。"
        st.html(f'<p class="dc-unsaved" role="status">{verbatim.markup(words)}</p>')


def refused(desk: StoredForms) -> str | None:
    """Why this person fills in nothing here; None where some of it is theirs."""
    keys = [key_of(one) for document in desk.local.documents for one in asked_here(document)]
    if any(desk.snapshot.may_edit(Target("local", key)) for key in keys):
        return None
    return desk.why_not(Target.local_policies())


def _mine(desk: StoredForms, one: LocalCheck) -> bool:
    return desk.snapshot.may_edit(Target("local", key_of(one)))


def _shared_reason(desk: StoredForms, form: Target, asked: Sequence[LocalCheck]) -> str:
    """One reason for several judgements of the clause, typed once."""
    if sum(one.commitment.kind == "duty" for one in asked) < _SEVERAL:
        return ""
    label = "几项共用的理由：保存时写入本条已判断“做到”或“没有做到”、而没有另写理由的各项"
    return _text(st.container(), label, "", f"local-shared-{form}-{desk.stamp(form)}", shut=False)


def _key(desk: StoredForms, form: Target, one: LocalCheck) -> str:
    return f"local-{one.policy}-{one.id}-{desk.stamp(form)}"


def _fields(one: Commitment, stored: TypedLocal, key: str, *, shut: bool) -> TypedLocal:
    if one.kind == "deadline":
        choice, when = st.columns([2, 3])
        done = _yes_no(choice, "是否完成", ("未填", "已完成", "尚未完成"), stored.yes, key, shut=shut)
        return TypedLocal(
            yes=done, date=_text(when, "完成日期（如 2018-05 或 2018-05-28）", stored.date, f"{key}-d", shut=shut)
        )
    if one.kind == "duty":
        choice, why = st.columns([2, 5])
        kept = _yes_no(choice, "是否做到", ("未判断", "做到", "没有做到"), stored.yes, key, shut=shut)
        return TypedLocal(yes=kept, reason=_text(why, "理由（文件、文号、数量）", stored.reason, f"{key}-r", shut=shut))
    unit = labels.word("units", one.unit) if one.unit else ""
    least = f"每{one.per}{_LEAST}" if one.per and one.kind == "count" else "本县的实际数"
    narrow, _ = st.columns([2, 5])
    return TypedLocal(figure=_text(narrow, f"{least}（{unit}）", stored.figure, key, shut=shut))


def _yes_no(
    place: st.delta_generator.DeltaGenerator, label: str, words: tuple[str, str, str], stored: bool | None, key: str, *,
    shut: bool,
) -> bool | None:  # fmt: skip
    shown = {None: words[0], True: words[1], False: words[2]}
    return place.radio(
        label,
        list(shown),
        list(shown).index(stored),
        format_func=shown.__getitem__,
        horizontal=True,
        key=f"{key}-y",
        disabled=shut,
        persist_state="session",
    )


def _text(place: st.delta_generator.DeltaGenerator, label: str, stored: str, key: str, *, shut: bool) -> str:
    return place.text_input(
        verbatim.markdown(label), stored, key=key, autocomplete="off", disabled=shut, persist_state="session"
    )
