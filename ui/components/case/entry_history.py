"""历史: who changed an entry when, and what; an earlier version can be made to stand again. Read when asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from storage.canonical import Json
from storage.records import EntryVersion
from ui.components import verbatim
from ui.components.case.entry_changes import before_and_after
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms.outcome import clock_words
from ui.components.forms.submission_forms import Earlier
from workflow.submission.tracing import display_names, history_of
from workflow.targets import Target
from workflow.words.entries import entry_name

_AT_A_TIME = 10


@dataclass(frozen=True, slots=True)
class _Step:
    """One version beside the one before it. ``standing``: what stands of the entry, in which version (0: nothing)."""

    line: EntryVersion
    before: Json
    after: Json
    standing: tuple[Json, int]

    @property
    def target(self) -> Target:
        return Target.of(self.line)


def entry_history(opened: OpenedSubmission, targets: Collection[Target]) -> Earlier | None:
    """The switch, and behind it the versions, newest first; the one the person wants back.

    ``targets``: one entry, several, or with an empty key all of a kind.
    """
    place = opened.place("history", *targets)
    if not st.toggle("历史（谁、何时、改了什么）", key=place):
        return None
    steps = _steps(history_of(opened.office, opened.person, opened.id, targets))
    if not steps:
        st.caption("没有可供查看的记录。")
    names = display_names(opened.office, {step.line.by for step in steps})
    shown: int = st.session_state.get(f"{place}|shown", _AT_A_TIME)
    several = len(targets) > 1 or not all(target.key for target in targets)
    for step in steps[:shown]:
        _step(opened, step, place, names[step.line.by], several=several)
    if len(steps) > shown:
        words = f"更早的（还有 {len(steps) - shown} 次）"
        st.button(words, key=f"{place}|more", on_click=_show, args=(place, shown + _AT_A_TIME))
    wish: Earlier | None = st.session_state.pop(f"{place}|wish", None)
    return wish


def _steps(lines: Sequence[EntryVersion]) -> list[_Step]:
    """Newest first. ``lines``: in the order in which they were written."""
    last = {Target.of(line): line for line in lines}
    standing = {t: (None, 0) if line.removed else (line.body, line.version) for t, line in last.items()}
    before: dict[Target, Json] = {}
    steps = []
    for line in lines:
        target, after = Target.of(line), None if line.removed else line.body
        steps.append(_Step(line, before.get(target), after, standing[target]))
        before[target] = after
    return steps[::-1]


def _step(opened: OpenedSubmission, step: _Step, place: str, who: str, *, several: bool) -> None:
    line, (body, version) = step.line, step.standing
    with st.container(border=True):
        words, button = st.columns([5, 2], vertical_alignment="center")
        name = f"{entry_name(opened, step.target)}　" if several else ""
        stands = "，现行" if line.version == version else ""
        words.html(
            f'<p class="dc-field"><b>{verbatim.markup(f"{name}{who}")}</b>'
            f"<small>{clock_words(line.at)}，第 {line.version} 版{stands}</small></p>"
        )
        if step.after is not None and step.after != body and opened.snapshot.why_not(step.target) is None:
            what = f"{entry_name(opened, step.target)}（恢复 {clock_words(line.at)} 的第 {line.version} 版）"
            button.button(
                "恢复这一版",
                key=f"{place}|restore|{step.target}|{line.version}",
                on_click=_want,
                args=(place, Earlier(step.target, step.after, version, what)),
                width="stretch",
            )
        before_and_after(opened, step.target, step.before, step.after)


def _show(place: str, steps: int) -> None:
    st.session_state[f"{place}|shown"] = steps


def _want(place: str, earlier: Earlier) -> None:
    """Runs before the page is drawn anew, with what the person saw: also which version stood then."""
    st.session_state[f"{place}|wish"] = earlier
