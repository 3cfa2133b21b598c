"""Filling in a clause at a time: how far each clause is, and the way on, taken only when asked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.local.profile import DocumentProfile, LocalCheck
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.save_notice import save_notice
from ui.components.local.filling import Onward, filling, unjudged
from ui.components.local.narrowing import Sight, seen, to_fill_in


def by_clause(desk: StoredForms, document: DocumentProfile, in_sight: Sight) -> None:
    """The strip of clauses, and the one that is open. It stays open though all of it be answered now."""
    place = desk.place("local-at", document.policy.id)
    every = {clause.id: held for clause, held in document.by_clause()}
    within: dict[str, list[LocalCheck]] = {}
    for check in in_sight.within:
        within.setdefault(check.clause.id, []).append(check)
    if not within:
        st.html('<p class="dc-quiet">没有这样的承诺。可以在“范围”中改看全部。</p>')
        return
    ids = list(within)
    moved = _moved_on(desk, place)
    here = st.session_state.get(place)
    if here not in within:
        here = next((one for one in ids if any(seen(check, in_sight.shown) for check in within[one])), ids[0])
    here = _strip(place, ids, here, {one: _progress(one, held) for one, held in within.items()})
    if moved:
        save_notice(desk)
        unjudged(desk, document)
    shown = _held_in_sight(place, here, in_sight, within[here])
    if not shown:
        st.html('<p class="dc-quiet">这一条没有这样的承诺，已填的可在“显示”中选“全部”查看。</p>')
    after = [*ids[ids.index(here) + 1 :], *ids[: ids.index(here)]]
    onward = next((one for one in after if any(to_fill_in(check) for check in within[one])), None)
    on = None if onward is None else Onward(onward, lambda: _will_move(desk, place, onward))
    filling(desk, document, every[here], shown, on)
    st.session_state.pop(f"{place}|then", None)


def _progress(clause: str, held: Sequence[LocalCheck]) -> str:
    done = sum(not to_fill_in(one) for one in held)
    return verbatim.markdown(f"{clause} {'✓' if done == len(held) else f'{done}/{len(held)}'}")


def _strip(place: str, ids: Sequence[str], here: str, words: Mapping[str, str]) -> str:
    # 键里有所在的条：从别处来时随之改变
    chosen = st.pills(
        "条款（已填/共有）",
        ids,
        default=here,
        format_func=words.__getitem__,
        key=f"{place}|local-clause|{here}",
        required=True,
    )
    if chosen in words and chosen != here:
        st.session_state[place] = chosen
        st.rerun()
    st.session_state[place] = here
    return here


def _held_in_sight(place: str, here: str, in_sight: Sight, held: Sequence[LocalCheck]) -> list[LocalCheck]:
    """What is asked for, and what was when the clause was opened: nothing goes from under the hand by being saved."""
    asked = (here, in_sight.shown, in_sight.scope)
    now = {check.id for check in held if seen(check, in_sight.shown)}
    before, kept = st.session_state.get(f"{place}|sight", (None, set()))
    ids = now | kept if before == asked else now
    st.session_state[f"{place}|sight"] = (asked, ids)
    return [check for check in held if check.id in ids]


def _will_move(desk: StoredForms, place: str, onward: str) -> None:
    """Note where to go once the save that was asked for has succeeded; forgotten where it has not."""
    st.session_state[f"{place}|then"] = (onward, desk.saved)


def _moved_on(desk: StoredForms, place: str) -> bool:
    onward, before = st.session_state.pop(f"{place}|then", (None, None))
    if onward is None or desk.saved is None or desk.saved is before:
        return False
    st.session_state[place] = onward
    return True
