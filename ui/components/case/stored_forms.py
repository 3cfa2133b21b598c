"""One submission of the store being filled in: read anew on every run, written through `workflow` alone.

What must outlive a rerun (what was typed, and on which versions it stands) is in the session. A form keeps the versions
it was opened on until it is saved or given up: another's save in between is a conflict with both texts, never a loss.
Stamps come from versions, so that after a restart the same widgets still hold what was typed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

import streamlit as st

from scoring.assessment import Assessment
from scoring.entry.answer import TypedAnswer
from scoring.entry.editing import changes, next_evidence_id
from scoring.submission import Submission
from storage.clock import now
from ui.components.case.entry_words import entry_text
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms.outcome import attempt, conflict, forget, outcome
from ui.components.submission_forms import LastSave
from workflow.content import bodies_from
from workflow.errors import Conflict
from workflow.submission.assigning import assigned_units
from workflow.submission.saving import Edit, save
from workflow.submission.saving import Saved as Written
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

_CLEAN_KEPT = 4
ROW = "row"
NEW = "+"  # the key of a form for something that is not there yet


@dataclass(frozen=True, slots=True)
class _Base:
    content: Submission
    versions: Mapping[Target, int]
    stamp: str


@dataclass
class _Memory:
    """What the session remembers of one submission."""

    row: str | None = None
    drafts: dict[str, TypedAnswer] = field(default_factory=dict)
    saved: LastSave | None = None
    bases: OrderedDict[Target, _Base] = field(default_factory=OrderedDict)
    dirty: set[Target] = field(default_factory=set)
    dropped: dict[Target, int] = field(default_factory=dict)
    theirs: dict[Target, dict[Target, int]] = field(default_factory=dict)
    gathered: dict[Target, frozenset[Target]] = field(default_factory=dict)


class StoredForms(OpenedSubmission):
    """A `ui.components.submission_forms.SubmissionForms` on the store."""

    @property
    def _memory(self) -> _Memory:
        memory: _Memory = st.session_state.setdefault(f"forms-{self.id}", _Memory())
        return memory

    @property
    def submission(self) -> Submission:
        """The content as saved in the store."""
        return self.snapshot.content

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
    def drafts(self) -> dict[str, TypedAnswer]:
        """Answers typed and not saved, by row id."""
        return self._memory.drafts

    @property
    def saved(self) -> LastSave | None:
        """The last save of this session."""
        return self._memory.saved

    @saved.setter
    def saved(self, saved: LastSave | None) -> None:
        self._memory.saved = saved

    @cached_property
    def assigned(self) -> dict[str, tuple[str, ...]]:
        """Row id → the departments it is assigned to."""
        return assigned_units(self.snapshot)

    def why_not(self, form: Target) -> str | None:
        """Why this person may not write this form now; None when they may. `workflow` decides."""
        return self.snapshot.why_not(form)

    def judge(self, submission: Submission) -> Assessment:
        """The verdicts another content would have."""
        return self.office.judge(submission, self.snapshot.round)

    def base(self, form: Target) -> Submission:
        """The content the form was opened on; for something new, the content as saved now."""
        return self.submission if form.key == NEW else self._base(form).content

    def stamp(self, form: Target) -> str:
        """Part of the keys of the form's widgets."""
        return f"{self.id}-{self._base(form).stamp}"

    def mark(self, form: Target, *, dirty: bool) -> None:
        """Note whether something unsaved is typed; an untouched form moves on to what others have saved since."""
        memory = self._memory
        (memory.dirty.add if dirty else memory.dirty.discard)(form)
        if not dirty and form in memory.bases and memory.bases[form].stamp != self._stamp_now(form):
            memory.bases.pop(form)
            st.rerun()

    def gather(self, form: Target, targets: Iterable[Target]) -> None:
        """Say which entries a form shows, where its name alone does not."""
        self._memory.gathered[form] = frozenset(targets)

    def drop(self, form: Target) -> None:
        """Give up what was typed."""
        memory = self._memory
        memory.dropped[form] = memory.dropped.get(form, 0) + 1
        self._leave(form)
        forget(self.place(form))

    def save(self, form: Target, edited: Submission, what: str, *, over: bool = False) -> bool:
        """Save through `workflow`; ``over``: over what the conflict showed. False when it was refused or clashed."""
        memory, at = self._memory, now()
        edits = self._edits(form, edited, memory.theirs.get(form, {}) if over else {})
        verdicts_before, written = self.assessment, []
        done = attempt(self.place(form), lambda: written.append(self._write(form, edits)), what, at)
        if not done:
            return False
        voided = written[0].voided
        judged = self.judge(open_submission(self.office, self.person, self.id).content)
        memory.saved = LastSave(
            what, changes(verdicts_before, judged), form, at, voided, unchanged=written[0].unchanged
        )
        memory.drafts.pop(form.key, None)
        forget(self.place(form))
        if not edits:
            memory.dropped[form] = memory.dropped.get(form, 0) + 1
        self._leave(form)
        return True

    def resolve_conflict(self, form: Target, make: Callable[[], Submission], what: str) -> None:
        """Tell a refusal; after a conflict show both texts and take the choice."""
        place = self.place(form)
        outcome(place)
        choice = conflict(place, lambda body: entry_text(self, form, body))
        if choice == "mine":
            self.save(form, make(), what, over=True)
            st.rerun()
        if choice == "theirs":
            self._memory.drafts.pop(form.key, None)
            self.drop(form)
            st.rerun()

    def _write(self, form: Target, edits: list[Edit]) -> Written:
        try:
            return save(self.office, self.person, self.id, edits, now())
        except Conflict as clashing:
            versions = {clash.target: clash.current_version for clash in clashing.clashes}
            self._memory.theirs.setdefault(form, {}).update(versions)
            raise

    def _edits(self, form: Target, edited: Submission, over: Mapping[Target, int]) -> list[Edit]:
        """The entries that differ from the form's ground, each with the version the person saw."""
        base = self._base(form)
        new = form.key == NEW
        before, after = bodies_from(self.submission if new else base.content), bodies_from(edited)
        versions = {t: e.version for t, e in self.snapshot.entries.items()} if new else {**base.versions, **over}
        changed = [target for target in {**after, **before} if before.get(target) != after.get(target)]
        return [Edit(target, after.get(target), versions.get(target, 0)) for target in changed]

    def _base(self, form: Target) -> _Base:
        memory = self._memory
        if form not in memory.bases:
            versions = {target: entry.version for target, entry in self.snapshot.entries.items()}
            memory.bases[form] = _Base(self.submission, versions, self._stamp_now(form))
        memory.bases.move_to_end(form)
        clean = [open_form for open_form in memory.bases if open_form not in memory.dirty]
        for open_form in clean[:-_CLEAN_KEPT]:
            memory.bases.pop(open_form)
        return memory.bases[form]

    def _stamp_now(self, form: Target) -> str:
        dropped = self._memory.dropped.get(form, 0)
        again = f"-{dropped}" if dropped else ""
        if form.key == NEW:
            return f"{next_evidence_id(self.submission)}{again}"
        entries = self.snapshot.entries
        shown = self._memory.gathered.get(form, _targets(form, entries)) & set(entries)
        seen = ";".join(f"{t}={entries[t].version}" for t in sorted(shown))
        return f"{crc32(seen.encode()):08x}{again}"

    def _leave(self, form: Target) -> None:
        self._memory.bases.pop(form, None)
        self._memory.dirty.discard(form)
        self._memory.theirs.pop(form, None)


def unsaved() -> bool:
    """Whether this session holds anything typed and not saved, in any submission it opened."""
    return any(
        isinstance(memory, _Memory) and bool(memory.dirty or memory.drafts)
        for memory in (st.session_state[key] for key in st.session_state)
    )


def _targets(form: Target, entries: Mapping[Target, object]) -> set[Target]:
    """The entries a form shows: one, or all of a kind."""
    if form.key:
        return {form} & set(entries)
    return {target for target in entries if target.kind == form.kind}
