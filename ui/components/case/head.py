"""The head of a reviewer's page: which county, its state, its deadline, and how many rows have a finding."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.repins import repin_notices
from workflow.divisions import full_name
from workflow.overview.overview import deadline_of
from workflow.procedure.reviewing import rows_to_find

_SOON = 7


def submission_head(opened: OpenedSubmission, now: datetime) -> None:
    """County, state, deadline; at a reviewing level the progress of findings, in the same line.

    What stays as it is throughout a round stands there once more, folded, which the style sheet shows instead on a
    row's page on a phone.
    """
    record, round_record = opened.snapshot.record, opened.snapshot.round
    demo = labels.tag("演示数据", "demo") if round_record.demo or opened.person.demo else ""
    days = f"{round_record.period_first.isoformat()}至{round_record.period_last.isoformat()}"
    where = f"{full_name(record.division_code)}（{record.division_code}）"
    still = "".join(
        f"<span>{verbatim.markup(each)}</span>" for each in (where, f"批次 {round_record.title}", f"申报期 {days}")
    )
    since = f"<i>（{local_date(record.state_since).isoformat()}起）</i>"
    st.html(
        f'<header class="dc-masthead"><h1 class="dc-verbatim">{verbatim.markup(record.division_name)}</h1>'
        f'<p><span class="dc-still">{still}</span>'
        f"<span>环节 <b>{verbatim.markup(opened.state_words)}</b>{since}</span>"
        f"{_deadline(opened, now)}{demo}</p>"
        f'<details class="dc-still-folded"><summary>更多</summary>{still}</details>{_findings_bar(opened)}</header>'
    )
    repin_notices(opened)
    if opened.level == "province" and opened.direct:
        st.info("该县没有地市级，由省级一并作基础评价和实地评估；申报表的市级意见栏留空（本工具读法）。")


def _deadline(opened: OpenedSubmission, now: datetime) -> str:
    due = deadline_of(opened.snapshot.record, opened.snapshot.round, opened.snapshot.open_return, now)
    if due is None:
        return ""
    left = f"还有{due.days_left}天" if due.days_left >= 0 else f"已过{-due.days_left}天"
    words = f"{due.what} {due.day.isoformat()}，{left}"
    if due.days_left < _SOON:
        return labels.tag(words, "notice")
    return f"<span>{verbatim.markup(words)}</span>"


def _findings_bar(opened: OpenedSubmission) -> str:
    if opened.review_level is None:
        return ""
    total = len(opened.rows)
    done = total - len(rows_to_find(opened.snapshot, opened.review_level))
    share = 100 * done // total if total else 0
    return (
        f'<div class="dc-bar"><span class="dc-bar-name">已认定 {done}/{total}</span>'
        f'<span class="dc-bar-track" role="img" aria-label="已认定 {done} 项，共 {total} 项" '
        f'style="background:#eef2f6"><span class="dc-s-met" style="width:{share}%"></span></span>'
        f'<span class="dc-bar-count">尚余 {total - done} 项</span></div>'
    )
