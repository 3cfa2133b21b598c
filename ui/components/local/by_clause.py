"""Filling in a clause at a time, with the way to the one before and after: the page moves on only when asked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.local import DocumentProfile, LocalCheck
from ui.components import verbatim
from ui.components.county.desk import Desk
from ui.components.local.filling import filling, form_of
from ui.components.local.table import OPEN
from ui.components.local.words import clause_title

_BACK, _ON = "上一条", "下一条"


def by_clause(desk: Desk, document: DocumentProfile, shown: str, checks: Sequence[LocalCheck]) -> None:
    """``checks``: those of the choice ``shown``. The clause that is open stays, though all of it be answered now."""
    every = {clause.id: held for clause, held in document.by_clause()}
    counts = {one: sum(check.clause.id == one for check in checks) for one in every}
    place = desk.place("local-at", document.policy.id, shown)
    here = st.session_state.get(place)
    ids = [one for one in every if counts[one] or one == here]
    if not ids:
        st.html('<p class="dc-quiet">没有这样的承诺。可以在“显示”中改看其他的。</p>')
        return
    here = _steps(place, ids, here if here in ids else ids[0], {i: _option(every[i][0], counts[i]) for i in ids})
    whole = every[here]
    filling(desk, document, whole, [one for one in whole if _in_sight(one, shown)])
    _onward(desk, place, ids, here, whole)


def _in_sight(one: LocalCheck, shown: str) -> bool:
    """By kind rather than state, so that nothing goes from under the hand when it is saved."""
    if shown == OPEN:
        return one.commitment.kind != "duty" or one.state == shown
    return shown != "needs_judgement" or one.commitment.kind == "duty" or one.state == shown


def _option(one: LocalCheck, count: int) -> str:
    return verbatim.plain(f"{clause_title(one)}（{count}）")


def _steps(place: str, ids: Sequence[str], here: str, words: Mapping[str, str]) -> str:
    at = ids.index(here)
    choice, back, on = st.columns([8, 1, 1], vertical_alignment="bottom")
    # 键里有所在的条：从别处来时随之改变
    chosen = choice.selectbox("条款", ids, at, format_func=words.__getitem__, key=f"{place}|local-clause|{here}")
    if back.button(_BACK, key=f"{place}|back", disabled=at == 0, width="stretch"):
        _go(place, ids[at - 1])
    if on.button(_ON, key=f"{place}|on", disabled=at == len(ids) - 1, width="stretch"):
        _go(place, ids[at + 1])
    if chosen != here:
        _go(place, chosen)
    st.session_state[place] = here
    return here


def _onward(desk: Desk, place: str, ids: Sequence[str], here: str, whole: Sequence[LocalCheck]) -> None:
    """After a save of this clause: the way on, never taken by itself."""
    at = ids.index(here)
    saved = desk.saved is not None and desk.saved.form == form_of(whole[0])
    if saved and at + 1 < len(ids) and st.button(f"去{_ON}", key=f"{place}|onward"):
        _go(place, ids[at + 1])


def _go(place: str, clause: str) -> None:
    st.session_state[place] = clause
    st.rerun()
