"""What every form of a submission needs of whatever keeps it: a file in memory, or the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from indicators.model import Standard
from scoring.assessment import Assessment
from scoring.entry.editing import VerdictChange
from scoring.submission import Submission
from storage.canonical import Json
from ui.components.forms.pad import EntryName, Pad
from workflow.targets import Target
from workflow.words.entries import Line

if TYPE_CHECKING:
    from ui.components.forms.form import Form

Made = TypeVar("Made")
Bodies = Mapping[Target, Json]  # what a form would write: each entry's body, None takes it out


@dataclass(frozen=True, slots=True)
class LastSave:
    """A session's last save: what was saved, which verdicts it changed; in the store also when, and what it voided.

    ``form``: the entry of the form that saved, None for no form. ``voided`` holds (level, row id) of findings that
    fell. ``unchanged``: it stood already, so nothing was written. ``merged``: sentences on what another had saved
    since, in other fields, and stands beside it. ``warnings``: sentences on what of it may name somebody.
    """

    what: str
    changes: tuple[VerdictChange, ...]
    form: EntryName | None = None
    at: datetime | None = None
    voided: tuple[tuple[str, str], ...] = ()
    unchanged: bool = False
    merged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version that is to stand again. ``standing``: the version that stood when it was chosen.

    ``what``: the same in words, for the notice.
    """

    target: Target
    body: Json
    standing: int
    what: str


class SubmissionForms(Protocol):
    """One submission being filled in, by forms on its entries (`ui.components.forms.form`)."""

    row: str | None
    saved: LastSave | None  # of this session

    @property
    def pad(self) -> Pad:
        """What is typed and not saved, and on which versions the forms stand."""

    @property
    def submission(self) -> Submission:
        """The content as saved."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""

    @property
    def assessment(self) -> Assessment:
        """The verdicts of the saved content."""

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """Something made of the saved content and its rules alone, by that name; kept, where this is, as long as they
        stand."""

    def moved(self) -> bool:
        """Whether anything has been written since this was read: one query."""

    def why_not(self, target: Target) -> str | None:
        """Why this entry may not be written now, as a Chinese sentence; None when it may."""

    def part(self, target: Target) -> frozenset[str] | None:
        """The measures of a row this person's unit fills in, where it only helps with them; None: all of it."""

    def given(self, fact_id: str) -> str | None:
        """What prefecture or province, or the county's code, give for a fact, in a Chinese sentence; None where the
        county does."""

    def base(self, *entries: Target) -> Submission:
        """The content with these entries as their forms were opened on them."""

    def save(self, form: Form, bodies: Bodies, what: str, *, seen: Mapping[Target, int] | None = None) -> None:
        """Save what differs from what the form was opened on, and end its drafts.

        ``seen``: other versions than the form's, after a conflict was shown. New documents (`Target.is_new`) get their
        numbers; ``what`` then says them in the place of their keys. Raises Refused, Conflict (nothing is
        written then), ProblemsError where the exchange reader refuses it.
        """

    def history(self, *entries: EntryName) -> Earlier | None:
        """Draw the earlier versions of a form's entries, where they are kept; the one wanted back."""

    def name(self, target: Target) -> str:
        """What an entry is called: 指标 3.3.2, 县情 人口."""

    def lines(self, target: Target, body: Json) -> tuple[Line, ...]:
        """An entry's body, or some of its fields, in words."""
