"""佐证材料目录: the register of documents, which one document may prove many indicators from."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import streamlit as st

from scoring.entry.editing import next_evidence_id, rows_using
from scoring.entry.register import TypedEvidence, evidence_from, typed_evidence
from scoring.judging.register_warnings import CODES_OF_THE_REGISTER
from scoring.kinds.typed import EntryError
from scoring.submission import EVIDENCE_COLUMNS, EvidenceItem
from ui.components import labels, places, verbatim
from ui.components.forms.aside import aside
from ui.components.forms.closing import Button, closing, tell_below
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.raw import or_none
from ui.components.forms.submission_forms import NEW, SubmissionForms
from ui.rules import library
from workflow.content import body_of
from workflow.targets import Target

_NEW = "登记新材料"
_TYPED = {name: column for name, column in EVIDENCE_COLUMNS.items() if column.typed}
# Of nine parts of a line of the form; three where nothing is said.
_LINE, _WIDTH = 9, 3
_WIDTHS = {"title": 5, "kind": 4, "document_number": 4, "date": 2, "valid_until": 3, "pages": 1}
_FILE = "file"
_EXAMPLES = {"date": "2017-09-01 或 2017-09", "valid_until": "有期限的填写"}
_UNCHOSEN = "请选择"
_LACKING = "附件"  # a column only where something is amiss


class FileSlot(Protocol):
    """Where the documents' own files are kept; a submission in memory has none."""

    def show(self, item_id: str | None, item: EvidenceItem, key: str) -> str:
        """The file that is there and a place to choose another; the name of the one chosen, empty for none."""

    def take(self, item_id: str, key: str) -> tuple[str, str] | None:
        """Keep the chosen file: its name and SHA-256; None when none was chosen. Raises Refused."""

    def address(self, item_id: str, item: EvidenceItem) -> str | None:
        """Where the file can be fetched."""

    def lacks(self, item: EvidenceItem) -> bool:
        """Whether the entry names a file that nobody uploaded."""


def evidence_register(forms: SubmissionForms, files: FileSlot | None = None) -> None:
    """The register as a table, then the form of one document."""
    register = forms.submission.evidence
    st.subheader(f"佐证材料目录（{len(register)} 件）", anchor=False)
    told = [reason.text for reason in forms.assessment.warnings if reason.code in CODES_OF_THE_REGISTER]
    if told:
        items = "".join(f"<li>{verbatim.markup(text)}</li>" for text in told)
        mark = labels.tag("本工具提出，不影响结论", "tool")
        st.html(f'<div class="dc-ours dc-verbatim"><b>材料提醒</b> {mark}<ul>{items}</ul></div>')
    if register:
        st.html(_table(forms, files))
    else:
        here = forms.why_not(Target.evidence(NEW)) is None
        st.info("目录中还没有材料。请在下面登记。" if here else "目录中还没有材料。")
    own_fragment(forms, lambda: _form(forms, files))


def _table(forms: SubmissionForms, files: FileSlot | None) -> str:
    """The register with its words whole, in a frame of its own height."""
    register = forms.submission.evidence
    lacking = files is not None and any(files.lacks(item) for item in register.values())
    typed = (column.label for column in _TYPED.values())
    names = ("编号", *typed, "用于", *(("文件",) if files else ()), *((_LACKING,) if lacking else ()))
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(_line(forms, files, item_id, lacking=lacking) for item_id in register)
    listed = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<table class="dc-table dc-verbatim dc-register">{listed}</table>'
    return f'<div class="dc-frame" role="region" aria-label="佐证材料目录" tabindex="0">{table}</div>'


def _line(forms: SubmissionForms, files: FileSlot | None, item_id: str, *, lacking: bool) -> str:
    item = forms.submission.evidence[item_id]
    cells = [
        verbatim.markup(words)
        for words in (
            item_id,
            *labels.register_cells(item).values(),
            "、".join(rows_using(forms.submission, item_id)),
        )
    ]
    if files is not None:
        address = files.address(item_id, item)
        cells.append(places.link(address, "下载", elsewhere=True) if address else "")
    if lacking and files is not None:
        cells.append("文件未上传" if files.lacks(item) else "")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _form(forms: SubmissionForms, files: FileSlot | None) -> None:
    register = forms.submission.evidence
    st.subheader("登记或修改", anchor=False)
    chosen = st.selectbox(
        "选择材料",
        [None, *register],
        format_func=lambda item_id: (
            _NEW if item_id is None else verbatim.plain(f"{item_id} {register[item_id].title or ''}")
        ),
        key=f"document-{len(register)}",
    )
    document_form(forms, files, chosen)


def document_form(forms: SubmissionForms, files: FileSlot | None, chosen: str | None) -> None:
    """The form of one document; of a new one without ``chosen``."""
    target = Target.evidence(chosen or NEW)
    refusal = forms.why_not(target)
    if refusal is not None:
        st.info(verbatim.markdown(refusal))
        left_over(forms.pad, target)
        forms.history(target)
        return
    base = forms.base(target)
    stored = base.evidence.get(chosen, EvidenceItem()) if chosen else EvidenceItem()
    form = Form(forms.pad, target)
    typed = _fields(form, typed_evidence(stored))
    slot = None if aside() is not None else files
    key = forms.pad.key(target, _FILE)
    attached = slot.show(chosen, stored, key) if slot is not None else ""
    if lost := form.file(_FILE, "文件", attached):
        st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(_not_there(lost))}</p>')
    item_id = chosen or next_evidence_id(forms.submission)
    written = Target.evidence(item_id)

    def save() -> None:
        item = evidence_from(stored, typed)
        named = form.pad.now(target, _FILE)
        if named and not attached:
            raise EntryError([_not_there(str(named))], [(_FILE,)])
        upload = slot.take(item_id, key) if slot is not None else None
        if upload is not None:
            item = replace(item, file=upload[0], sha256=upload[1])
        forms.save(form, {written: body_of(item)}, what)

    place = what = f"材料 {item_id}"
    if files is not None and not attached:
        # 浏览器拒收的文件（过大、类型不符）到不了服务器，只能这样告诉他文件没有跟着保存。
        there = stored.sha256 is not None and not files.lacks(stored)
        what = f"{place}（{'文件未更换' if there else '未附文件'}）"
    removed = f"删除{place}"
    remove = Button(
        "从目录删除", "remove-document", lambda: forms.save(form, {written: None}, removed), removed, main=False,
        then=lambda: tell_below(forms, Target.evidence(NEW)),
    )  # fmt: skip
    buttons = (Button("保存材料", "save-document", save, what), *([remove] if chosen else []))
    closing(form, *buttons, forms=forms, drop="drop-document", place=place, unsaved=bool(attached))


def _not_there(name: str) -> str:
    return (
        f"您选择的文件“{name}”没有上传：超过大小限制、类型不符，或者页面曾经重新打开。材料没有保存。"
        "请重新选择文件；不附文件的，按“放弃修改”后重新填写。"
    )


def _fields(form: Form, stored: TypedEvidence) -> TypedEvidence:
    cells = {}
    for names in _form_lines():
        widths = [_WIDTHS.get(name, _WIDTH) for name in names]
        spare = _LINE - sum(widths)
        for name, place in zip(names, st.columns([*widths, spare] if spare else widths), strict=False):
            column = _TYPED[name]
            label = f"{column.label}（{column.hint}）" if column.hint else column.label
            with place:
                there = stored.cells.get(name, "")
                if column.options:
                    words = or_none(_UNCHOSEN, library().vocabulary.lists[column.options])
                    cells[name] = form.choice(name, label, words, there or None, folded=True) or ""
                else:
                    cells[name] = form.text(name, label, there, example=_EXAMPLES.get(name, ""))
    return TypedEvidence(cells)


def _form_lines() -> list[list[str]]:
    """The typed columns, as many on a line as it holds."""
    lines: list[list[str]] = [[]]
    for name in _TYPED:
        if sum(_WIDTHS.get(other, _WIDTH) for other in (*lines[-1], name)) > _LINE:
            lines.append([])
        lines[-1].append(name)
    return lines
