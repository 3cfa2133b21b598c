"""Figures that moved far since the earlier round, for the county and for who reviews it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.entry.jumps import JUMP, Jump, jumps_in_facts, jumps_in_row
from scoring.wording import plain
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.rows.row import Row


def jumps_at_row(case: OpenedSubmission, row: Row) -> None:
    """Nothing where nothing moved so far, or nothing was carried over."""
    said, now = case.carried.said, case.submission
    if said is None:
        return
    was = (said.vetoes if row.veto else said.answers).get(row.id)
    given = (now.vetoes if row.veto else now.answers).get(row.id)
    if was is not None and given is not None:
        _told(case, jumps_in_row(row.measures(), was, given))


def jumps_at_facts(case: OpenedSubmission) -> None:
    """Of 县情."""
    said = case.carried.said
    if said is not None:
        facts = {fact.id: fact for standard in case.standards for fact in standard.facts.values()}
        _told(case, jumps_in_facts(facts.values(), said.facts, case.submission.facts))


def _told(case: OpenedSubmission, jumps: Sequence[Jump]) -> None:
    if not jumps:
        return
    head = f"与“{verbatim.markup(case.carried.title)}”相比变动超过{JUMP:.0%}，请核对（只是提醒，不影响结论）："
    lines = "".join(f"<li>{verbatim.markup(_words(jump))}</li>" for jump in jumps)
    mark = labels.tag("本工具提醒", "tool")
    st.html(f'<div class="dc-returned"><p>{mark}{head}</p><ul class="dc-verbatim">{lines}</ul></div>')


def _words(jump: Jump) -> str:
    change = "" if jump.change is None else f"（{jump.change:+.1%}）"
    return f"{jump.label}：{plain(jump.before)} → {plain(jump.now)}{change}"
