"""One submission of the store being filled in: read anew on every run, written through `workflow` alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from scoring.submission import Submission
from storage.canonical import Json
from storage.clock import now
from ui.components.case.entry_history import entry_history
from ui.components.case.given import given_words, known_words
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms.form import Form
from ui.components.forms.pad import EntryName, Pad, Proposed
from ui.components.forms.submission_forms import Bodies, Earlier, LastSave, Made
from ui.form_keys import for_submission
from workflow.content import bodies_of, read_content
from workflow.entries.numbering import told
from workflow.errors import OTHERS, OWN_WINDOW
from workflow.procedure.past import Past, read_past
from workflow.submission.assigning import assigned_units
from workflow.submission.saving import Closing, Edit, Merged, save
from workflow.submission.snapshot import open_submission, stamp_of
from workflow.submission.tracing import display_names
from workflow.targets import KINDS, NEW, Target
from workflow.words.entries import Line, entry_lines, entry_name, field_names

ROW = "row"
CONFIRMING = "confirming"  # the kind of the form for many findings at once; it too stands on the submission's version
MOVE = "move"  # the kind of a form with a move's reason: it writes no entry, and stands on the submission's version


@dataclass
class _Memory:
    """What the session remembers of one submission."""

    row: str | None = None
    saved: LastSave | None = None


class StoredForms(OpenedSubmission):
    """A `ui.components.forms.submission_forms.SubmissionForms` on the store."""

    @property
    def _memory(self) -> _Memory:
        memory: _Memory = st.session_state.setdefault(f"forms-{self.id}", _Memory())
        return memory

    @property
    def row(self) -> str | None:
        """The row that is open: as the address says, else as last left."""
        return st.query_params.get(ROW) or self._memory.row

    @row.setter
    def row(self, row_id: str | None) -> None:
        self._memory.row = row_id
        if row_id is not None and st.query_params.get(ROW) != row_id:
            st.query_params[ROW] = row_id

    @property
    def saved(self) -> LastSave | None:
        """The last save of this session."""
        return self._memory.saved

    @saved.setter
    def saved(self, saved: LastSave | None) -> None:
        self._memory.saved = saved

    @cached_property
    def pad(self) -> Pad:
        """What this person has typed in the submission and not saved."""
        proposed: dict[EntryName, Proposed] = {}
        for target, source in self.carried.sources.items():
            fields = tuple(f"m/{measure}" for measure in sorted(source.measures or ()))
            proposed[target] = Proposed(source.words, source.until, fields)
        return Pad(self.person, for_submission(self.id), self._version, proposed)

    @cached_property
    def assigned(self) -> dict[str, tuple[str, ...]]:
        """Row id → the departments it is assigned to."""
        return self.once("assigned", lambda: assigned_units(self.snapshot))

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """Something made of this snapshot and its rules alone."""
        return self.snapshot.once(name, make)

    @property
    def past(self) -> Past:
        """What was said before: read when something was written."""
        return self.once("past", lambda: read_past(self.office, self.person, self.id))

    def moved(self) -> bool:
        """Whether anything of the submission or its round has been written since this was read."""
        read = self.snapshot.record.stamp, self.snapshot.round.stamp
        return stamp_of(self.office, self.id) != read

    def why_not(self, target: Target) -> str | None:
        """Why this person may not write this entry now; None when they may. `workflow` decides."""
        return self.snapshot.why_not(target)

    def part(self, target: Target) -> frozenset[str] | None:
        """The measures of a row this person's unit fills in, where it only helps with them."""
        return self.snapshot.context.parts.get(target.key) if target.is_answer else None

    def given(self, fact_id: str) -> str | None:
        """What prefecture or province have given for a fact, beside what the county had typed, or the county's code."""
        return given_words(self.snapshot, fact_id) or known_words(self.snapshot, fact_id)

    def base(self, *entries: Target) -> Submission:
        """The content with these entries as their forms were opened on them; what is proposed for one
        as it stands is shown in it."""
        stale = [entry for entry in entries if self.pad.at(entry).seen != self.snapshot.version(entry)]
        waiting = self.carried.waiting
        proposed = {entry: waiting[entry] for entry in entries if entry in waiting and entry not in stale}
        if not stale and not proposed:
            return self.submission
        bodies = bodies_of(self.snapshot.entries.values()) | proposed
        for entry in stale:
            body = self._seen_body(entry)
            if body is None:
                bodies.pop(entry, None)
            else:
                bodies[entry] = body
        return read_content(self.snapshot.record, self.snapshot.round, bodies, self.rules)

    def save(self, form: Form, bodies: Bodies, what: str, *, seen: Mapping[Target, int] | None = None) -> None:
        """Save through `workflow`: only what differs from what the form was opened on."""
        at, versions = now(), seen or {}
        edits = [
            Edit(target, body, versions.get(target, self.pad.at(target).seen))
            for target, body in bodies.items()
            if target in versions or body != self._seen_body(target)
        ]
        closing = Closing(self.pad.tab, form.entries, frozenset(bodies).difference(form.entries))
        written = save(self.office, self.person, self.id, edits, at, drafts=closing)
        self.saved = LastSave(
            told(what, written.numbers),
            written.changes,
            form.entry,
            at,
            written.voided,
            unchanged=written.unchanged,
            merged=self._merged_words(written.merged),
            warnings=written.warnings,
        )

    def history(self, *entries: EntryName) -> Earlier | None:
        """What these entries said before; an empty key, and `NEW`, stand for all of the kind."""
        known = (one for one in entries if one[0] in KINDS and (one[1] == NEW or not one[1].startswith(NEW)))
        names = (Target.parse(f"{kind}/{'' if key == NEW else key}") for kind, key in known)
        targets = tuple(dict.fromkeys(names))
        return entry_history(self, [t for t in targets if not t.key] or targets) if targets else None

    def name(self, target: Target) -> str:
        """What an entry is called."""
        return entry_name(self, target)

    def lines(self, target: Target, body: Json) -> tuple[Line, ...]:
        """An entry's body in words."""
        return entry_lines(self, target, body)

    def _merged_words(self, merged: tuple[Merged, ...]) -> tuple[str, ...]:
        """Whose fields, saved since the form was opened, stand beside what was saved now."""
        if not merged:
            return ()
        standing = open_submission(self.office, self.person, self.id).entries
        names = display_names(self.office, {one.by for one in merged if one.by}) | {self.person.username: OWN_WINDOW}
        sentences = []
        for one in merged:
            now_there = standing[one.target].body if one.target in standing else None
            fields = field_names(self, one.target, one.fields, now_there, self._seen_body(one.target))
            sentences.append(f"与{names.get(one.by, OTHERS)}刚保存的内容合并：{self.name(one.target)}（{fields}）。")
        return tuple(sentences)

    def _seen_body(self, target: Target) -> Json:
        """The entry's body in the version its form was opened on."""
        version, entry = self.pad.at(target).seen, self.snapshot.entries.get(target)
        if version == 0:
            return None
        if entry is not None and entry.version == version:
            return entry.body
        return self._former_body(target, version)

    def _former_body(self, target: Target, version: int) -> Json:
        with self.office.store.read() as tx:
            return tx.entries.bodies_at(self.id, {(target.kind, target.key): version}).get((target.kind, target.key))

    def _version(self, entry: EntryName) -> int:
        if entry[0] in {MOVE, CONFIRMING}:
            return self.snapshot.record.version
        return next((e.version for target, e in self.snapshot.entries.items() if target == entry), 0)
