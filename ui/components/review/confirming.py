"""Confirming many rows at once: the rows that are met as computed, what would be written, one button."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import ReviewLevel
from storage import clock
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.row_place import finding_word, leave_for
from ui.components.case.stored_forms import StoredForms
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from workflow.errors import Conflict, Place, Refused
from workflow.procedure.findings import FindingProposal, confirming_edits, proposals
from workflow.submission.saving import save
from workflow.targets import Target

_ACROSS = 4


def confirm_many(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """The list with its ticks, the methods and the date; only the button writes, and only what is listed."""
    st.subheader("与计算结论一致的一并确认", anchor=False)
    offered = proposals(opened.snapshot, opened.compared.values(), level)
    why_not = opened.why_not(Target.finding(level, next(iter(opened.rows))))
    if why_not is not None:
        st.caption(verbatim.markdown(why_not))
        return
    rest = "其余各项和一票否决" if any(row.veto for row in opened.rows.values()) else "其余各项"
    st.caption(f"下列各项按各标准计算均为“达标”，且本级尚未认定。{rest}须逐项认定。")
    _vetoes(opened, level)
    own_fragment(opened, lambda: _form(opened, level, offered, now))


def _form(opened: StoredForms, level: ReviewLevel, offered: tuple[FindingProposal, ...], now: datetime) -> None:
    form = Form(opened.pad, ("confirming", level))
    if not offered:
        st.info("没有可一并确认的指标。")
        outcome.outcome(outcome.place_of(form))
        return
    methods, day = _how(form, offered, now)
    chosen = _ticked(opened, form, offered, methods)
    edits = confirming_edits(opened.snapshot, chosen, level, methods, day or local_date(now))
    what = f"{len(edits)} 项认定（{'、'.join(edit.target.key for edit in edits)}）"

    def write() -> None:
        try:
            save(opened.office, opened.person, opened.id, edits, clock.now())
        except Conflict as conflict:
            raise EntryError(
                [f"{conflict.first}刚写入了其中某项认定，本次没有写入任何一项。请按最新情况核对后再确认。"]
            ) from conflict
        except Refused as refused:
            raise Refused(refused.code, *refused.reasons, places=map(_place, refused.places)) from refused

    label, shut = f"确认写入所列 {len(chosen)} 项认定", not chosen or not methods or day is None
    closing(
        form, Button(label, opened.place("agree", "write"), write, what, shut=shut), drop=opened.place("agree", "drop")
    )
    if not methods:
        st.caption("请先选择采用的评估方法。")


def _place(place: Place) -> Place:
    """In this form: the day all findings have, else the row's tick."""
    target, path = place
    return None, path if target is None or path == ("date",) else ("rows", target.key)


def _vetoes(opened: StoredForms, level: ReviewLevel) -> None:
    """The vetoes without a finding, each with a button that opens it."""
    findings = opened.snapshot.content.findings.get(level, {})
    unfound = [row for row in opened.rows.values() if row.veto and row.id not in findings]
    if not unfound:
        return
    words, *buttons = st.columns([6, *([1] * len(unfound))], vertical_alignment="center")
    words.html(f'<p class="dc-waiting">还有 {len(unfound)} 项一票否决没有认定，每一项都要单独核对后认定：</p>')
    for button, row in zip(buttons, unfound, strict=True):
        if button.button(row.id, key=opened.place("agree", "veto", row.id), width="stretch"):
            leave_for(opened, row.id)


def _how(form: Form, offered: tuple[FindingProposal, ...], now: datetime) -> tuple[tuple[str, ...], date | None]:
    printed = dict.fromkeys(method for proposal in offered for method in proposal.methods)
    st.html('<p class="dc-field"><b>采用的评估方法</b><small>每项只写入标准对该项列明的方法</small></p>')
    used = []
    columns = st.columns(_ACROSS)
    for position, method in enumerate(printed):
        with columns[position % _ACROSS]:
            if form.tick(f"methods/{method}", labels.word("methods", method), stored=False):
                used.append(method)
    narrow, _ = st.columns([1, 3])
    with narrow:
        return tuple(used), form.day("date", "认定日期", local_date(now))


def _ticked(
    opened: StoredForms, form: Form, offered: tuple[FindingProposal, ...], methods: tuple[str, ...]
) -> tuple[FindingProposal, ...]:
    """The list; a row is left out by taking its tick away."""
    chosen: list[FindingProposal] = []
    section = None
    for proposal in offered:
        row = opened.rows[proposal.row.id]
        if row.section != section:
            section = row.section
            st.html(f'<h3 class="dc-section">{verbatim.markup(section)}</h3>')
        tick, words = st.columns([2, 11], vertical_alignment="center")
        used = [labels.word("methods", method) for method in proposal.methods if method in methods]
        with tick:
            if form.tick(f"rows/{row.id}", row.id, stored=True):
                chosen.append(proposal)
        words.html(
            f'<p class="dc-field"><b>{verbatim.markup(finding_word(row, proposal.finding))}</b>　'
            f"{verbatim.markup('、'.join(used) or '未选方法')}"
            f"<small>{verbatim.markup(proposal.row.statement)}</small></p>"
        )
    return tuple(chosen)
