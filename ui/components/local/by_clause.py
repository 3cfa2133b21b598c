"""Filling in clause by clause: the strip of clauses with their progress, the open clause, the step to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.local.profile import DocumentProfile, LocalCheck
from ui.components import verbatim
from ui.components.case.news import news
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.save_notice import save_notice
from ui.components.local.check_filter import CheckFilter, is_shown, to_fill_in
from ui.components.local.clause_form import NextClause, clause_form, unjudged_notice
from workflow.submission.local_assigning import key_of
from workflow.targets import Target


def by_clause(forms: StoredForms, document: DocumentProfile, selection: CheckFilter) -> None:
    """The strip of clauses and the open one, which stays open when all of it is answered."""
    place = forms.place("local-at", document.policy.id)
    every = {clause.id: checks for clause, checks in document.by_clause()}
    within: dict[str, list[LocalCheck]] = {}
    for check in selection.within:
        within.setdefault(check.clause.id, []).append(check)
    if not within:
        st.html('<p class="dc-quiet">没有这样的承诺。可以在“范围”中改看全部。</p>')
        return
    ids = list(within)
    moved = _moved_on(place)
    here = st.session_state.get(place)
    if here not in within:
        in_filter = [name for name in ids if any(is_shown(check, selection.shown) for check in within[name])]
        here = in_filter[0] if in_filter else ids[0]
    here = _strip(place, ids, here, {clause_id: _progress(clause_id, checks) for clause_id, checks in within.items()})
    if moved:
        save_notice(forms)
        unjudged_notice(forms, document)
    shown = _checks_shown(place, here, selection, within[here])
    if not shown:
        st.html('<p class="dc-quiet">这一条没有这样的承诺，已填的可在“显示”中选“全部”查看。</p>')
    after = [*ids[ids.index(here) + 1 :], *ids[: ids.index(here)]]
    next_id = next((clause_id for clause_id in after if any(to_fill_in(check) for check in within[clause_id])), None)
    next_clause = None if next_id is None else NextClause(next_id, lambda: _will_move(place, next_id))
    news(forms, *(Target("local", key_of(check)) for check in shown))
    own_fragment(forms, lambda: clause_form(forms, document, every[here], shown, next_clause))


def _progress(clause: str, checks: Sequence[LocalCheck]) -> str:
    done = sum(not to_fill_in(check) for check in checks)
    return verbatim.markdown(f"{clause} {'✓' if done == len(checks) else f'{done}/{len(checks)}'}")


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


def _checks_shown(place: str, here: str, selection: CheckFilter, checks: Sequence[LocalCheck]) -> list[LocalCheck]:
    """The checks in the chosen filter now or when the clause was opened: saving one does not make it vanish."""
    choice = (here, selection.shown, selection.scope)
    now = {check.id for check in checks if is_shown(check, selection.shown)}
    former_choice, former_ids = st.session_state.get(f"{place}|sight", (None, set()))
    ids = now | former_ids if former_choice == choice else now
    st.session_state[f"{place}|sight"] = (choice, ids)
    return [check for check in checks if check.id in ids]


def _will_move(place: str, next_id: str) -> None:
    """Note which clause to open: the save that leads there has succeeded."""
    st.session_state[f"{place}|then"] = next_id


def _moved_on(place: str) -> bool:
    next_id = st.session_state.pop(f"{place}|then", None)
    if next_id is None:
        return False
    st.session_state[place] = next_id
    return True
