"""备注: what a level has noted, at a row or of the whole submission, and the form of a new or standing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from scoring.submission import ReviewLevel
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from workflow.procedure.notes import notes, told_in
from workflow.procedure.reviewing import corrections_made
from workflow.remarks.notes import READERS, Note, Reader, note_body, read_note
from workflow.targets import NEW, Target

_WHOLE = "整份申报"


def level_notes(opened: StoredForms, level: ReviewLevel, row_id: str = "") -> None:
    """The notes of a row, or without one all, and behind a switch the form."""
    own = [note for note in notes(opened.snapshot, level) if row_id in {"", note.row_id}]
    if own:
        st.html("".join(f'<article class="dc-detail">{_html(opened, level, note)}</article>' for note in own))
    fresh = Target.note(level, f"{NEW}{row_id}")
    if opened.why_not(fresh) is not None:
        left_over(opened.pad, fresh)
        return
    targets = {fresh, *(Target.note(level, note.number) for note in own)}
    told = opened.saved is not None and opened.saved.form in targets
    begun = any((draft.kind, draft.key) in targets for draft in opened.pad.drafts())
    label = "写备注" if not own else "写备注、修改备注"
    if st.toggle(label, told or begun, key=opened.place("note", row_id, "open")):
        with st.container(key=f"beside-note-{row_id}"):
            own_fragment(opened, lambda: _chosen(opened, level, own, row_id))


def _chosen(opened: StoredForms, level: ReviewLevel, own: Sequence[Note], row_id: str) -> None:
    by_number = {note.number: note for note in own}
    chosen = None
    if own:
        chosen = st.selectbox(
            "选择备注",
            [None, *by_number],
            format_func=lambda number: "新的备注" if number is None else verbatim.plain(f"第 {int(number)} 条"),
            key=opened.place("note", row_id, "chosen", len(own)),
        )
    note_form(opened, Target.note(level, chosen or f"{NEW}{row_id}"))


def note_form(opened: StoredForms, target: Target) -> None:
    """The form of one note; of a new one where the key begins with `NEW`, about the row it names then."""
    entry = opened.snapshot.entries.get(target)
    about = target.key.removeprefix(NEW) if target.is_new else ""
    stored = Note(target.key, "", row_id=about) if entry is None else read_note(target.key, entry.body)
    form = Form(opened.pad, target)
    place = opened.place("note", target.key)
    to: Reader = form.choice("to", "给谁看", READERS, stored.to)
    row_id = stored.row_id
    if not about:
        names = {"": _WHOLE} | {row.id: verbatim.plain(labels.row_name(row.first)) for row in opened.rows.values()}
        row_id = form.choice("row_id", "所涉指标", names, stored.row_id, folded=True)
    text = form.text("text", "内容", stored.text, tall=68)
    typed = Note(target.key, text, to, row_id, stored.resolved)
    what = "备注" if entry is None else f"第 {int(target.key)} 条备注"

    def save(note: Note, words: str) -> None:
        opened.save(form, {target: note_body(note)}, words)

    buttons = [Button("保存备注", f"{place}|keep", lambda: save(typed, what), what, main=False)]
    if entry is not None:
        settled = replace(typed, resolved=not stored.resolved)
        done = f"{what}{'重新打开' if stored.resolved else '已办结'}"
        label = "重新打开" if stored.resolved else "办结"
        buttons.append(Button(label, f"{place}|settle", lambda: save(settled, done), done, main=False))
    closing(form, *buttons, forms=opened, drop=f"{place}|away")


def _html(opened: StoredForms, level: ReviewLevel, note: Note) -> str:
    """HTML of one: about what, for whom, whether the county was told, whether anything is left to do."""
    about = labels.row_name(opened.rows[note.row_id].first) if note.row_id else _WHOLE
    marks = [labels.tag("告知县里", "notice") if note.to == "county" else labels.tag("仅本级")]
    made = lambda: corrections_made(opened.office, opened.person, opened.id)  # noqa: E731 - kept by the snapshot
    returned = told_in(note, (notice for notice, _ in opened.once("returned", made)), level)
    if returned is not None:
        marks.append(labels.tag(f"已随第 {returned.number} 次退回补正告知"))
    elif note.to == "county" and not note.resolved:
        marks.append(labels.tag("尚未告知"))
    marks += [labels.tag("已办结")] if note.resolved else []
    head = f"<b>第 {int(note.number)} 条　{verbatim.markup(about)}</b> {' '.join(marks)}"
    return f'<p>{head}</p><p class="dc-verbatim">{verbatim.markup(note.text)}</p>'
