"""What others saved since, of what the person had saved: told once, where the entry is opened next, on any machine.

Who saves second is told at once that both are merged (`ui.components.forms.save_notice`); this tells who saved first.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from storage.clock import now
from storage.records import Entry, EntryVersion
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import clock_words
from workflow.drafting.others import KEPT_AFTER
from workflow.submission.merging import differing
from workflow.submission.tracing import display_names, history_of
from workflow.targets import Target
from workflow.words.entries import entry_name, field_names


def news(opened: StoredForms, *targets: Target) -> None:
    """A line for each of these entries (an empty key: all of the kind); gone once another place was opened."""
    key = f"news|{opened.id}"
    read: dict[Target, int] = st.session_state.setdefault(key, {})  # by this session, whether or not it was news
    others = {
        target: entry
        for target, entry in opened.snapshot.entries.items()
        if _by_another(opened, target, targets) and _lately(entry)
    }
    here = targets, {target: entry.version for target, entry in others.items()}
    last, lines = st.session_state.get(f"{key}|here", (None, ()))
    if last != here:
        fresh = {
            target: entry
            for target, entry in others.items()
            if entry.version not in (read.get(target), opened.pad.told(str(target)))
        }
        found = _lines(opened, fresh) if fresh else {}
        read.update(here[1])
        lines = tuple(found.values())
        st.session_state[f"{key}|here"] = here, lines
        opened.pad.tell({str(target): fresh[target].version for target in found})
    for line in lines:
        st.html(f'<p class="dc-drafted dc-verbatim" role="status">{verbatim.markup(line)}</p>')


def _by_another(opened: StoredForms, target: Target, targets: Sequence[Target]) -> bool:
    asked = target in targets or any(not wanted.key and wanted.kind == target.kind for wanted in targets)
    return asked and opened.snapshot.entries[target].updated_by != opened.person.username


def _lately(entry: Entry) -> bool:
    return now() - entry.updated_at < KEPT_AFTER  # as long as it is kept what was told


def _lines(opened: StoredForms, fresh: dict[Target, Entry]) -> dict[Target, str]:
    own: dict[Target, EntryVersion] = {}
    for line in history_of(opened.office, opened.person, opened.id, list(fresh)):
        if line.by == opened.person.username:
            own[Target.of(line)] = line
    names = display_names(opened.office, {entry.updated_by for entry in fresh.values()}) if own else {}
    lines = {}
    for target, entry in fresh.items():
        mine = own.get(target)
        paths = differing(target, mine.body, entry.body) if mine is not None and not mine.removed else ()
        if mine is not None and paths:
            who, when = names[entry.updated_by], clock_words(entry.updated_at)
            fields = field_names(opened, target, paths, entry.body, mine.body)
            changed = f"{fields}，您保存的其他内容没有变" if all(paths) else ""
            said = f"{who}（{when}）在您之后改了{changed}。"
            lines[target] = f"{entry_name(opened, target)}：{said}"
    return lines
