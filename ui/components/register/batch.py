"""Many files at once: each is checked and kept when it is read, and is from then on a draft of a new document.

What its name and its first page propose stands in the draft's fields; a few are shown at a time and saved together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import streamlit as st

from scoring.entry.register import TypedEvidence, evidence_from
from scoring.judging.register_warnings import folded_number
from scoring.kinds.typed import EntryError
from scoring.submission import EvidenceItem
from storage.canonical import Json
from storage.clock import now
from storage.errors import StoreError
from ui.components import labels, places, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.aside import aside
from ui.components.forms.closing import Button, closing
from ui.components.forms.document_fields import FILE, document_field, kind_words, proposals, with_kind
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.save_notice import save_notice
from ui.components.register.table import natural
from ui.components.review.answer_given import file_address
from ui.store_words import store_sentence
from workflow.content import body_of
from workflow.errors import Refused
from workflow.file_text.proposing import proposal
from workflow.people import Role
from workflow.submission.uploads import ACCEPTED, MAX_BYTES, MOST_AT_ONCE, Upload, attach_and_read
from workflow.targets import NEW, Target

SEVERAL = f"{NEW}several"  # whose form it is
_SHOWN = 8
_LINES = (  # of columns, with their widths
    (("title", 6), ("kind", 3)),
    (("document_number", 3), ("issuer", 3), ("date", 2)),
    (("holder", 3), ("box", 2), ("order", 1)),
)
# A digest is written in letters: a run of its figures could be taken for somebody's number, which no draft may hold.
_FIGURES, _LETTERS = "0123456789abcdef", "ghijklmnopqrstuv"
_LONG = 64


class Chosen(Protocol):
    """A file as the browser sent it."""

    name: str

    def getvalue(self) -> bytes:
        """Its bytes."""


def key_of(sha256: str) -> str:
    """The key of the draft of the document whose file it is."""
    return f"{NEW}{sha256.translate(str.maketrans(_FIGURES, _LETTERS))}"


def digest_of(key: str) -> str:
    """The reverse of `key_of`; empty for any other key."""
    letters = key.removeprefix(NEW)
    is_digest = key.startswith(NEW) and len(letters) == _LONG and set(letters) <= set(_LETTERS)
    return letters.translate(str.maketrans(_LETTERS, _FIGURES)) if is_digest else ""


def several_files(forms: StoredForms) -> None:
    """Below the register: choose files, then look at what is proposed for each."""
    if forms.why_not(Target.evidence(NEW)) is not None:
        return
    st.subheader("一次登记多个文件", anchor=False)
    place = forms.place("batch")
    number = st.session_state.setdefault(f"{place}|number", 0)
    chosen = st.file_uploader(
        f"选择文件：一次最多{MOST_AT_ONCE}个，每个不超过{MAX_BYTES // 1024 // 1024}MB；{ACCEPTED}。"
        "读取后逐件核对题名、文号、日期再保存；图片、扫描件和 doc、xls 读不到文字，需要自己填写，"
        "有没有个人信息请自行确认。",
        type=[*ACCEPTED.split("、"), "jpeg"],
        accept_multiple_files=True,
        key=f"{place}|files|{number}",
    )
    if chosen and st.button(f"读取所选的 {len(chosen)} 个文件", key=f"{place}|read"):
        st.session_state[f"{place}|told"] = _read(forms, chosen)
        st.session_state[f"{place}|number"] = number + 1
        st.rerun()
    told = st.session_state.get(f"{place}|told", ())
    if told:
        items = "".join(f"<li>{verbatim.markup(words)}</li>" for words in told)
        st.html(f'<div class="dc-slips dc-verbatim" role="status"><ul>{items}</ul></div>')
    own_fragment(forms, lambda: batch_form(forms))


def batch_form(forms: StoredForms) -> None:
    """The form of the first few files that are read and not registered."""
    waiting = waiting_files(forms)
    if not waiting:
        if forms.saved is not None and forms.saved.form == Target.evidence(SEVERAL) and aside() is None:
            save_notice(forms)
        return
    shown = waiting[:_SHOWN]
    form = Form(forms.pad, Target.evidence(SEVERAL))
    if aside() is None:
        more = f"先列 {len(shown)} 件，保存后接着列" if len(shown) < len(waiting) else ""
        st.html(f'<p class="dc-field dc-inline"><b>已读取、还没有登记的 {len(waiting)} 件</b><small>{more}</small></p>')
    typed = [(key, name, _fields(forms, form, key, name)) for key, name in shown]
    proposals(form, forms.submission, *(Target.evidence(key) for key, _ in shown))

    def save() -> None:
        bodies: dict[Target, Json] = {}
        problems: dict[tuple[str, ...], str] = {}
        for key, name, cells in typed:
            try:
                item = evidence_from(None, cells)
            except EntryError as unreadable:
                told = zip(unreadable.paths, unreadable.problems, strict=True)
                problems |= {(key, *path): f"文件“{name}” {problem}" for path, problem in told}
                continue
            bodies[Target.evidence(key)] = body_of(replace(item, file=name, sha256=digest_of(key)))
        if problems:
            raise EntryError(problems.values(), problems)
        forms.save(form, bodies, "、".join(f"材料 {target.key}" for target in bodies))

    words = f"{len(shown)} 件材料"
    closing(form, Button(f"保存这 {words}", "save-batch", save, words), forms=forms, drop="drop-batch")


def waiting_files(forms: StoredForms) -> list[tuple[str, str]]:
    """The keys of the files that are read and not registered, with their names, by name."""
    keys = dict.fromkeys(d.key for d in forms.pad.drafts() if d.kind == "evidence" and digest_of(d.key))
    named = ((key, str(forms.pad.at(Target.evidence(key)).fields.get(FILE) or "")) for key in keys)
    return sorted(((key, name) for key, name in named if name), key=lambda one: natural(one[1]))


def _fields(forms: StoredForms, form: Form, key: str, name: str) -> TypedEvidence:
    target, sha256 = Target.evidence(key), digest_of(key)
    with st.container(border=True, key=f"batch-{key}"):
        form.file(FILE, "文件", name, entry=target)
        if aside() is None:
            _head(forms, form, target, EvidenceItem(file=name, sha256=sha256))
        cells: dict[str, str] = {}
        for line in _LINES:
            for (column, _), place in zip(line, st.columns([width for _, width in line]), strict=True):
                with place:
                    cells[column] = document_field(form, column, {}, target, kind_words(cells))
        same = _alike(forms, sha256, cells["document_number"])
        if same and aside() is None:
            st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(same)}</p>')
    return TypedEvidence(with_kind(cells))


def _head(forms: StoredForms, form: Form, target: Target, item: EvidenceItem) -> None:
    """The file, and the way not to register it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        address = file_address(forms, target.key, item)
        shown = places.link(address, item.file or "", elsewhere=True) if address else verbatim.markup(item.file or "")
        st.html(f'<p class="dc-verbatim">{shown}</p>')
        if st.button("不登记这个文件", key=f"{target.key}|leave-file", type="tertiary"):
            form.pad.give_up([target])
            st.rerun()


def _alike(forms: StoredForms, sha256: str, number: str) -> str:
    """That it is registered already, by its bytes or its 文号. Told, not refused."""
    register = forms.submission.evidence
    files = [one for one, item in register.items() if item.sha256 == sha256]
    wanted = folded_number(number)
    numbers = [one for one, item in register.items() if wanted and folded_number(item.document_number) == wanted]
    told = [f"与已登记的 {'、'.join(files)} 是同一份文件"] if files else []
    told += [f"文号与已登记的 {'、'.join(numbers)} 相同"] if numbers else []
    return f"{'；'.join(told)}。重复的请按“不登记这个文件”，确需另登的可以保存。" if told else ""


def _read(forms: StoredForms, chosen: Sequence[Chosen]) -> list[str]:
    """Check and keep each file, and propose its fields as a draft; what is to be told."""
    if len(chosen) > MOST_AT_ONCE:
        return [f"一次最多读取{MOST_AT_ONCE}个文件，您选了{len(chosen)}个，没有读取。请分几次选取。"]
    told, read = list[str](), dict[str, str]()
    bar = st.progress(0.0, "正在读取文件")
    for number, file in enumerate(chosen, start=1):
        bar.progress(number / len(chosen), f"正在读取第 {number} 个，共 {len(chosen)} 个")
        upload = Upload(NEW, file.name, file.getvalue())
        try:
            record, text = attach_and_read(forms.office, forms.person, forms.id, upload, now())
        except Refused as refused:
            told += refused.reasons
            continue
        except StoreError as failure:
            told.append(store_sentence(failure, "save"))
            break
        if record.sha256 in read:
            told.append(f"文件“{verbatim.plain(file.name)}”与“{read[record.sha256]}”内容相同，只列一次。")
            continue
        read[record.sha256] = record.name
        _propose(forms, Target.evidence(key_of(record.sha256)), record.name, proposal(record.name, text)._asdict())
    bar.empty()
    return [f"读取了 {len(read)} 个文件，没有读取 {len(chosen) - len(read)} 个：", *told] if told else []


def _propose(forms: StoredForms, target: Target, name: str, proposed: dict[str, str]) -> None:
    """Lay it down as what was typed: private, kept with the drafts, nothing of it saved."""
    holder = forms.person.unit if forms.person.role is Role.COUNTY_DEPARTMENT else None
    fields = {FILE: name, **proposed, "holder": holder or ""}
    if fields["kind"]:
        fields["kind"] = labels.word("evidence_kinds", fields["kind"])
    forms.pad.note({forms.pad.key(target, field): value for field, value in fields.items() if value})
