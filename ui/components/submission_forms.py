"""What every form of a submission needs of whatever keeps it: a file in memory, or the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from indicators.model import Standard
from scoring.assessment import Assessment
from scoring.entry.answer import TypedAnswer
from scoring.entry.editing import VerdictChange
from scoring.submission import Submission
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class LastSave:
    """A session's last save: what was saved, which verdicts it changed; in the store also when, and what it voided.

    ``voided`` holds (level, row id) of findings that fell. ``unchanged``: it stood already, so nothing was written.
    """

    what: str
    changes: tuple[VerdictChange, ...]
    form: Target | None = None
    at: datetime | None = None
    voided: tuple[tuple[str, str], ...] = ()
    unchanged: bool = False


class SubmissionForms(Protocol):
    """One submission being filled in. A ``form`` is named by what it writes: an entry, or all of a kind (empty key).

    A form keeps its `base`, the content it was opened on, until it is saved or given up, so that another's save is
    noticed and not overwritten; `stamp` goes into its widgets' keys and changes when the base does.
    """

    row: str | None

    @property
    def drafts(self) -> dict[str, TypedAnswer]:
        """Answers typed and not saved, by row id."""

    @property
    def submission(self) -> Submission:
        """The content as saved."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""

    @property
    def assessment(self) -> Assessment:
        """The verdicts of the saved content."""

    @property
    def saved(self) -> LastSave | None:
        """The last save of this session."""

    def why_not(self, form: Target) -> str | None:
        """Why this form may not be written now, as a Chinese sentence; None when it may."""

    def judge(self, submission: Submission) -> Assessment:
        """The verdicts another content would have; nothing is saved."""

    def base(self, form: Target) -> Submission:
        """The content this form was opened on."""

    def stamp(self, form: Target) -> str:
        """Part of the keys of the form's widgets."""

    def mark(self, form: Target, *, dirty: bool) -> None:
        """Note whether something is typed in the form that is not saved."""

    def drop(self, form: Target) -> None:
        """Give up what was typed: the next run shows the saved content."""

    def save(self, form: Target, edited: Submission, what: str) -> bool:
        """Save; False when it was refused or in conflict. Raises ProblemsError when the exchange reader refuses it."""

    def resolve_conflict(self, form: Target, make: Callable[[], Submission], what: str) -> None:
        """Show what became of the form's last save; after a conflict show both texts and act on the choice."""
