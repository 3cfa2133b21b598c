"""县情: the facts asked once, on which conditions, wholes and thresholds rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from indicators.model import Fact
from scoring.entry.editing import with_facts
from scoring.entry.register import TypedFact, facts_from, typed_fact
from ui.components import labels, verbatim
from ui.components.forms.form_footer import form_footer, shows_save_notice
from ui.components.submission_forms import SubmissionForms
from ui.rules import library
from workflow.targets import Target

_UNSAID = "未填"
_FORM = Target.fact("")
_ACROSS = 3


def county_form(forms: SubmissionForms, after: Callable[[], None] | None = None) -> None:
    """The facts of every pinned standard, numbers first, then choices and judged facts; ``after``: drawn under the
    notice of a save."""
    facts = _facts(forms)
    numbers = [fact for fact in facts if fact.kind == "number"]
    others = [fact for fact in facts if fact.kind in {"choice", "yes_no"}]
    judged = [fact for fact in facts if fact.kind == "judged"]
    typed: dict[str, TypedFact] = {}
    st.subheader("类型与设置", anchor=False)
    typed |= _grid(forms, others)
    st.subheader("数量", anchor=False)
    typed |= _grid(forms, numbers)
    if judged:
        st.subheader("需由人判断的情况", anchor=False)
        st.caption("文件没有给出界限，由县里判断并写明理由。")
        typed |= {fact.id: _judged(forms, fact) for fact in judged}
    stored = forms.base(_FORM).facts
    unsaved = any(typed_fact(stored.get(fact.id)) != typed[fact.id] for fact in facts)
    forms.mark(_FORM, dirty=unsaved)
    if all(_shut(forms, fact) for fact in facts):
        return
    action, words = st.columns([1, 4], vertical_alignment="center")
    wanted = action.button("保存县情", type="primary", key="save-facts", width="stretch")
    if unsaved:
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')
    form_footer(
        forms,
        _FORM,
        lambda: with_facts(forms.base(_FORM), facts_from(facts, typed)),
        "县情数据",
        wanted=wanted,
        after=after,
    )


def facts_show_save_notice(forms: SubmissionForms) -> bool:
    """Whether the form shows a save's notice, and below it the cross-checks."""
    return shows_save_notice(forms, _FORM) and not all(_shut(forms, fact) for fact in _facts(forms))


def _facts(forms: SubmissionForms) -> list[Fact]:
    return list({fact.id: fact for standard in reversed(forms.standards) for fact in standard.facts.values()}.values())


def _shut(forms: SubmissionForms, fact: Fact) -> bool:
    return forms.why_not(Target.fact(fact.id)) is not None


def _grid(forms: SubmissionForms, facts: Sequence[Fact]) -> dict[str, TypedFact]:
    typed = {}
    for start in range(0, len(facts), _ACROSS):
        for column, fact in zip(st.columns(_ACROSS), facts[start : start + _ACROSS], strict=False):
            with column:
                typed[fact.id] = _field(forms, fact)
    return typed


def _field(forms: SubmissionForms, fact: Fact) -> TypedFact:
    stored = typed_fact(forms.base(_FORM).facts.get(fact.id))
    key = f"fact-{fact.id}-{forms.stamp(_FORM)}"
    unit = f"（{labels.word('units', fact.unit)}）" if fact.unit else ""
    label = verbatim.markdown(f"{fact.label}{unit}")
    note = verbatim.markdown(fact.note) if fact.note else None
    shut = _shut(forms, fact)
    if fact.kind == "number":
        return TypedFact(
            st.text_input(
                label,
                str(stored.value or ""),
                key=key,
                help=note,
                autocomplete="off",
                persist_state="session",
                disabled=shut,
            )
            or None
        )
    words: Mapping[str, str] = library().vocabulary.lists[fact.options] if fact.options else {}
    options: list[str | bool | None] = [None, *words] if words else [None, True, False]
    return TypedFact(
        st.selectbox(
            label,
            options,
            options.index(stored.value) if stored.value in options else 0,
            format_func=lambda option: _word(option, words),
            key=key,
            help=note,
            persist_state="session",
            disabled=shut,
        )
    )


def _word(value: str | bool | None, words: Mapping[str, str]) -> str:
    if value is None:
        return _UNSAID
    if isinstance(value, bool):
        return "是" if value else "否"
    return verbatim.plain(words[value])


def _judged(forms: SubmissionForms, fact: Fact) -> TypedFact:
    stored = typed_fact(forms.base(_FORM).facts.get(fact.id))
    key = f"fact-{fact.id}-{forms.stamp(_FORM)}"
    options = [None, True, False]
    with st.container(border=True):
        choice, why = st.columns([1, 2])
        value = choice.radio(
            verbatim.markdown(fact.label),
            options,
            options.index(stored.value) if isinstance(stored.value, bool) else 0,
            format_func=lambda option: _word(option, {}),
            horizontal=True,
            key=key,
            help=verbatim.markdown(fact.note) if fact.note else None,
            persist_state="session",
            disabled=_shut(forms, fact),
        )
        reason = why.text_input(
            "判断理由",
            stored.reason,
            key=f"{key}-reason",
            autocomplete="off",
            persist_state="session",
            disabled=_shut(forms, fact),
        )
    return TypedFact(value, reason)
