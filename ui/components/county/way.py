"""The way so far: every move with who, when and why; and the open return's numbered items."""

from __future__ import annotations

import streamlit as st

from indicators.model import Indicator
from storage.records import Move, ReturnItem
from ui import navigation
from ui.components import labels, verbatim
from ui.components.county.desk import Desk
from ui.components.county.entry_words import name_of
from ui.components.outcome import clock_words
from workflow.states import STATE_LABELS, State
from workflow.tracing import moves_made, names_of
from workflow.transitions import TRANSITIONS

_LABELS = {(row.move, row.source.value): row.label for row in TRANSITIONS}
LEVELS = {"prefecture": "市级", "province": "省级"}


def way(desk: Desk) -> None:
    """A table, oldest first."""
    made = moves_made(desk.office, desk.person, desk.id)
    if not made:
        return
    st.subheader("办理经过", anchor=False)
    names = names_of(desk.office, (move.by for move in made))
    lines = "".join(_line(move, names[move.by]) for move in made)
    head = "<tr><th>时间</th><th>办理</th><th>办理人</th><th>进入环节</th><th>理由</th></tr>"
    st.html(f'<table class="dc-table dc-verbatim"><thead>{head}</thead><tbody>{lines}</tbody></table>')


def _line(move: Move, who: str) -> str:
    label = _LABELS.get((move.move, move.from_state), move.move)
    return (
        f"<tr><td>{clock_words(move.at)}</td><td>{verbatim.markup(label)}</td><td>{verbatim.markup(who)}</td>"
        f"<td>{STATE_LABELS[State(move.to_state)]}</td><td>{verbatim.markup(move.reason or '')}</td></tr>"
    )


def return_item(desk: Desk, row_id: str) -> ReturnItem | None:
    """What the open return says of a row or form field."""
    found = desk.opened.open_return
    return next((item for item in found.items if item.row_id == row_id), None) if found else None


def returned_items(desk: Desk) -> None:
    """What the open return lists: number, what, why, until when, each leading to its place."""
    found = desk.opened.open_return
    if found is None or desk.opened.state is not State.RETURNED:
        return
    due = f"，请于 {found.due.isoformat()} 前补正" if found.due else ""
    st.subheader(f"{LEVELS.get(found.level, '')}退回补正（{len(found.items)} 项{due}）", anchor=False)
    for item in found.items:
        link, words = st.columns([1, 6], vertical_alignment="center")
        kind, slash, key = item.row_id.partition("/")
        page, query = (navigation.APPLICATION, {}) if slash else (navigation.ASSESS, {"row": item.row_id})
        label = name_of(desk, kind, key) if slash else labels.row_name(_row(desk, item.row_id))
        link.page_link(page.script, label=label, query_params={"s": str(desk.id), **query})
        words.html(f'<p class="dc-waiting dc-verbatim">第 {item.number} 项：{verbatim.markup(item.reason)}</p>')


def _row(desk: Desk, row_id: str) -> Indicator:
    return next(row for standard in desk.standards for row in standard.rows() if row.id == row_id)


def returned_note(desk: Desk, row_id: str) -> None:
    """Beside what is to be mended: the item's number, reason and the date it is due."""
    item, found = return_item(desk, row_id), desk.opened.open_return
    if item is None or found is None:
        return
    due = f"，请于 {found.due.isoformat()} 前补正" if found.due else ""
    st.html(
        f'<div class="dc-returned"><p><b>{LEVELS.get(found.level, "")}退回补正第 {item.number} 项</b>{due}</p>'
        f'<p class="dc-verbatim">{verbatim.markup(item.reason)}</p></div>'
    )
