"""What became of a write: saved and durable, refused with every reason, or a conflict (`ui.components.forms.conflict`).

Kept in the session until the next write of the same place, so that it is still there after the rerun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from storage.canonical import Json
from storage.clock import BEIJING
from ui.components import verbatim
from workflow.errors import Conflict, Refused
from workflow.submission.saving import Saved

if TYPE_CHECKING:
    from ui.components.forms.form import Form
    from ui.components.forms.pad import EntryName

UNCHANGED = "没有改动，未另存"


@dataclass(frozen=True, slots=True)
class Standoff:
    """A save that somebody else's came before: what it was of, and what was typed and unsaved in the form then."""

    conflict: Conflict
    what: str
    typing: Mapping[tuple[EntryName, str], Json]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What the last write at one place came to; exactly one of the first three is set.

    ``faults``: the fields a refusal is about, by key, with what stood in them. ``warnings``: what may name somebody.
    """

    saved: str | None = None
    refused: tuple[str, ...] = ()
    conflict: Standoff | None = None
    faults: Mapping[str, Json] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def clock_words(at: datetime) -> str:
    """An instant as a person in China reads it."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def attempt(place: str, action: Callable[[], object], saved: str, at: datetime, *, verb: str = "已保存") -> bool:
    """Run a use case and keep its outcome under ``place``; True when it was written.

    Shown then: ``verb``, ``saved`` and the time, as in 已保存：分工; where nothing was changed, that instead.
    """
    try:
        returned = action()
    except Refused as error:
        st.session_state[_key(place)] = WriteOutcome(refused=error.reasons)
    except Conflict as error:
        names = "、".join(dict.fromkeys(clash.target.label for clash in error.clashes))
        told = f"您打开本页以后，{error.first}先保存了{names}。请刷新本页，按现有内容核对后再办理。"
        st.session_state[_key(place)] = WriteOutcome(refused=(told,))
    else:
        done = UNCHANGED if isinstance(returned, Saved) and returned.unchanged else verb
        warnings = returned.warnings if isinstance(returned, Saved) else ()
        st.session_state[_key(place)] = WriteOutcome(f"{done}：{saved}（{clock_words(at)}）", warnings=warnings)
        return True
    return False


def forget(place: str) -> None:
    """Drop what is kept of that place's last write."""
    st.session_state.pop(_key(place), None)


def outcome(place: str, *, what: str = "办理") -> None:
    """Show what the last write at that place came to: a line when saved, the reasons when refused; else nothing.

    ``what`` was not done, in words.
    """
    last: WriteOutcome | None = st.session_state.get(_key(place))
    if last is None:
        return
    if last.saved is not None:
        st.html(f'<p class="dc-saved" role="status">{verbatim.markup(last.saved)}</p>')
    look_again(last.warnings)
    if last.refused:
        show_refusal(last.refused, what)


def look_again(warnings: tuple[str, ...]) -> None:
    """What of the saved may name somebody: it is saved, and to be looked at once more."""
    if warnings:
        items = "".join(f"<li>{verbatim.markup(warning)}</li>" for warning in warnings)
        head = "<p>下列各处可能涉及个人信息（不影响保存）：</p>"
        st.html(f'<div class="dc-look-again dc-verbatim" role="status">{head}<ul>{items}</ul></div>')


def show_refusal(reasons: tuple[str, ...], what: str = "办理") -> None:
    """A refusal's sentences as a list; what was typed is still there."""
    items = "".join(f"<li>{verbatim.markup(reason)}</li>" for reason in reasons)
    head = f"<p>没有{what}，已填的内容都在：</p>"
    st.html(f'<div class="dc-slips" role="alert">{head}<ul class="dc-verbatim">{items}</ul></div>')


def place_of(form: Form) -> str:
    """Under which the outcome of a form's last press is kept."""
    return "|".join((form.pad.scope, *form.entry))


def keep(place: str, became: WriteOutcome) -> None:
    """Keep what became of a press at that place until the next one there."""
    st.session_state[_key(place)] = became


def conflict_at(place: str) -> Standoff | None:
    """What the last press at that place would have written, had nobody saved first; None when nothing clashed."""
    last: WriteOutcome | None = st.session_state.get(_key(place))
    return None if last is None else last.conflict


def faults_at(place: str) -> Mapping[str, Json]:
    """The fields that the last press at that place was refused for, by key, with what stood in them."""
    last: WriteOutcome | None = st.session_state.get(_key(place))
    return {} if last is None else last.faults


def was_refused(place: str) -> bool:
    """Whether the last press at that place was refused."""
    last: WriteOutcome | None = st.session_state.get(_key(place))
    return last is not None and bool(last.refused)


def _key(place: str) -> str:
    return f"outcome|{place}"
