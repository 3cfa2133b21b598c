"""The numbered items of a 退回补正: listed from the findings 需补正, added to and edited by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import streamlit as st

from scoring.submission import FORM_LABELS, ReviewLevel
from storage.clock import local_date
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.review.changes import item_name
from workflow.procedure.findings import correction_items
from workflow.procedure.guards import MoveRequest, RequestedItem
from workflow.targets import Target

# 文件没有规定补正期限；十五天只是预填，由退回机关改定。
_DAYS = 15


@dataclass(frozen=True, slots=True)
class _EditedItem:
    """An item being edited; ``number`` names its widgets and never changes."""

    number: int
    item: RequestedItem


def return_items(opened: OpenedSubmission, level: ReviewLevel, now: datetime) -> MoveRequest:
    """The editor of the items; returns what is typed, which `workflow.procedure.guards` checks."""
    place = opened.place("move", "return")
    lines = _lines(opened, level, place)
    remaining: list[_EditedItem] = []
    for at, line in enumerate(lines, start=1):
        edited = _line(opened, place, at, line)
        if edited is not None:
            remaining.append(edited)
    adding, listing, _ = st.columns([2, 3, 3])
    if adding.button("增加一项", key=f"{place}|add", width="stretch"):
        remaining.append(_EditedItem(max((line.number for line in lines), default=0) + 1, RequestedItem("", "")))
        st.session_state[f"{place}|lines"] = remaining
        st.rerun()
    if listing.button("按“需补正”的认定重新列出", key=f"{place}|again", width="stretch"):
        _forget(place)
        st.rerun()
    if len(remaining) != len(lines):
        st.session_state[f"{place}|lines"] = remaining
        st.rerun()
    due, reason = st.columns([1, 3])
    until = due.date_input(
        "补正期限",
        local_date(now) + timedelta(days=_DAYS),
        format="YYYY-MM-DD",
        help="文件没有规定期限，预填十五天，请按实际改定。",
        key=f"{place}|due",
        persist_state="session",
    )
    words = reason.text_area("总的说明（可不填）", key=f"{place}|reason", height=80, persist_state="session")
    return MoveRequest(
        reason=words, items=tuple(line.item for line in remaining), due=until if isinstance(until, date) else None
    )


def _lines(opened: OpenedSubmission, level: ReviewLevel, place: str) -> list[_EditedItem]:
    key = f"{place}|lines"
    if key not in st.session_state:
        items = correction_items(opened.snapshot, level)
        st.session_state[key] = [_EditedItem(number, item) for number, item in enumerate(items, start=1)]
    lines: list[_EditedItem] = st.session_state[key]
    if not lines:
        st.caption("没有“需补正”的认定。请逐项增加，或先在“逐项认定”中认定“需补正”。")
    return lines


def _line(opened: OpenedSubmission, place: str, at: int, line: _EditedItem) -> _EditedItem | None:
    """One item; None when it was taken out."""
    base = f"{place}|{line.number}"
    options = ["", *opened.rows, *(str(Target.form(field)) for field in FORM_LABELS)]
    row, reason, action = st.columns([3, 6, 1], vertical_alignment="top")
    chosen = row.selectbox(
        f"第 {at} 项",
        options,
        options.index(line.item.row_id) if line.item.row_id in options else 0,
        format_func=lambda item_id: verbatim.plain(item_name(opened, item_id)) if item_id else "请选择",
        key=f"{base}|row",
        persist_state="session",
    )
    words = reason.text_area(
        f"第 {at} 项需补正的内容", line.item.reason, key=f"{base}|reason", height=80, persist_state="session"
    )
    if action.button("删除", key=f"{base}|drop", width="stretch"):
        return None
    return replace(line, item=RequestedItem(chosen, words))


def _forget(place: str) -> None:
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(f"{place}|")]:
        del st.session_state[key]
