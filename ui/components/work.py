"""What a form works on, whoever keeps it: a file in memory, or a submission of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from indicators.model import Standard
from scoring.assessment import Assessment
from scoring.entry.answer import TypedAnswer
from scoring.entry.editing import Change
from scoring.submission import Submission


@dataclass(frozen=True, slots=True)
class Saved:
    """The last save: of what, what it did to the verdicts; of the store also when it was durable and what it voided.

    ``unchanged``: what was to be saved stood already, so nothing was written.
    """

    what: str
    changes: tuple[Change, ...]
    form: str | None = None
    at: datetime | None = None
    voided: tuple[tuple[str, str], ...] = ()
    unchanged: bool = False


class Work(Protocol):
    """One submission being filled in. A ``form`` is named by what it writes: ``answer/3.3.2``, ``fact``, ``form``.

    A form stands on the `ground` it was opened on until it is saved or given up, so that another's save is noticed and
    not overwritten; `stamp` goes into its widgets' keys and changes when the ground does.
    """

    row: str | None
    drafts: dict[str, TypedAnswer]

    @property
    def submission(self) -> Submission:
        """As it stands now."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""

    @property
    def assessment(self) -> Assessment:
        """The verdicts of what stands now."""

    @property
    def saved(self) -> Saved | None:
        """The last save of this session."""

    def why_not(self, form: str) -> str | None:
        """Why this entry may not be written now, as a Chinese sentence; None when it may."""

    def judge(self, submission: Submission) -> Assessment:
        """The verdicts another content would have; nothing is kept."""

    def ground(self, form: str) -> Submission:
        """The content this form was opened on."""

    def stamp(self, form: str) -> str:
        """Part of the keys of the form's widgets."""

    def mark(self, form: str, *, dirty: bool) -> None:
        """Whether something is typed in the form that is not saved."""

    def drop(self, form: str) -> None:
        """Give up what was typed: the next run shows what stands."""

    def keep(self, form: str, edited: Submission, what: str) -> bool:
        """Save; False when it was not. Raises ProblemsError when the exchange reader refuses it."""

    def settle(self, form: str, make: Callable[[], Submission], what: str) -> None:
        """Tell what became of the last save of this form, and take the choice after a conflict."""
