"""The materials of a row, in its form: chosen from the register, or registered there and saved with the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import streamlit as st

from indicators.model import EvidenceRequirement
from indicators.model.vocabulary import STATEMENT_KIND
from scoring.entry.register import TypedEvidence, evidence_from
from scoring.entry.uses import NIL_RETURN
from scoring.kinds.registry import kind_of
from scoring.kinds.typed import EntryError
from scoring.submission import Answer, EvidenceItem
from scoring.windows import days_asked
from ui.components import labels, places, verbatim
from ui.components.forms.aside import aside
from ui.components.forms.document_fields import FILE, FileSlot, document_fields, not_there, proposals
from ui.components.forms.form import Form
from ui.components.forms.submission_forms import SubmissionForms
from ui.components.rows.row import Row
from workflow.targets import NEW, Target

_SLOTS = "slots"
_OTHER, _OTHER_WORDS = "other", "其他材料"
_NIL = "nil"  # that there is no such case
_COUNTED, _MOST = "#", 6  # documents registered with one save


def materials_head(forms: SubmissionForms, row: Row) -> bool:
    """The heading, and on its line the switch; whether a document is to be registered in the row's form."""
    st.html('<p class="dc-field dc-inline dc-materials"><b>佐证材料</b><small>从材料目录中选择</small></p>')
    target = _target(row.id)
    helps = forms.part(Target.answer(row.id)) is not None
    if forms.why_not(target) is not None or (helps and not own_requirements(forms, row)):
        return False
    return _switch(forms, target, "登记新材料，随本项一起保存")


def _switch(forms: SubmissionForms, target: Target, words: str) -> bool:
    """Whether the fields of a new document are shown; it is off again once that is saved or given up."""
    standing = forms.pad.at(target)
    begun = bool(standing.fields)
    if aside() is not None:
        return begun
    key = f"new-document|{target.key}|{standing.generation}"
    if begun:
        st.session_state[key] = True
    told = "已经填写，按“保存修改”一并登记；不登记的，按“放弃修改”。" if begun else None
    return st.toggle(words, key=key, disabled=begun, help=told)


def own_requirements(forms: SubmissionForms, row: Row) -> Mapping[str, EvidenceRequirement]:
    """The materials of the row that the person may answer for, by id: who helps with a part has those of that part."""
    part = forms.part(Target.answer(row.id))
    return {one.id: one for one in row.requirements() if part is None or not part.isdisjoint(one.supports)}


def materials(
    form: Form, row: Row, given: Mapping[str, tuple[str, ...]], register: Mapping[str, str],
    only_own: Callable[..., AbstractContextManager[None]],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Documents of the register (number → words) by suggested requirement; keys of no requirement here are kept.

    ``only_own``: within it a field can be written by whoever fills in one of these measures.
    """
    wanted = {requirement.id: requirement.label for requirement in row.requirements()}
    supported = {requirement.id: requirement.supports for requirement in row.requirements()}
    picked = {key: items for key, items in given.items() if key not in wanted and key != _OTHER}
    empty = "请选择" if register else "佐证材料目录为空"
    for key, label in {**wanted, _OTHER: _OTHER_WORDS}.items():
        with only_own(*supported.get(key, ())):
            chosen = form.several(f"e/{key}", verbatim.markdown(label), register, given.get(key, ()), empty=empty)
        if chosen:
            picked[key] = chosen
    return picked


def chosen_papers(forms: SubmissionForms, picked: Mapping[str, tuple[str, ...]], files: FileSlot | None) -> None:
    """The chosen documents with their dates and kinds, each a link to its own form, where those can be changed."""
    register = forms.submission.evidence
    chosen = [one for one in dict.fromkeys(item_id for ids in picked.values() for item_id in ids) if one in register]
    if files is None or aside() is not None:
        return
    told = []
    for item_id in chosen:
        cells = labels.register_cells(register[item_id])
        facts = "，".join(words for words in (cells["date"] or "没有日期", cells["kind"]) if words)
        told.append(f"{places.link(files.form_address(item_id), item_id, elsewhere=True)}（{verbatim.markup(facts)}）")
    words = f"所选材料的日期、种类有误的，点编号更正：{'、'.join(told)}" if told else ""
    st.html(f'<p class="dc-quiet dc-typed dc-verbatim">{words}</p>')  # its line is there before it says anything


def _target(row_id: str, number: int = 1) -> Target:
    """What the fields of a row's new document belong to; of the second and later ones by their number."""
    return Target.evidence(f"{NEW}{row_id}{f'{_COUNTED}{number}' if number > 1 else ''}")


def row_of(key: str) -> str:
    """The row in whose form the document of that key is registered; empty for others."""
    return key.removeprefix(NEW).partition(_COUNTED)[0] if key.startswith(NEW) else ""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What stands in the fields. ``slots``: the materials of the row it is for; ``attached``: the name of its file."""

    form: Form
    target: Target
    typed: TypedEvidence
    slots: tuple[str, ...]
    files: FileSlot | None
    attached: str

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to register."""
        return bool(self.attached) or any(entry == self.target for entry, _ in self.form.typing)

    @property
    def words(self) -> str:
        """For the notice of the save, which says its number."""
        return f"材料 {self.target.key}{'' if self.files is None or self.attached else '（未附文件）'}"

    def item(self) -> EvidenceItem:
        """The document as typed. Raises EntryError."""
        key = self.target.key
        try:
            item = evidence_from(None, self.typed)
        except EntryError as unreadable:
            told = [f"新登记的材料 {problem}" for problem in unreadable.problems]
            raise EntryError(told, [(key, *path) for path in unreadable.paths]) from unreadable
        if not self.slots:
            raise EntryError(["新登记的材料 用于：没有选择，请选择它是哪一项材料。"], [(key, _SLOTS)])
        return item

    def kept(self) -> EvidenceItem:
        """The same, its file kept. Raises EntryError, Refused."""
        item = self.item()
        named = self.form.pad.now(self.target, FILE)
        if named and not self.attached:
            raise EntryError([not_there(str(named))], [(self.target.key, FILE)])
        key = self.form.pad.key(self.target, FILE)
        upload = self.files.take(self.target.key, key) if self.files is not None and self.attached else None
        return item if upload is None else replace(item, file=upload[0], sha256=upload[1])

    def cited_by(self, answer: Answer) -> Answer:
        """The answer that names it."""
        slots = [slot for slot in self.slots if slot != _NIL]
        cited = {slot: (*answer.evidence.get(slot, ()), self.target.key) for slot in slots}
        nil_return = self.target.key if _NIL in self.slots else answer.nil_return
        return replace(answer, evidence={**answer.evidence, **cited}, nil_return=nil_return)


def new_documents(
    forms: SubmissionForms, form: Form, row: Row, given: Mapping[str, tuple[str, ...]], files: FileSlot | None
) -> tuple[NewDocument, ...]:
    """The fields of the documents to register, those that are begun: a switch below each opens the next.

    ``given``: the documents chosen for each material of the row.
    """
    begun: list[NewDocument] = []
    for number in range(1, _MOST + 1):
        target = _target(row.id, number)
        if number > 1 and not _switch(forms, target, "再登记一件，也随本项保存"):
            break
        document = _new_document(forms, form, row, given, files, target=target)
        if not document.is_begun:
            break
        begun.append(document)
        given = {**given, **{slot: (*given.get(slot, ()), target.key) for slot in document.slots}}
    return tuple(begun)


def _new_document(
    forms: SubmissionForms, form: Form, row: Row, given: Mapping[str, tuple[str, ...]], files: FileSlot | None,
    *, target: Target,
) -> NewDocument:  # fmt: skip
    requirements = own_requirements(forms, row)
    words = {key: verbatim.markdown(one.label) for key, one in requirements.items()}
    if forms.part(Target.answer(row.id)) is None:
        nil = any(m.settled_by_nil_return or kind_of(m).is_share for m in row.measures())
        words |= {**({_NIL: NIL_RETURN} if nil else {}), _OTHER: _OTHER_WORDS}
    lacking = next((key for key in requirements if not given.get(key)), next(reversed(words)))
    with st.container(border=True, key=f"row-new-document{target.key}"):
        st.html('<p class="dc-field dc-inline"><b>登记新材料</b><small>随本项一起保存</small></p>')
        slots = form.several(_SLOTS, "用于", words, (lacking,), entry=target)
        statement = STATEMENT_KIND if _NIL in slots else ""
        asked = next((requirements[slot].kinds[0] for slot in slots if slot in requirements), statement)
        as_asked = f"与所要的相同（{labels.word('evidence_kinds', asked)}）" if asked else ""
        for told in _days_told(forms, row, [requirements[slot] for slot in slots if slot in requirements]):
            st.html(f'<p class="dc-quiet dc-verbatim">{told}</p>')
        typed = document_fields(form, TypedEvidence(), target, unchosen=as_asked)
        if asked and not typed.cell("kind"):
            typed = replace(typed, cells={**typed.cells, "kind": asked})
        slot = None if aside() is not None else files
        attached = slot.show(None, EvidenceItem(), forms.pad.key(target, FILE)) if slot is not None else ""
        if lost := form.file(FILE, "文件", attached, entry=target):
            st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(not_there(lost))}</p>')
        proposals(form, forms.submission, target)
    return NewDocument(form, target, typed, slots, files, attached)


def _days_told(forms: SubmissionForms, row: Row, requirements: Sequence[EvidenceRequirement]) -> tuple[str, ...]:
    """HTML of the days the document must be of, beside the field its date is typed in."""
    told = {}
    for requirement in requirements:
        judged = next(judged for judged in row.judged if judged.row.requirement(requirement.id))
        days = days_asked(judged.standard, judged.row, requirement, forms.submission.round)
        told[days] = f"“{verbatim.markup(requirement.label)}”的{verbatim.markup(days)}。"
    return tuple(told.values())
