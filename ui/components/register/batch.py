"""Many files at once: each is checked and kept when it is read, and is from then on a draft of a new document.

What its name and its first page propose stands in the draft's fields; a few are shown at a time and saved together.
What all of a batch share is said once above them, and holds wherever a document says nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from ui.components.forms.document_fields import FILE, document_field, proposals
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.save_notice import save_notice
from ui.components.register.row_materials import USES, RowMaterials, kind_for, row_materials
from ui.components.register.table import natural
from ui.components.review.answer_given import file_address
from ui.store_words import store_sentence
from workflow.content import body_of
from workflow.errors import Conflict, Refused
from workflow.file_text.proposing import kind_in, proposal
from workflow.people import Role
from workflow.submission.uploads import ACCEPTED, MAX_BYTES, MOST_AT_ONCE, Upload, attach_and_read
from workflow.targets import NEW, Target

SEVERAL = f"{NEW}several"  # whose form it is
_SHOWN = 8
_LINES = (  # of columns, with their widths
    (("title", 5), (USES, 4)),
    (("kind", 2), ("document_number", 3), ("issuer", 3), ("date", 2)),
    (("holder", 3), ("box", 2), ("order", 1)),
)
_SHARED = (("issuer", 3), ("holder", 3), ("box", 2))
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


@dataclass(frozen=True, slots=True)
class _Described:
    """A document of the batch as its fields say. ``uses``: the materials of rows it was chosen for."""

    key: str
    name: str
    cells: Mapping[str, str]
    uses: tuple[str, ...]

    def item(self) -> EvidenceItem:
        """Raises EntryError, its sentences naming the file."""
        try:
            item = evidence_from(None, TypedEvidence(self.cells))
        except EntryError as unreadable:
            told = [f"文件“{self.name}” {problem}" for problem in unreadable.problems]
            raise EntryError(told, [(self.key, *path) for path in unreadable.paths]) from unreadable
        return replace(item, file=self.name, sha256=digest_of(self.key))


def batch_form(forms: StoredForms) -> None:
    """The form of the first few files that are read and not registered."""
    waiting = waiting_files(forms)
    if not waiting:
        if forms.saved is not None and forms.saved.form == Target.evidence(SEVERAL) and aside() is None:
            save_notice(forms)
        return
    shown, later = waiting[:_SHOWN], waiting[_SHOWN:]
    form, rows = Form(forms.pad, Target.evidence(SEVERAL)), row_materials(forms)
    if aside() is None:
        more = f"先列 {len(shown)} 件，保存后接着列" if later else ""
        st.html(f'<p class="dc-field dc-inline"><b>已读取、还没有登记的 {len(waiting)} 件</b><small>{more}</small></p>')
    shared = _shared(form)
    batch = [_described(forms, form, one, shared, rows) for one in shown]
    proposals(form, forms.submission, form.entry, *(Target.evidence(key) for key, _ in shown))

    def save() -> None:
        bodies: dict[Target, Json] = {}
        problems: dict[tuple[str, ...], str] = {}
        for one in batch:
            try:
                bodies[Target.evidence(one.key)] = body_of(one.item())
            except EntryError as unreadable:
                problems |= dict(zip(unreadable.paths, unreadable.problems, strict=True))
        if problems:
            raise EntryError(problems.values(), problems)
        answers = rows.answers(forms.submission, {one.key: one.uses for one in batch})
        what = "、".join(f"材料 {target.key}" for target in bodies)
        standing = {target: forms.snapshot.version(target) for target in answers}
        try:
            forms.save(form, bodies | answers, f"{what}，用于 {len(answers)} 项" if answers else what, seen=standing)
        except Conflict as clash:  # within this very moment: the page is drawn anew on what stands now
            rows_told = "、".join(one.target.label for one in clash.clashes)
            raise Refused("stale", f"{rows_told}的材料刚被改动，没有保存。请再按一次“保存”。") from clash
        _hand_on(forms, shared, [key for key, _ in later])

    words = f"{len(shown)} 件材料"
    closing(form, Button(f"保存这 {words}", "save-batch", save, words), forms=forms, drop="drop-batch")


def _shared(form: Form) -> dict[str, str]:
    """The line above the documents: what stands in it holds for each that says nothing else."""
    if aside() is None:
        told = "下面没有填的，各件都照此；个别不同的在该件中填"
        st.html(f'<p class="dc-field dc-inline"><b>这一批共同的</b><small>{told}</small></p>')
    shared = {}
    for (column, _), place in zip(_SHARED, st.columns([width for _, width in _SHARED]), strict=True):
        with place:
            shared[column] = document_field(form, column, {})
    return {column: text for column, text in shared.items() if text.strip()}


def _hand_on(forms: StoredForms, shared: Mapping[str, str], keys: Sequence[str]) -> None:
    """To the documents of the batch that come next, where they say nothing of their own."""
    for key in keys:
        target = Target.evidence(key)
        said = forms.pad.at(target).fields
        forms.pad.note({forms.pad.key(target, column): text for column, text in shared.items() if not said.get(column)})


def waiting_files(forms: StoredForms) -> list[tuple[str, str]]:
    """The keys of the files that are read and not registered, with their names, by name."""
    keys = dict.fromkeys(d.key for d in forms.pad.drafts() if d.kind == "evidence" and digest_of(d.key))
    named = ((key, str(forms.pad.at(Target.evidence(key)).fields.get(FILE) or "")) for key in keys)
    return sorted(((key, name) for key, name in named if name), key=lambda one: natural(one[1]))


def _described(
    forms: StoredForms, form: Form, file: tuple[str, str], shared: Mapping[str, str], rows: RowMaterials
) -> _Described:
    key, name = file
    target, sha256 = Target.evidence(key), digest_of(key)
    with st.container(border=True, key=f"batch-{key}"):
        form.file(FILE, "文件", name, entry=target)
        if aside() is None:
            _head(forms, form, target, EvidenceItem(file=name, sha256=sha256))
        cells: dict[str, str] = {}
        uses: tuple[str, ...] = ()
        for line in _LINES:
            for (column, _), place in zip(line, st.columns([width for _, width in line]), strict=True):
                with place:
                    if column == USES:
                        uses = form.several(USES, "用于", rows.words, (), entry=target, empty="哪几项的材料，可以不选")
                    elif column == "kind":
                        cells[column] = _kind(form, target, rows.kinds(uses), cells["title"])
                    else:
                        cells[column] = document_field(form, column, {}, target, example=shared.get(column, ""))
        same = _alike(forms, sha256, cells["document_number"])
        if same and aside() is None:
            st.html(f'<p class="dc-unsaved dc-verbatim">{verbatim.markup(same)}</p>')
    return _Described(key, name, {c: text.strip() or shared.get(c, "") for c, text in cells.items()}, uses)


def _kind(form: Form, target: Target, kinds: Sequence[str], title: str) -> str:
    """Not asked where the materials chosen may be of one kind, and neither the title nor the person says another."""
    taken = kind_for(kinds, title)
    word = labels.word("evidence_kinds", taken) if taken else ""
    if len(kinds) == 1 and kind_in(title) in {"", taken} and not form.pad.at(target).fields.get("kind"):
        if aside() is None:
            st.html(f'<p class="dc-field"><b>种类</b><small>{word}（照“用于”）</small></p>')
        return taken
    told = f"照{'“用于”' if kinds else '题名'}（{word}）" if taken else ""
    return document_field(form, "kind", {}, target, told) or taken


def _head(forms: StoredForms, form: Form, target: Target, item: EvidenceItem) -> None:
    """The file, and the way not to register it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        address = file_address(forms, target.key, item)
        shown = places.link(address, item.file or "", elsewhere=True) if address else verbatim.markup(item.file or "")
        st.html(f'<p class="dc-verbatim">{shown}</p>')
        if st.button("不登记这个文件", key=f"{target.key}|leave-file", type="tertiary"):
            last = len(waiting_files(forms)) == 1
            form.pad.give_up([target, *([form.entry] if last else [])])
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
    fields = {FILE: name, **proposed}
    kind = "" if kind_in(proposed["title"]) else proposed["kind"]  # what the title names is taken without being laid
    fields["kind"] = labels.word("evidence_kinds", kind) if kind else ""
    batch, unit = Target.evidence(SEVERAL), forms.person.unit
    values = {forms.pad.key(target, field): value for field, value in fields.items() if value}
    if unit and forms.person.role is Role.COUNTY_DEPARTMENT and not forms.pad.at(batch).fields:
        values[forms.pad.key(batch, "holder")] = unit
    forms.pad.note(values)
