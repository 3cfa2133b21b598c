"""办理经过: every move with who, when and why, what was found in one act, every change of the round's rules."""

from __future__ import annotations

import streamlit as st

from storage.records import Move, Return
from ui.components import labels
from ui.components.case.repins import repin_line
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import clock_words
from ui.components.table import line, table
from ui.components.table_links import table_links
from workflow.procedure.past import FoundTogether, found_together
from workflow.procedure.reviewing import corrections_made
from workflow.procedure.transitions import TRANSITIONS
from workflow.states import State, state_label
from workflow.submission.tracing import display_names, moves_made

_LABELS = {(row.move, row.source.value): row.label for row in TRANSITIONS}


def move_history(forms: StoredForms) -> None:
    """The table, oldest first; nothing where there is no move yet."""
    moves = forms.once("moves", lambda: moves_made(forms.office, forms.person, forms.id))
    taken = forms.snapshot.repins
    if not moves and not taken:
        return
    st.subheader("办理经过", anchor=False)
    found = forms.once("found together", lambda: found_together(forms.past)) if forms.review_level else {}
    by = (*(move.by for move in moves.values()), *(change.by for change in taken), *(act.by for act in found.values()))
    names = display_names(forms.office, by)
    corrected = forms.once("returned", lambda: corrections_made(forms.office, forms.person, forms.id))
    returned = {notice.created_at: notice for notice, _ in corrected}
    written = {
        at: _line(move, names[move.by], returned.get(move.at), direct=forms.direct) for at, move in moves.items()
    }
    written |= {change.seq: repin_line(change, names[change.by]) for change in taken}
    written |= {at: _found_line(act, names[act.by]) for at, act in found.items()}
    lines = (written[at] for at in sorted(written))
    st.html(table(("时间", "办理", "办理人", "进入环节", "理由"), lines, "dc-verbatim"))
    table_links("moves", "办理经过", s=forms.id)


def _found_line(act: FoundTogether, who: str) -> str:
    """What a level found in one act: one line, whatever it held."""
    what = f"{labels.word('levels', act.level)}：{len(act.row_ids)} 项，{'、'.join(act.row_ids)}"
    return line((clock_words(act.at), "一并认定", who, "", what))


def _line(move: Move, who: str, returned: Return | None, *, direct: bool) -> str:
    """A table row; for a return also the number of its items and when they are due."""
    state = state_label(State(move.to_state), has_prefecture=not direct)
    label = _LABELS.get((move.move, move.from_state), move.move)
    words = [move.reason] if move.reason else []
    if returned is not None:
        words.append(f"须补正 {len(returned.items)} 项")
        words += [f"期限 {returned.due.isoformat()}"] if returned.due else []
    return line((clock_words(move.at), label, who, state, "；".join(words)))
