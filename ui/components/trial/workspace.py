"""The submission of a 试算 session: the loaded content, what was typed and not saved, and the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from indicators.model import Scheme, Standard
from scoring.assessment import Assessment
from scoring.entry.editing import changes
from scoring.entry.uses import still_used, uses
from scoring.exchange.reading import read_submission_data
from scoring.exchange.writing import write_submission
from scoring.judging.assess import assess
from scoring.submission import Level, Submission
from storage.canonical import Json
from ui import navigation
from ui.components.forms.form import Form
from ui.components.forms.pad import EntryName, Pad
from ui.components.forms.submission_forms import Bodies, LastSave, Made
from ui.form_keys import TRIAL
from ui.identity import current_person
from ui.menu import entry
from ui.office import office
from ui.rules import library
from workflow.content import data_with
from workflow.entries.numbering import naming, numbered, numbers_for, told
from workflow.errors import Refused
from workflow.people import Person
from workflow.targets import KINDS, Target
from workflow.words.entries import Line

_KEY = "workspace"


@dataclass
class Workspace:
    """The `SubmissionForms` of a file in memory.

    ``text`` is the submission as an exchange file, ``delivered`` that text as last loaded or downloaded;
    ``generation`` stands for the version of every entry: it grows with each save and load.
    """

    person: Person
    submission: Submission
    source: str
    text: str
    delivered: str
    assessment: Assessment
    level: Level = "county"
    generation: int = 0
    row: str | None = None
    saved: LastSave | None = None
    numbers_given: set[str] = field(default_factory=set)  # of the register, those taken out again as well

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""
        return tuple(library().standards[standard] for standard in self.submission.round.standards)

    @property
    def pad(self) -> Pad:
        """What is typed and not saved; in memory as well."""
        return Pad(self.person, TRIAL, lambda _: self.generation)

    @property
    def is_delivered(self) -> bool:
        """Whether what is here is also in a file the user has."""
        return self.text == self.delivered

    @property
    def changed(self) -> bool:
        """Whether anything here would be lost: saved and not downloaded, or typed and not saved."""
        return bool(self.unsaved) or not self.is_delivered

    @property
    def unsaved(self) -> tuple[str, ...]:
        """Entries with something typed and not saved, in words."""
        drafts = (draft for draft in self.pad.drafts() if draft.kind in KINDS)  # 新建空白填报不是这一份的
        return tuple(Target.parse(f"{draft.kind}/{draft.key}").label for draft in drafts)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it can be judged at; a county without a prefecture has no 市级基础评价."""
        every: tuple[Level, ...] = ("county", "prefecture", "province")
        without = self.submission.facts.get("has_prefecture") is False
        return tuple(level for level in every if not (without and level == "prefecture"))

    def once(self, _name: object, make: Callable[[], Made]) -> Made:
        """Made anew: each save changes all of it."""
        return make()

    def moved(self) -> bool:
        """Nobody else writes here."""
        return False

    def why_not(self, target: Target) -> str | None:  # noqa: ARG002 - it is the person's own copy
        """A file in memory may always be changed."""
        return None

    def part(self, target: Target) -> frozenset[str] | None:  # noqa: ARG002 - it is the person's own copy
        """All of it."""
        return None

    def given(self, fact_id: str) -> str | None:  # noqa: ARG002 - no level above has a part in it
        """Nothing."""
        return None

    def base(self, *entries: Target) -> Submission:  # noqa: ARG002 - nobody else writes here: all forms have one base
        """The content a form was opened on."""
        return self.submission

    def save(self, form: Form, bodies: Bodies, what: str, *, seen: Mapping[Target, int] | None = None) -> None:  # noqa: ARG002 - nobody else writes here
        """Save in memory. Raises ProblemsError and leaves everything as it was when the reader refuses it."""
        self._refuse_in_use(bodies)
        self.numbers_given |= self.submission.evidence.keys()
        numbers = numbers_for(bodies, self.numbers_given)
        written = {numbered(target, numbers): naming(target, body, numbers) for target, body in bodies.items()}
        data = data_with(self.submission, written)
        take(self, read_submission_data(data, self.source, library()), told(what, numbers), form)
        self.numbers_given |= self.submission.evidence.keys()
        form.pad.give_up(form.entries)

    def _refuse_in_use(self, bodies: Bodies) -> None:
        cited = uses(self.submission, self.standards)
        told = [still_used(t.key, cited[t.key]) for t, body in bodies.items() if body is None and t.key in cited]
        if told:
            raise Refused("malformed", *told)

    def history(self, *entries: EntryName) -> None:
        """A file in memory has no earlier versions."""

    def name(self, target: Target) -> str:
        """What an entry is called."""
        return target.label

    def lines(self, target: Target, body: Json) -> tuple[Line, ...]:  # noqa: ARG002 - no conflicts here
        """An entry's body in words."""
        return (("", str(body)),)


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
        st.page_link(entry(navigation.JUDGE), label="前往“评估结果”页")
        st.stop()
    return workspace


def open_submission(submission: Submission, source: str) -> Workspace:
    """Make a workspace of a submission; it replaces the one before."""
    replaced = current()
    text = write_submission(submission)
    workspace = Workspace(
        person=current_person(),
        submission=submission,
        source=source,
        text=text,
        delivered=text,
        assessment=_judge(submission, "county"),
        generation=replaced.generation + 1 if replaced else 0,
    )
    st.session_state[_KEY] = workspace
    return workspace


def take(workspace: Workspace, submission: Submission, what: str, form: Form) -> None:
    """Take an edited submission: judged, and written out as the file it would be."""
    judged = _judge(submission, workspace.level)
    unchanged = submission == workspace.submission
    workspace.saved = LastSave(what, changes(workspace.assessment, judged), form.entry, unchanged=unchanged)
    workspace.submission, workspace.text, workspace.assessment = submission, write_submission(submission), judged
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
