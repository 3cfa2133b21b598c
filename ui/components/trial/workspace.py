"""The submission of a 试算 session: the loaded content, what was typed and not saved, and the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from indicators.model import Scheme, Standard
from scoring.assessment import Assessment
from scoring.entry.answer import TypedAnswer
from scoring.entry.editing import changes
from scoring.exchange.reading import read_submission
from scoring.exchange.writing import write_submission
from scoring.judging.assess import assess
from scoring.submission import Level, Submission
from ui import navigation
from ui.components.submission_forms import LastSave
from ui.office import office
from ui.rules import library
from workflow.targets import Target

_KEY = "workspace"


@dataclass
class Workspace:
    """The `SubmissionForms` of a file in memory.

    ``text`` is the submission as an exchange file, ``delivered`` that text as last loaded or downloaded. ``drafts``
    holds answers typed and not saved, by row id; ``generation`` makes new widgets after a save or a load.
    """

    submission: Submission
    source: str
    text: str
    delivered: str
    assessment: Assessment
    level: Level = "county"
    generation: int = 0
    row: str | None = None
    saved: LastSave | None = None
    drafts: dict[str, TypedAnswer] = field(default_factory=dict)
    dirty: set[Target] = field(default_factory=set)

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""
        return tuple(library().standards[standard] for standard in self.submission.round.standards)

    @property
    def is_delivered(self) -> bool:
        """Whether what is here is also in a file the user has."""
        return self.text == self.delivered

    @property
    def changed(self) -> bool:
        """Whether anything here would be lost: saved and not downloaded, or typed and not saved."""
        return bool(self.drafts or self.dirty) or not self.is_delivered

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it can be judged at; a county without a prefecture has no 市级基础评价."""
        every: tuple[Level, ...] = ("county", "prefecture", "province")
        without = self.submission.facts.get("has_prefecture") is False
        return tuple(level for level in every if not (without and level == "prefecture"))

    def why_not(self, form: Target) -> str | None:  # noqa: ARG002 - it is the person's own copy
        """A file in memory may always be changed."""
        return None

    def judge(self, submission: Submission) -> Assessment:
        """The verdicts another content would have at the level shown."""
        return _judge(submission, self.level)

    def base(self, form: Target) -> Submission:  # noqa: ARG002 - nobody else writes here: all forms have one base
        """The content a form was opened on."""
        return self.submission

    def stamp(self, form: Target) -> str:  # noqa: ARG002 - as above
        """Part of the keys of a form's widgets."""
        return str(self.generation)

    def mark(self, form: Target, *, dirty: bool) -> None:
        """Note whether something unsaved is typed, for the question before it is replaced or left."""
        (self.dirty.add if dirty else self.dirty.discard)(form)

    def drop(self, form: Target) -> None:
        """Give up what was typed."""
        self.dirty.discard(form)
        self.generation += 1

    def save(self, form: Target, edited: Submission, what: str) -> bool:
        """Save in memory. Raises ProblemsError and leaves everything as it was when the reader refuses it."""
        save(self, edited, what)
        self.dirty.discard(form)
        return True

    def resolve_conflict(self, form: Target, make: Callable[[], Submission], what: str) -> None:
        """Nothing to settle: no conflicts here."""


def scheme() -> Scheme:
    """The scheme of the progress figure: the installation's."""
    return office().points()


def current() -> Workspace | None:
    """The session's workspace, or None when nothing is loaded."""
    return st.session_state.get(_KEY)


def required() -> Workspace:
    """The session's workspace; without one, a sentence that leads to the first page, and the script stops."""
    workspace = current()
    if workspace is None:
        st.info("还没有载入申报材料。请先在“评估结果”页选择样例或载入文件。")
        st.page_link(navigation.JUDGE.script, label="前往“评估结果”页")
        st.stop()
    return workspace


def open_submission(submission: Submission, source: str) -> Workspace:
    """Make a workspace of a submission; it replaces the one before."""
    replaced = current()
    text = write_submission(submission)
    workspace = Workspace(
        submission=submission,
        source=source,
        text=text,
        delivered=text,
        assessment=_judge(submission, "county"),
        generation=replaced.generation + 1 if replaced else 0,
    )
    st.session_state[_KEY] = workspace
    return workspace


def save(workspace: Workspace, edited: Submission, what: str) -> None:
    """Take an edit: written out and read back by the exchange reader, the one check there is, then judged.

    Raises `ProblemsError` and leaves everything as it was when the reader refuses it.
    """
    text = write_submission(edited)
    submission = read_submission(text, workspace.source, library())
    judged = _judge(submission, workspace.level)
    workspace.saved = LastSave(
        what, changes(workspace.assessment, judged), unchanged=submission == workspace.submission
    )
    workspace.submission, workspace.text, workspace.assessment = submission, text, judged
    if workspace.level not in workspace.levels:
        workspace.level, workspace.assessment = "county", _judge(submission, "county")
    workspace.generation += 1


def judge_at(workspace: Workspace, level: Level) -> None:
    """Show the verdicts of another level."""
    if level != workspace.level:
        workspace.level, workspace.saved = level, None
        workspace.assessment = _judge(workspace.submission, level)


def _judge(submission: Submission, level: Level) -> Assessment:
    standards: Sequence[Standard] = [library().standards[standard] for standard in submission.round.standards]
    return assess(submission, standards, scheme(), level)
