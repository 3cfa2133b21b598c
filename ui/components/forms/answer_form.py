"""Filling in one row: claim, figures, judgements, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial, reduce
from typing import NamedTuple

import streamlit as st

from indicators.model import Measure
from scoring.entry.answer import TypedAnswer, answer_from, fields, typed_from
from scoring.entry.editing import with_answer, with_evidence
from scoring.kinds.registry import Threshold, kind_of
from scoring.kinds.typed import Field, Path, TypedValue
from scoring.submission import Answer, Judgement, Submission
from scoring.windows import years_told
from scoring.yearly import touched_years
from ui.components import labels, verbatim
from ui.components.forms.aside import aside
from ui.components.forms.closing import Button, closing
from ui.components.forms.document_fields import FileSlot
from ui.components.forms.figures import list_ticks, numbers
from ui.components.forms.form import Form
from ui.components.forms.materials import NewDocument, chosen_papers, materials, materials_head, new_documents
from ui.components.forms.preview import preview, preview_chips, previewed
from ui.components.forms.raw import or_none
from ui.components.forms.submission_forms import SubmissionForms
from ui.components.rows.row import Row
from ui.rules import library
from workflow.content import body_of
from workflow.targets import Target
from workflow.words.figures import judgement_word

_UNSAID = "未填"
_SAME_FIGURES = "用本项已填的数计算，不另填"
_YES_NO = {None: _UNSAID, True: "是", False: "否"}


def answer_form(
    forms: SubmissionForms,
    row: Row,
    after: Callable[[], None] | None = None,
    files: FileSlot | None = None,
    onward: Callable[[], None] | None = None,
) -> None:
    """The form of one row; saving judges anew and leaves the form with what was saved. ``after``: drawn under the
    notice of a save. ``files``: where the file of a document goes that is registered here. ``onward``: opens the next
    row once this is saved; there is no such button where it is None."""
    target = form_name(row)
    answerable, unneeded, stored, blank = forms.once(_opened_on(forms, row), lambda: _as_stored(forms, row))
    drawn = _AnswerForm(forms, row, blank, files)
    typed = drawn.show(answerable)
    if unneeded:
        names = "、".join(verbatim.markup(measure.label) for measure in unneeded)
        st.html(f'<p class="dc-quiet">按县情不需填写：{names}</p>')

    def answer() -> Answer:
        return answer_from(stored, answerable, typed)

    name, form, documents = labels.row_name(row.first), drawn.form, drawn.documents
    what = "、".join((f"{name}的填报", *(document.words for document in documents)))

    def cited() -> Answer:
        return reduce(lambda given, document: document.cited_by(given), documents, answer())

    def save() -> None:
        given = cited()
        kept = {document.target: body_of(document.kept()) for document in documents}
        forms.save(form, {target: body_of(given), **kept}, what)

    def tried() -> Submission:
        base, given = forms.base(target), cited()
        for document in documents:
            base = with_evidence(base, document.target.key, document.item())
        return with_answer(base, row.id, given, veto=row.veto)

    buttons = [Button("保存修改", f"save-{row.id}", save, what)]
    if onward is not None:
        buttons.append(Button("保存，到下一未完成项", f"onward-{row.id}", save, what, then=onward))
    unsaved = aside() is None and (form.unsaved or bool(documents))
    results = previewed(row, forms.assessment.level, tried) if unsaved else ()
    closing(
        form,
        *buttons,
        forms=forms,
        drop=f"drop-{row.id}",
        place=name,
        unsaved=bool(documents),
        after=after,
        beside=preview_chips(results),
    )
    preview(results)


def row_shows_save_notice(forms: SubmissionForms, row: Row) -> bool:
    """Whether the row's form shows a save's notice, and below it the cross-checks."""
    saved = forms.saved
    return saved is not None and saved.form in (None, form_name(row)) and forms.why_not(form_name(row)) is None


def form_name(row: Row) -> Target:
    """What a row's form writes."""
    return Target.veto(row.id) if row.veto else Target.answer(row.id)


def stored_answer(forms: SubmissionForms, row: Row) -> Answer | None:
    """The row's answer as the form was opened on it."""
    base = forms.base(form_name(row))
    return (base.vetoes if row.veto else base.answers).get(row.id)


def _opened_on(forms: SubmissionForms, row: Row) -> tuple[object, ...]:
    """Which form: of the row, opened on that version of its answer."""
    return "form", row.id, forms.pad.at(form_name(row)).seen


class _AsStored(NamedTuple):
    """What a row's form asks and does not need to ask, the answer it was opened on, and that as it stands in a form."""

    answerable: tuple[Measure, ...]
    unneeded: tuple[Measure, ...]
    stored: Answer | None
    typed: TypedAnswer


def _as_stored(forms: SubmissionForms, row: Row) -> _AsStored:
    answerable, unneeded = row.asked()
    stored = stored_answer(forms, row)
    return _AsStored(answerable, unneeded, stored, typed_from(stored, answerable, _years(forms, stored)))


def _years(forms: SubmissionForms, stored: Answer | None) -> tuple[str, ...]:
    """The period's years, and any other the answer already names."""
    years = {str(year) for year in touched_years(forms.submission.round.period)}
    for figure in (stored.measures if stored else {}).values():
        if isinstance(figure, Mapping):
            years |= set(figure)
    return tuple(sorted(years))


class _AnswerForm:
    """The fields of one row's form. ``typed``: what is saved, as it stands in a form."""

    def __init__(self, forms: SubmissionForms, row: Row, typed: TypedAnswer, files: FileSlot | None) -> None:
        self.forms, self.row, self.typed, self.files = forms, row, typed, files
        self.documents: tuple[NewDocument, ...] = ()  # registered here
        self.form = Form(forms.pad, form_name(row))
        self.part = forms.part(form_name(row))
        self.claim_word = "申明" if row.veto else "自评"
        self.claims = library().vocabulary.lists["veto_claims" if row.veto else "claims"]

    def show(self, answerable: tuple[Measure, ...]) -> TypedAnswer:
        """Draw the form and return what its fields hold."""
        if self.part is not None:
            own = "、".join(measure.label for measure in self.row.measures() if measure.id in self.part)
            st.info(verbatim.markdown(f"您的单位协办本项，只填：{own}（及其佐证材料）。其余由牵头单位填写，只能查看。"))
        with self._only_own():
            claim = self._claim()
            claims = self._claims() if len(self.row.judged) > 1 else dict(self.typed.claims)
        figures: dict[str, Mapping[Path, TypedValue]] = {}
        judgements: dict[str, Judgement] = {}
        with st.container(key="row-measures"):
            for measure in answerable:
                parts = self._parts(measure)
                laid_out = parts[0].form if parts else "judged"  # as the style sheet knows it
                with st.container(border=True, key=f"row-{laid_out}-{measure.id}"), self._only_own(measure.id):
                    st.html(
                        self.forms.once(
                            (*_opened_on(self.forms, self.row), measure.id), partial(self._heading, measure)
                        )
                    )
                    if kind_of(measure).by_person:
                        judgements[measure.id] = self._judgement(measure)
                    elif measure.same_figures_as is None:
                        figures[measure.id] = self._figures(measure, parts)
        with st.container(key="row-words"):
            with self._only_own():
                note, nil_return = self._note(), self._nil_return(answerable)
            evidence = self._evidence()
        return TypedAnswer(claim, claims, note, figures, judgements, nil_return, evidence)

    @contextmanager
    def _only_own(self, *measures: str) -> Iterator[None]:
        """Shown and not writable where a helper has no part in these measures; without any it is the whole row's."""
        self.form.frozen = self.part is not None and self.part.isdisjoint(measures)
        yield
        self.form.frozen = False

    def _claim(self) -> str | None:
        label = "申明：是否存在该情形" if self.row.veto else "自评结论"
        words = {claim: verbatim.markdown(text) for claim, text in self.claims.items()}
        return self.form.choice("claim", label, or_none(_UNSAID, words), self.typed.claim)

    def _claims(self) -> dict[str, str]:
        claims = {
            k: v for k, v in self.typed.claims.items() if k not in {judged.standard.id for judged in self.row.judged}
        }
        anywhere = "（任何一处填“存在”，各标准都按存在）" if self.row.veto else ""
        with st.expander(f"各标准{self.claim_word}不同时，分别填写{anywhere}", expanded=bool(self.typed.claims)):
            for judged in self.row.judged:
                chosen = self.form.choice(
                    f"claims/{judged.standard.id}",
                    verbatim.markdown(f"{labels.short_name(judged.standard)}的{self.claim_word}"),
                    or_none("与上面相同", self.claims),
                    self.typed.claims.get(judged.standard.id),
                    folded=True,
                )
                if chosen:
                    claims[judged.standard.id] = chosen
        return claims

    def _heading(self, measure: Measure) -> str:
        """HTML of what is asked."""
        under = [(judged.standard, own) for judged in self.row.judged if (own := judged.row.measure(measure.id))]
        partly = len(under) < len(self.row.judged)
        names = labels.tags(f"仅{labels.short_name(standard)}" for standard, _ in under) if partly else ""
        asks: dict[str, list[str]] = {}  # 各标准要求、原文不同的，分行写明是哪个标准的
        for standard, own in under:
            asks.setdefault(self._asks(own), []).append(labels.short_name(standard))
        asks_words = (words if len(asks) == 1 else f"{labels.tags(who)}{words}" for words, who in asks.items())
        small = "".join(f"<small>{words}</small>" for words in asks_words)
        register = self.forms.submission.evidence
        told = (years_told(judged.row, measure, self.typed.evidence, register) for judged in self.row.judged)
        if measure.same_figures_as is not None:
            small += f"<small>{_SAME_FIGURES}</small>"
        reading = labels.tag("本工具读法", "tool")
        small += "".join(f"<small>{reading}{verbatim.markup(words)}</small>" for words in dict.fromkeys(told) if words)
        return f'<p class="dc-field"><b>{verbatim.markup(measure.label)}</b> {names}{small}</p>'

    def _asks(self, measure: Measure) -> str:
        quotes = "".join(f"“{verbatim.markup(quote)}”" for quote in measure.quotes)
        threshold = Threshold(measure, self.forms.submission.facts)
        return f"门槛：{verbatim.markup(str(threshold))}　原文：{quotes}"

    def _parts(self, measure: Measure) -> tuple[Field, ...]:
        """What is filled in of a measure's figure; nothing where a person judges, or another's figure is read."""
        if kind_of(measure).by_person:
            return ()
        typed = self.typed.figures.get(measure.id, {})
        return fields(measure, sorted({path[0] for path in typed if path}) if measure.yearly else ())

    def _figures(self, measure: Measure, parts: tuple[Field, ...]) -> dict[Path, TypedValue]:
        typed = self.typed.figures.get(measure.id, {})
        if not parts:
            return {}
        if parts[0].form == "yes_no":
            return {(): self._yes_no(measure, typed.get(()))}
        if parts[0].form == "items":
            return {(): list_ticks(self.form, measure, typed.get(()))}
        return numbers(self.form, measure, parts, typed)

    def _yes_no(self, measure: Measure, value: TypedValue) -> bool | None:
        stored = value if isinstance(value, bool) else None
        return self.form.choice(f"m/{measure.id}", verbatim.markdown(measure.label), _YES_NO, stored, bare=True)

    def _judgement(self, measure: Measure) -> Judgement:
        stored = self.typed.judgements.get(measure.id, Judgement())
        words = {
            option: verbatim.markdown(judgement_word(self.row.first, measure, option)) for option in (None, True, False)
        }
        label = verbatim.markdown(measure.label)
        fulfilled = self.form.choice(f"j/{measure.id}", label, words, stored.fulfilled, bare=True)
        reason = self.form.text(f"j/{measure.id}/reason", "判断理由", stored.reason or "", tall=68)
        return Judgement(fulfilled, reason or None)

    def _nil_return(self, answerable: tuple[Measure, ...]) -> str | None:
        stored = self.typed.nil_return
        if stored is None and not any(m.settled_by_nil_return or kind_of(m).is_share for m in answerable):
            return None
        label = "申报期内没有发生过这种情形的，选择证明没有发生的签章材料"
        return self.form.choice("nil", label, or_none("发生过，不用选", self._register), stored, folded=True)

    def _evidence(self) -> dict[str, tuple[str, ...]]:
        on = materials_head(self.forms, self.row)
        picked = materials(self.form, self.row, self.typed.evidence, self._register, self._only_own)
        chosen_papers(self.forms, picked, self.files)
        self.documents = new_documents(self.forms, self.form, self.row, picked, self.files) if on else ()
        return picked

    @cached_property
    def _register(self) -> dict[str, str]:
        """The register's documents: id → words."""
        documents = self.forms.submission.evidence.items()
        plain = verbatim.plain
        return self.forms.once(
            "register",
            lambda: {item_id: plain(f"{item_id} {item.title or '（无题名）'}") for item_id, item in documents},
        )

    def _note(self) -> str:
        label = "情况说明" if self.row.veto else "说明（自评为不适用时必填理由）"
        return self.form.text("note", label, self.typed.note, tall=68)
