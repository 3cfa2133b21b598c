"""Before 办理: where this county was ruled otherwise than others with the same figures, and what habits show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from scoring.submission import ReviewLevel
from ui import navigation
from ui.components import places, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.consistency.page import finding_word
from workflow.overview.consistency import Habit, Ruling, against_others, habits, rulings
from workflow.overview.waiting import reviewing_level
from workflow.words.figures import figures_told

_LISTED = 12


def out_of_line(opened: StoredForms, level: ReviewLevel) -> None:
    """Nothing where nothing is, or it is not this level's turn; it stands in the way of no move."""
    if reviewing_level(opened.snapshot.record) != level:
        return
    told = rulings(opened.office, opened.person, opened.snapshot.round.id, level)
    own = {one.by for one in told if one.record.id == opened.id}
    lines = [*_rows(opened, told), *(words for one in habits(told) if one.by in own for words in _habit(one))]
    if lines:
        head = "办理以前请再看一眼（与本级对其他县的认定相比，只供参考）："
        items = "".join(f"<li>{line}</li>" for line in lines)
        st.html(f'<div class="dc-waiting dc-verbatim"><p>{head}</p><ul>{items}</ul></div>')


def _rows(opened: StoredForms, told: Sequence[Ruling]) -> Iterator[str]:
    page = navigation.place_of("read", opened.person.role)
    found = [one for one in against_others(told, opened.id) if one[0].row_id in opened.rows]
    for own, otherwise, others in found[:_LISTED]:
        shown = opened.rows[own.row_id]
        row = shown.first
        name = verbatim.markup(own.row_id)
        if page is not None:
            name = places.link(places.address(page, {"s": str(opened.id), "row": own.row_id}), own.row_id)
        other = "没有认定通过" if own.passes else "认定通过"
        figures = figures_told(row, shown.measures(), own.figures)
        words = f"所填数据（{figures}）相同的其他 {others} 县，{otherwise} 县{other}"
        yield f"{name} 本县认定{verbatim.markup(f'“{finding_word(row, own.finding)}”，{words}')}"
    if len(found) > _LISTED:
        yield f"另有 {len(found) - _LISTED} 项，见“矩阵”页“一致性”。"


def _habit(one: Habit) -> Iterator[str]:
    who = verbatim.markup(one.by)
    if one.always_met:
        yield f"{who}对 {one.counties} 县的 {one.total} 项全部认定通过。"
    if one.never_a_reason:
        yield f"{who}认定的 {one.total} 项都没有写理由。"
