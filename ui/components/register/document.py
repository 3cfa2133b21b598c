"""The form of one document of the register, new or registered."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from scoring.entry.register import evidence_from, typed_evidence
from scoring.kinds.typed import EntryError
from scoring.submission import EvidenceItem
from ui.components import verbatim
from ui.components.forms.aside import aside
from ui.components.forms.closing import Button, closing, tell_below
from ui.components.forms.document_fields import FILE, FileSlot, document_fields, not_there, proposals
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.submission_forms import SubmissionForms
from workflow.content import body_of
from workflow.targets import NEW, Target


def document_form(forms: SubmissionForms, files: FileSlot | None, chosen: str | None) -> None:
    """The form of one document; of a new one without ``chosen``."""
    item_id = chosen or NEW
    target = Target.evidence(item_id)
    refusal = forms.why_not(target)
    if refusal is not None:
        st.info(verbatim.markdown(refusal))
        left_over(forms.pad, target)
        forms.history(target)
        return
    base = forms.base(target)
    stored = base.evidence.get(chosen, EvidenceItem()) if chosen else EvidenceItem()
    form = Form(forms.pad, target)
    typed = document_fields(form, typed_evidence(stored))
    slot = None if aside() is not None else files
    key = forms.pad.key(target, FILE)
    attached = slot.show(chosen, stored, key) if slot is not None else ""
    if lost := form.file(FILE, "文件", attached):
        st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(not_there(lost))}</p>')

    proposals(form, forms.submission, target)

    def save() -> None:
        item = evidence_from(stored, typed)
        named = form.pad.now(target, FILE)
        if named and not attached:
            raise EntryError([not_there(str(named))], [(FILE,)])
        upload = slot.take(item_id, key) if slot is not None else None
        if upload is not None:
            item = replace(item, file=upload[0], sha256=upload[1])
        forms.save(form, {target: body_of(item)}, what)

    what = f"材料 {item_id}"  # 新的一件保存时换成它得到的编号
    place = what if chosen else target.label
    if files is not None and not attached:
        # 浏览器拒收的文件（过大、类型不符）到不了服务器，只能这样告诉他文件没有跟着保存。
        there = stored.sha256 is not None and not files.lacks(stored)
        what = f"{what}（{'文件未更换' if there else '未附文件'}）"
    removed = f"删除{place}"
    remove = Button(
        "从目录删除", "remove-document", lambda: forms.save(form, {target: None}, removed), removed, main=False,
        then=lambda: tell_below(forms, Target.evidence(NEW)),
    )  # fmt: skip
    buttons = (Button("保存材料", "save-document", save, what), *([remove] if chosen else []))
    closing(form, *buttons, forms=forms, drop="drop-document", place=place, unsaved=bool(attached))
