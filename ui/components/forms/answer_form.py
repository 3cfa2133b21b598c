"""Filling in one row: claim, figures, judgements, evidence. What is typed is kept until it is saved or given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from indicators.model import Measure
from scoring.entry.answer import TypedAnswer, answer_from, fields, typed_from
from scoring.entry.editing import with_answer
from scoring.kinds.registry import Threshold, kind_of
from scoring.kinds.typed import Field, Path, TypedValue
from scoring.submission import Answer, Judgement, Submission
from scoring.yearly import touched_years
from ui.components import labels, verbatim
from ui.components.forms.form_footer import form_footer, shows_save_notice
from ui.components.forms.preview import preview
from ui.components.rows.row import Row
from ui.components.submission_forms import SubmissionForms
from ui.rules import library
from workflow.targets import Target

_UNSAID = "未填"


def answer_form(forms: SubmissionForms, row: Row, after: Callable[[], None] | None = None) -> None:
    """The form of one row; saving judges anew and leaves the form with what was saved. ``after``: drawn under the
    notice of a save."""
    answerable, unneeded = _asked(row)
    stored = stored_answer(forms, row)
    at_rest = typed_from(stored, answerable, _years(forms, stored))
    form = _AnswerForm(forms, row, forms.drafts.get(row.id, at_rest))
    st.subheader("填报", anchor=False)
    typed = form.show(answerable)
    if unneeded:
        names = "、".join(verbatim.markup(measure.label) for measure in unneeded)
        st.html(f'<p class="dc-quiet">按县情不需填写：{names}</p>')
    wanted, edited = _closing(forms, row, answerable, typed, at_rest)
    name = labels.row_name(row.first)
    form_footer(forms, form_name(row), edited, f"{name}的填报", wanted=wanted, place=name, after=after)


def row_shows_save_notice(forms: SubmissionForms, row: Row) -> bool:
    """Whether the row's form shows a save's notice, and below it the cross-checks."""
    return shows_save_notice(forms, form_name(row)) and forms.why_not(form_name(row)) is None


def form_name(row: Row) -> Target:
    """What a row's form writes."""
    return Target.veto(row.id) if row.veto else Target.answer(row.id)


def stored_answer(forms: SubmissionForms, row: Row) -> Answer | None:
    """The row's answer in the form's base."""
    base = forms.base(form_name(row))
    return (base.vetoes if row.veto else base.answers).get(row.id)


def _closing(
    forms: SubmissionForms, row: Row, answerable: tuple[Measure, ...], typed: TypedAnswer, at_rest: TypedAnswer
) -> tuple[bool, Callable[[], Submission]]:
    """The buttons; whether to save, and the edited content."""
    form = form_name(row)
    forms.mark(form, dirty=typed != at_rest)
    if typed == at_rest:
        forms.drafts.pop(row.id, None)
    else:
        forms.drafts[row.id] = typed
    saving, giving_up, words = st.columns([2, 2, 3], vertical_alignment="center")
    wanted = saving.button("保存修改", type="primary", key=f"save-{row.id}", width="stretch")
    dropped = giving_up.button("放弃修改", key=f"drop-{row.id}", width="stretch")
    if dropped:
        forms.drafts.pop(row.id, None)
        forms.drop(form)
        st.rerun()

    def edited() -> Submission:
        answer = answer_from(stored_answer(forms, row), answerable, typed)
        return with_answer(forms.base(form), row.id, answer, veto=row.veto)

    if typed != at_rest:
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')
        preview(forms, row, edited)
    return wanted, edited


def _asked(row: Row) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
    """Measures some standard asks, and those none does as the county's facts stand."""
    states: dict[str, set[str]] = {}
    for judged in row.judged:
        for result in judged.result.measures:
            states.setdefault(result.id, set()).add(result.state)
    unneeded = {measure for measure, measure_states in states.items() if measure_states == {"not_asked"}}
    every = row.measures()
    return tuple(m for m in every if m.id not in unneeded), tuple(m for m in every if m.id in unneeded)


def _years(forms: SubmissionForms, stored: Answer | None) -> tuple[str, ...]:
    """The period's years, and any other the answer already names."""
    years = {str(year) for year in touched_years(forms.submission.round.period)}
    for figure in (stored.measures if stored else {}).values():
        if isinstance(figure, Mapping):
            years |= set(figure)
    return tuple(sorted(years))


class _AnswerForm:
    """The widgets of one row's form, filled from what was typed or stored."""

    def __init__(self, forms: SubmissionForms, row: Row, typed: TypedAnswer) -> None:
        self.forms = forms
        self.row = row
        self.typed = typed
        self.stamp = forms.stamp(form_name(row))
        self.claim_word = "申明" if row.veto else "自评"
        self.claims = library().vocabulary.lists["veto_claims" if row.veto else "claims"]

    def key(self, *parts: str) -> str:
        """A widget key of this row and this generation."""
        return "|".join(("answer", self.row.id, self.stamp, *parts))

    def show(self, answerable: tuple[Measure, ...]) -> TypedAnswer:
        """Draw the form and return what its fields hold."""
        claim = self._claim()
        claims = self._claims() if len(self.row.judged) > 1 else dict(self.typed.claims)
        figures: dict[str, Mapping[Path, TypedValue]] = {}
        judgements: dict[str, Judgement] = {}
        for measure in answerable:
            with st.container(border=True):
                self._heading(measure)
                if kind_of(measure).by_person:
                    judgements[measure.id] = self._judgement(measure)
                elif measure.same_figures_as is None:
                    figures[measure.id] = self._figures(measure)
        return TypedAnswer(
            claim, claims, self._note(), figures, judgements, self._nil_return(answerable), self._evidence()
        )

    def _claim(self) -> str | None:
        options = [None, *self.claims]
        label = "申明：是否存在该情形" if self.row.veto else "自评结论"
        index = options.index(self.typed.claim) if self.typed.claim in options else 0
        return st.radio(label, options, index, format_func=self._claim_word, horizontal=True, key=self.key("claim"))

    def _claim_word(self, claim: str | None) -> str:
        return _UNSAID if claim is None else verbatim.markdown(self.claims[claim])

    def _claims(self) -> dict[str, str]:
        claims = {
            k: v for k, v in self.typed.claims.items() if k not in {judged.standard.id for judged in self.row.judged}
        }
        with st.expander(f"各标准{self.claim_word}不同时，分别填写", expanded=bool(self.typed.claims)):
            for judged in self.row.judged:
                options = [None, *self.claims]
                chosen = st.selectbox(
                    verbatim.markdown(f"{labels.short_name(judged.standard)}的{self.claim_word}"),
                    options,
                    options.index(self.typed.claims.get(judged.standard.id)),
                    format_func=lambda claim: "与上面相同" if claim is None else self.claims[claim],
                    key=self.key("claims", judged.standard.id),
                )
                if chosen:
                    claims[judged.standard.id] = chosen
        return claims

    def _heading(self, measure: Measure) -> None:
        under = [(judged.standard, own) for judged in self.row.judged if (own := judged.row.measure(measure.id))]
        partly = len(under) < len(self.row.judged)
        names = labels.tags(f"仅{labels.short_name(standard)}" for standard, _ in under) if partly else ""
        asks: dict[str, list[str]] = {}  # 各标准要求、原文不同的，分行写明是哪个标准的
        for standard, own in under:
            asks.setdefault(self._asks(own), []).append(labels.short_name(standard))
        asks_words = (words if len(asks) == 1 else f"{labels.tags(who)}{words}" for words, who in asks.items())
        small = "".join(f"<small>{words}</small>" for words in asks_words)
        st.html(f'<p class="dc-field"><b>{verbatim.markup(measure.label)}</b> {names}{small}</p>')

    def _asks(self, measure: Measure) -> str:
        quotes = "".join(f"“{verbatim.markup(quote)}”" for quote in measure.quotes)
        threshold = Threshold(measure, self.forms.submission.facts)
        return f"门槛：{verbatim.markup(str(threshold))}　原文：{quotes}"

    def _figures(self, measure: Measure) -> dict[Path, TypedValue]:
        typed = self.typed.figures.get(measure.id, {})
        parts = fields(measure, sorted({path[0] for path in typed if path}) if measure.yearly else ())
        if not parts:
            return {}
        if parts[0].form == "yes_no":
            return {(): self._yes_no(measure, typed.get(()))}
        if parts[0].form == "items":
            return {(): self._items(measure, typed.get(()))}
        return self._numbers(measure, parts, typed)

    def _numbers(
        self, measure: Measure, parts: tuple[Field, ...], typed: Mapping[Path, TypedValue]
    ) -> dict[Path, TypedValue]:
        values: dict[Path, TypedValue] = {}
        across = 2
        for start in range(0, len(parts), across):
            for column, part in zip(st.columns(across), parts[start : start + across], strict=False):
                unit = f"（{labels.word('units', part.unit)}）" if part.unit else ""
                values[part.path] = column.text_input(
                    verbatim.markdown(f"{part.label}{unit}"),
                    value=str(typed.get(part.path) or ""),
                    key=self.key(measure.id, *part.path),
                    autocomplete="off",
                )
        return values

    def _yes_no(self, measure: Measure, value: TypedValue) -> bool | None:
        options = [None, True, False]
        return st.radio(
            verbatim.markdown(measure.label),
            options,
            options.index(value) if isinstance(value, bool) else 0,
            format_func=lambda option: _UNSAID if option is None else "是" if option else "否",
            horizontal=True,
            label_visibility="collapsed",
            key=self.key(measure.id),
        )

    def _items(self, measure: Measure, value: TypedValue) -> tuple[str, ...] | None:
        """Ticks in the document's order; nothing ticked is 未填 unless 以上均没有 is."""
        stored = value if isinstance(value, tuple) else ()
        ticked = tuple(
            item
            for item, words in measure.items.items()
            if st.checkbox(verbatim.markdown(words), item in stored, key=self.key(measure.id, item))
        )
        none = st.checkbox("以上均没有", value == (), key=self.key(measure.id, "-"), disabled=bool(ticked))
        same = set(ticked) == set(stored)
        if same and stored:
            return stored
        return ticked or (() if none else None)

    def _judgement(self, measure: Measure) -> Judgement:
        stored = self.typed.judgements.get(measure.id, Judgement())
        options = [None, True, False]
        fulfilled = st.radio(
            verbatim.markdown(measure.label),
            options,
            options.index(stored.fulfilled),
            format_func=lambda option: verbatim.markdown(labels.judgement_word(self.row.first, measure, option)),
            horizontal=True,
            label_visibility="collapsed",
            key=self.key(measure.id),
        )
        reason = st.text_input("判断理由", stored.reason or "", key=self.key(measure.id, "reason"), autocomplete="off")
        return Judgement(fulfilled, reason or None)

    def _nil_return(self, answerable: tuple[Measure, ...]) -> str | None:
        stored = self.typed.nil_return
        possible = any(m.settled_by_nil_return or kind_of(m).is_share for m in answerable)
        if not possible and stored is None:
            return None
        options = [None, *self.forms.submission.evidence]
        return st.selectbox(
            "申报期内无此情形（选择说明该情况的签章材料）",
            options,
            options.index(stored) if stored in options else 0,
            format_func=lambda option: "不适用本栏" if option is None else self._document(option),
            key=self.key("nil"),
        )

    def _evidence(self) -> dict[str, tuple[str, ...]]:
        """Documents of the register by suggested requirement; keys of no requirement here are kept."""
        wanted = {requirement.id: requirement.label for requirement in self.row.requirements()}
        picked = {key: items for key, items in self.typed.evidence.items() if key not in wanted and key != "other"}
        register = list(self.forms.submission.evidence)
        st.html('<p class="dc-field"><b>佐证材料</b><small>从已登记的材料目录中选择</small></p>')
        for key, label in {**wanted, "other": "其他材料"}.items():
            stored = [item for item in self.typed.evidence.get(key, ()) if item in register]
            chosen = st.multiselect(
                verbatim.markdown(label),
                register,
                stored,
                format_func=self._document,
                key=self.key("evidence", key),
                placeholder="请选择" if register else "佐证材料目录为空",
                filter_mode="contains",
                select_all=False,
            )
            if chosen:
                picked[key] = tuple(chosen)
        return picked

    def _document(self, item_id: str) -> str:
        title = self.forms.submission.evidence[item_id].title or "（无题名）"
        return verbatim.plain(f"{item_id} {title}")

    def _note(self) -> str:
        label = "情况说明" if self.row.veto else "说明（自评为不适用时必填理由）"
        return st.text_area(label, self.typed.note, key=self.key("note"), height=90)
