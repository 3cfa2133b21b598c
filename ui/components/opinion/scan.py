"""盖章扫描件: the scan of an opinion as it was printed and sealed, beside the opinion for whoever may read that."""

from __future__ import annotations

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import Attachment, Opinion, OpinionLevel
from storage.clock import now
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.aside import aside
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from workflow.content import body_of
from workflow.entries.attached import SCANS
from workflow.submission.uploads import MAX_BYTES, Upload, attach_file
from workflow.targets import Target

_FILE = "file"


def scan_of(forms: StoredForms, level: OpinionLevel) -> None:
    """The scan there is, and below it the form for who may attach or replace one."""
    target = Target.scan(level)
    opinion = forms.submission.opinions.get(level, Opinion())
    if opinion.scan is not None:
        st.html(_shown(forms, opinion.scan))
    if not opinion.text:
        if forms.why_not(Target.opinion(level)) is None:
            st.caption("意见保存以后，可以在这里附盖章扫描件（可不附）。")
        return
    if forms.why_not(target) is None:
        with st.expander(
            "更换或去掉盖章扫描件" if opinion.scan else "附盖章扫描件（可不附；意见改动以后原件撤下，须重附）"
        ):
            own_fragment(forms, lambda: scan_form(forms, level))
    elif target in forms.snapshot.entries:
        forms.history(target)


def _shown(forms: StoredForms, scan: Attachment) -> str:
    """HTML: the link, and the scan opened in place (`web/assets/papers.js`)."""
    name, address = verbatim.markup(scan.file), f"/files/{forms.id}/{scan.sha256}"
    if scan.sha256 not in forms.snapshot.held_files:
        return f'<p class="dc-verbatim">盖章扫描件：{name}<small>（文件不在本网）</small></p>'
    kind = "pages" if scan.file.lower().endswith(".pdf") else "picture"
    return (
        f'<p class="dc-verbatim">盖章扫描件：<a href="{address}">{name}</a> '
        f'<details class="dc-paper" data-name="{name}" data-file="{address}?shown=1" data-kind="{kind}">'
        "<summary>在此打开</summary></details></p>"
    )


def scan_form(forms: StoredForms, level: OpinionLevel) -> None:
    """The form: a file chosen, and what was attached taken off again."""
    target, what = Target.scan(level), f"{labels.word('opinions', level)}推荐意见的盖章扫描件"
    stored = forms.base(target).opinions.get(level, Opinion()).scan
    form = Form(forms.pad, target)
    key = forms.pad.key(target, _FILE)
    label = f"扫描件：pdf、jpg、png，不超过{MAX_BYTES // 1024 // 1024}MB；不印入申报表，上一级开始评价前可以更换"
    chosen = None if aside() is not None else st.file_uploader(label, type=sorted(SCANS), key=key)
    if lost := form.file(_FILE, "盖章扫描件", "" if chosen is None else chosen.name):
        told = f"您选择的文件“{lost}”没有上传：超过大小限制、类型不符，或者页面曾经重新打开。请重新选择。"
        st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(told)}</p>')

    def act() -> None:
        if chosen is None:
            raise EntryError(["请先选择盖章扫描件。"], [(_FILE,)])
        upload = Upload("", chosen.name, chosen.getvalue(), target)
        kept = attach_file(forms.office, forms.person, forms.id, upload, now())
        forms.save(form, {target: body_of(Attachment(kept.name, kept.sha256))}, what)

    removed = f"{what}已去掉"
    buttons = [Button("保存扫描件", f"save-scan-{level}", act, what)]
    if stored is not None:
        remove = lambda: forms.save(form, {target: None}, removed)  # noqa: E731 - named beside its button
        buttons.append(Button("去掉扫描件", f"drop-scan-{level}", remove, removed, main=False))
    closing(form, *buttons, forms=forms, drop=f"give-up-scan-{level}", unsaved=chosen is not None)
