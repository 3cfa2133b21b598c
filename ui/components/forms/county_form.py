"""县情: the facts asked once, on which conditions, wholes and thresholds rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import streamlit as st

from indicators.model import Fact
from scoring.entry.register import TypedFact, facts_from, typed_fact
from scoring.facts_open import wholes_of_several
from scoring.kinds.figure_text import read_figure
from ui.components import labels, verbatim
from ui.components.forms.closing import Button, closing
from ui.components.forms.figures import say_understood
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.submission_forms import Bodies, SubmissionForms
from ui.rules import library
from workflow.content import body_of
from workflow.targets import Target

_UNSAID = "未填"
_YES_NO: dict[str | bool | None, str] = {None: _UNSAID, True: "是", False: "否"}
_FORM = Target.fact("")
_ACROSS = 3


def county_form(forms: SubmissionForms, after: Callable[[], None] | None = None) -> None:
    """The facts of every pinned standard, numbers first, then choices and judged facts; ``after``: drawn under the
    notice of a save."""
    own_fragment(forms, lambda: _draw(forms, after))


def _draw(forms: SubmissionForms, after: Callable[[], None] | None) -> None:
    facts = _facts(forms)
    drawn = _CountyForm(forms, facts)
    numbers = [fact for fact in facts if fact.kind == "number"]
    others = [fact for fact in facts if fact.kind in {"choice", "yes_no"}]
    judged = [fact for fact in facts if fact.kind == "judged"]
    typed: dict[str, TypedFact] = {}
    st.subheader("类型与设置", anchor=False)
    typed |= drawn.grid(others)
    st.subheader("数量", anchor=False)
    typed |= drawn.grid(numbers)
    if judged:
        st.subheader("需由人判断的情况", anchor=False)
        st.caption("文件没有给出界限，由县里判断并写明理由。")
        typed |= {fact.id: drawn.judged(fact) for fact in judged}
    form, what = drawn.form, "县情数据"
    if form.frozen:
        form.settle()
        forms.history(*form.entries)
        return

    def bodies() -> Bodies:
        return {Target.fact(fact): body_of(value) for fact, value in facts_from(facts, typed).items()}

    button = Button("保存县情", "save-facts", lambda: forms.save(form, bodies(), what), what)
    closing(form, button, forms=forms, drop="drop-facts", after=after)


def facts_show_save_notice(forms: SubmissionForms) -> bool:
    """Whether the form shows a save's notice, and below it the cross-checks."""
    shown = forms.saved is not None and forms.saved.form in (None, _FORM)
    return shown and not all(_shut(forms, fact) for fact in _facts(forms))


def _facts(forms: SubmissionForms) -> list[Fact]:
    facts = {fact.id: fact for standard in reversed(forms.standards) for fact in standard.facts.values() if fact.asked}
    return list(facts.values())


def _shut(forms: SubmissionForms, fact: Fact) -> bool:
    return forms.why_not(Target.fact(fact.id)) is not None


class _CountyForm:
    """The fields of the facts; each belongs to its own entry."""

    def __init__(self, forms: SubmissionForms, facts: Sequence[Fact]) -> None:
        self.forms = forms
        self.shut = {fact.id: _shut(forms, fact) for fact in facts}
        self.form = Form(forms.pad, _FORM, frozen=all(self.shut.values()))
        self.wholes = wholes_of_several(forms.standards)
        self.facts = {fact.id: fact for fact in facts}
        self.stored = forms.base(*(Target.fact(fact.id) for fact in facts)).facts

    def grid(self, facts: Sequence[Fact]) -> dict[str, TypedFact]:
        """Several facts on a line."""
        typed = {}
        for start in range(0, len(facts), _ACROSS):
            for column, fact in zip(st.columns(_ACROSS), facts[start : start + _ACROSS], strict=False):
                with column:
                    given = self.forms.given(fact.id)
                    if given is None:
                        typed[fact.id] = self._field(fact)
                        self._sums(fact.id, typed)
                    else:
                        name, words = verbatim.markup(fact.label), verbatim.markup(given)
                        st.html(f'<p class="dc-field"><b>{name}</b><small>{words}</small></p>')
        return typed

    def _sums(self, last: str, typed: Mapping[str, TypedFact]) -> None:
        """Below the last of several facts that are a whole together: their sum, as far as they can be read."""
        for whole in self.wholes:
            if last not in whole or not typed.keys() >= set(whole):
                continue
            with suppress(ValueError):
                numbers = [read_figure(str(typed[fact].value or ""), None) for fact in whole]
                if all(number is not None for number in numbers):
                    names = "、".join(self.facts[fact].label for fact in whole)
                    total = sum(number for number in numbers if number is not None)
                    unit = labels.word("units", self.facts[last].unit or "")
                    st.caption(verbatim.markdown(f"{names}合计 {total} {unit}"))

    def _field(self, fact: Fact) -> TypedFact:
        stored, entry, shut = typed_fact(self.stored.get(fact.id)), Target.fact(fact.id), self.shut[fact.id]
        unit = f"（{labels.word('units', fact.unit)}）" if fact.unit else ""
        label = verbatim.markdown(f"{fact.label}{unit}")
        note = verbatim.markdown(fact.note) if fact.note else None
        if fact.kind == "number":
            number = self.form.text("value", label, str(stored.value or ""), entry=entry, note=note, shut=shut)
            say_understood(number, fact.unit)
            return TypedFact(number or None)
        words: Mapping[str, str] = library().vocabulary.lists[fact.options] if fact.options else {}
        chosen: dict[str | bool | None, str] = {option: verbatim.plain(word) for option, word in words.items()}
        options = {None: _UNSAID, **chosen} if chosen else _YES_NO
        return TypedFact(
            self.form.choice("value", label, options, stored.value, entry=entry, folded=True, note=note, shut=shut)
        )

    def judged(self, fact: Fact) -> TypedFact:
        """A fact a person judges: the choice and the reason."""
        stored, entry, shut = typed_fact(self.stored.get(fact.id)), Target.fact(fact.id), self.shut[fact.id]
        label, note = verbatim.markdown(fact.label), verbatim.markdown(fact.note) if fact.note else None
        known = stored.value if isinstance(stored.value, bool) else None
        with st.container(border=True):
            choice, why = st.columns([1, 2])
            with choice:
                value = self.form.choice("value", label, _YES_NO, known, entry=entry, note=note, shut=shut)
            with why:
                reason = self.form.text("reason", "判断理由", stored.reason, entry=entry, shut=shut)
        return TypedFact(value, reason)
