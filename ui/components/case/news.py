"""What others have saved since, of what the person had saved: told once, where the entry is opened next.

Who saves second is told at once that both are merged (`ui.components.forms.save_notice`); this tells who saved first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from storage.clock import now
from storage.records import Entry, EntryVersion
from ui.components import verbatim
from ui.components.case.entry_words import entry_name, field_names
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms.outcome import clock_words
from workflow.submission.merging import differing
from workflow.submission.tracing import display_names, history_of
from workflow.targets import Target

_LATELY = timedelta(days=7)


def news(opened: OpenedSubmission, *targets: Target) -> None:
    """A line for each of these entries (an empty key: all of the kind); gone once another place was opened."""
    key = f"news|{opened.id}"
    told: dict[Target, int] = st.session_state.setdefault(key, {})
    others = {
        target: entry
        for target, entry in opened.snapshot.entries.items()
        if _by_another(opened, target, targets) and _lately(entry)
    }
    here = targets, {target: entry.version for target, entry in others.items()}
    last, lines = st.session_state.get(f"{key}|here", (None, ()))
    if last != here:
        fresh = {target: entry for target, entry in others.items() if told.get(target) != entry.version}
        lines = _lines(opened, fresh) if fresh else ()
        told.update(here[1])
        st.session_state[f"{key}|here"] = here, lines
    for line in lines:
        st.html(f'<p class="dc-drafted dc-verbatim" role="status">{verbatim.markup(line)}</p>')


def _by_another(opened: OpenedSubmission, target: Target, targets: Sequence[Target]) -> bool:
    asked = target in targets or any(not wanted.key and wanted.kind == target.kind for wanted in targets)
    return asked and opened.snapshot.entries[target].updated_by != opened.person.username


def _lately(entry: Entry) -> bool:
    return now() - entry.updated_at < _LATELY


def _lines(opened: OpenedSubmission, fresh: dict[Target, Entry]) -> tuple[str, ...]:
    own: dict[Target, EntryVersion] = {}
    for line in history_of(opened.office, opened.person, opened.id, list(fresh)):
        if line.by == opened.person.username:
            own[Target.of(line)] = line
    names = display_names(opened.office, {entry.updated_by for entry in fresh.values()}) if own else {}
    lines = []
    for target, entry in fresh.items():
        mine = own.get(target)
        paths = differing(target, mine.body, entry.body) if mine is not None and not mine.removed else ()
        if mine is not None and paths:
            who, when = names[entry.updated_by], clock_words(entry.updated_at)
            fields = field_names(opened, target, paths, entry.body, mine.body)
            lines.append(f"{entry_name(opened, target)}：{who}（{when}）在您之后保存，与您保存的内容合并：{fields}。")
    return tuple(lines)
