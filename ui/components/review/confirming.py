"""一并确认: the rows that may be confirmed together, each with what it rests on; one button, one act. Then vetoes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import ReviewLevel
from storage import clock
from storage.clock import local_date
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.case.stored_forms import CONFIRMING, StoredForms
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.review.answer_given import answer_brief
from ui.components.review.row_past import in_question
from ui.components.review.veto_findings import veto_findings
from workflow.errors import Conflict, Place, Refused
from workflow.procedure.confirming import TOGETHER, Confirmation, Proposal, confirm, proposals
from workflow.targets import Target

_PAGES = {"prefecture": navigation.APPRAISAL, "province": navigation.FIELD}


def confirm_many(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """The list with its ticks, the methods and the date; only the button writes, and only what is listed."""
    why_not = opened.why_not(Target.finding(level, next(iter(opened.rows))))
    if why_not is not None:
        st.subheader("与计算结论一致的一并确认", anchor=False)
        st.caption(verbatim.markdown(why_not))
        return
    with st.container(key="agree-rows"):
        own_fragment(opened, lambda: _rows(opened, level, now))
    with st.container(key="agree-vetoes"):
        own_fragment(opened, lambda: veto_findings(opened, level, now))


def _rows(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    st.subheader("与计算结论一致的一并确认", anchor=False)
    offered = proposals(opened.snapshot, opened.compared.values(), level, in_question(opened, level))
    findings = opened.snapshot.content.findings.get(level, {})
    singly = [row.id for row in opened.rows.values() if not row.veto and row.id not in findings]
    singly = [row_id for row_id in singly if row_id not in {proposal.row.id for proposal in offered}]
    st.caption(
        "下列各项按各标准计算均为“达标”，本级尚未认定，没有被退回、没有标过存疑、没有认定过需补正或未达标，也没有改动。"
        "有疑点的去掉勾选，逐项认定。"
    )
    if singly:
        st.html(f'<p class="dc-waiting">另有 {len(singly)} 项须逐项认定：{"、".join(singly)}</p>')
    form = Form(opened.pad, (CONFIRMING, level))
    if not offered:
        st.info("没有可一并确认的指标。")
        outcome.outcome(outcome.place_of(form))
        return
    methods, day = _how(form, now)
    chosen = _ticked(opened, level, form, offered)
    what = f"{len(chosen)} 项认定（{'、'.join(chosen)}）"

    def write() -> None:
        try:
            asked = Confirmation(level, chosen, methods, day or local_date(now), form.pad.at(form.entry).seen)
            confirm(opened.office, opened.person, opened.id, asked, clock.now())
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


def _how(form: Form, now: datetime) -> tuple[tuple[str, ...], date | None]:
    note = "每项只写入标准对该项列明的方法；现场查看、实地考察、走访居民、舆情监测凭实地评估或检索的记录逐项认定"
    st.html(f'<p class="dc-field"><b>采用的评估方法</b><small>{note}</small></p>')
    columns = st.columns([1, 1, 1, 2], vertical_alignment="bottom")
    used = []
    for column, method in zip(columns, TOGETHER, strict=False):
        with column:
            if form.tick(f"methods/{method}", labels.word("methods", method), stored=False):
                used.append(method)
    with columns[2]:
        return tuple(used), form.day("date", "认定日期", local_date(now))


def _ticked(
    opened: StoredForms, level: ReviewLevel, form: Form, offered: Sequence[Proposal]
) -> tuple[str, ...]:  # fmt: skip
    """The list; a row is left out by taking its tick away."""
    chosen: list[str] = []
    section = None
    for proposal in offered:
        row = opened.rows[proposal.row.id]
        if row.section != section:
            section = row.section
            st.html(f'<h3 class="dc-section">{verbatim.markup(section)}</h3>')
        tick, words = st.columns([2, 11])
        with tick:
            if form.tick(f"rows/{row.id}", row.id, stored=True):
                chosen.append(row.id)
        line = partial(_line, opened, level, proposal)
        words.html(opened.once(("confirmed line", level, row.id), line))
    return tuple(chosen)


def _line(opened: StoredForms, level: ReviewLevel, proposal: Proposal) -> str:
    row = opened.rows[proposal.row.id]
    only = "" if proposal.methods == TOGETHER else f"可用{_words(proposal.methods)}　"
    address = places.address(_PAGES[level], {"s": str(opened.id), "view": "row", "row": row.id})
    seen = places.link(address, "逐项查看", elsewhere=True)
    return (
        f'<div class="dc-detail"><p class="dc-field dc-verbatim">{verbatim.markup(row.first.statement)}'
        f"<small>{verbatim.markup(only)}{seen}</small></p>{answer_brief(opened, row)}</div>"
    )


def _words(methods: Sequence[str]) -> str:
    return "、".join(labels.word("methods", method) for method in methods)
