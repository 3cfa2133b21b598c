"""What became of a write: saved and durable, refused with every reason, or a conflict with both texts and a choice.

Kept in the session until the next write of the same place, so that it is still there after the rerun.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import streamlit as st

from storage.canonical import Json
from storage.clock import BEIJING
from ui.components import verbatim
from ui.office import office
from workflow.errors import Clash, Conflict, Refused
from workflow.submission.saving import Saved
from workflow.submission.tracing import display_names
from workflow.targets import Target

if TYPE_CHECKING:
    from ui.components.forms.form import Form

UNCHANGED = "没有改动，未另存"
Choice = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What the last write at one place came to; exactly one of the three is set."""

    saved: str | None = None
    refused: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()


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
        st.session_state[_key(place)] = WriteOutcome(clashes=error.clashes)
    else:
        done = UNCHANGED if isinstance(returned, Saved) and returned.unchanged else verb
        st.session_state[_key(place)] = WriteOutcome(saved=f"{done}：{saved}（{clock_words(at)}）")
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
    if last.refused:
        show_refusal(last.refused, what)


def show_refusal(reasons: tuple[str, ...], what: str = "办理") -> None:
    """A refusal's sentences as a list; what was typed is still there."""
    items = "".join(f"<li>{verbatim.markup(reason)}</li>" for reason in reasons)
    head = f"<p>没有{what}，已填的内容都在：</p>"
    st.html(f'<div class="dc-slips" role="alert">{head}<ul class="dc-verbatim">{items}</ul></div>')


def place_of(form: Form) -> str:
    """Under which the outcome of a form's last press is kept."""
    return "|".join((form.pad.scope, *form.entry))


def keep(
    place: str, *, saved: str | None = None, refused: tuple[str, ...] = (), clashes: tuple[Clash, ...] = ()
) -> None:
    """Keep what became of a press at that place until the next one there."""
    st.session_state[_key(place)] = WriteOutcome(saved, refused, clashes)


def clashes(place: str) -> tuple[Clash, ...]:
    """What clashes at that place; empty when nothing does."""
    last: WriteOutcome | None = st.session_state.get(_key(place))
    return () if last is None else last.clashes


def was_refused(place: str) -> bool:
    """Whether the last press at that place was refused."""
    last: WriteOutcome | None = st.session_state.get(_key(place))
    return last is not None and bool(last.refused)


def conflict(place: str, words: Callable[[Target, Json], str]) -> Choice | None:
    """Both texts side by side and the choice between them; None while there is no conflict or no choice yet.

    ``words`` turns an entry's body (None = taken out) into text to compare.
    """
    clashing = clashes(place)
    if not clashing:
        return None
    st.html('<p class="dc-slips" role="alert">没有保存：您打开本页以后，他人已先保存。两份内容都在下面，请选择。</p>')
    names = display_names(office(), {clash.updated_by for clash in clashing if clash.updated_by})
    for clash in clashing:
        mine, theirs = st.columns(2)
        with mine:
            _text("您填写的", words(clash.target, clash.yours))
        with theirs:
            _text(f"他人已保存的（{names.get(clash.updated_by, '已删除')}）", words(clash.target, clash.current))
    keep_mine, take = st.columns(2)
    if keep_mine.button("保存我的，替换他人的", key=f"{place}-mine", width="stretch"):
        return "mine"
    if take.button("采用他人的，放弃我的", key=f"{place}-theirs", width="stretch"):
        return "theirs"
    return None


def _text(title: str, words: str) -> None:
    st.html(
        f'<article class="dc-detail"><h3>{verbatim.markup(title)}</h3>'
        f'<blockquote class="dc-statement dc-verbatim">{verbatim.markup(words)}</blockquote></article>'
    )


def _key(place: str) -> str:
    return f"outcome|{place}"
