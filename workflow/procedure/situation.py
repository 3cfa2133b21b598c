"""What a guard of the transition table may look at, and what a person gives along with a move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from indicators.model import Vocabulary
from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from storage.records import EntryStep, Move
from workflow.people import Person
from workflow.states import State
from workflow.submission.corrections import Correction
from workflow.targets import Path, Target

TAKEN = "由交换包收入"  # in the reason of a move that a package made here; people do not write it


@dataclass(frozen=True, slots=True)
class RequestedItem:
    """One numbered item of a return: a row id (``3.3.2``, ``V1``) or ``form/<field>``, and what is missing.

    ``path``: where the form asks it, its ``row`` and its ``reason``.
    """

    row_id: str
    reason: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """What the person gives along with a move."""

    reason: str = ""
    items: tuple[RequestedItem, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All a guard may look at. ``judge`` gives scoring's answer at a level.

    ``touched_by`` are the usernames of who filled in; ``known_rows`` the row ids of the round's standards. ``quota`` is
    how many counties a prefecture may recommend in the round (None = no limit), ``quota_used`` asks how many others it
    has. ``corrections``: what became of each item of the open return. ``timeline``: when which entry was written.
    ``doubted``: rows of the level's open doubts. ``finders``: by whom the level's findings are, username → name with
    account, where the round wants the opinion from others; ``opinion_by``: the username of who wrote that.
    ``since_return``: what was written while the open return stands.
    """

    person: Person
    now: datetime
    request: MoveRequest
    state: State
    content: Submission
    judge: Callable[[Level], Assessment]
    known_rows: frozenset[str]
    standard_titles: Mapping[str, str]
    has_prefecture: bool
    round_closed: bool
    repinning: bool
    apply_by: date | None
    recommend_by: date | None
    return_due: date | None
    return_level: str | None
    since_return: tuple[Target, ...]
    quota: int | None
    quota_used: Callable[[], int]
    touched_by: frozenset[str]
    vocabulary: Vocabulary
    corrections: tuple[Correction, ...] = ()
    doubted: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    timeline: tuple[EntryStep, ...] = ()
    finders: Mapping[str, str] = field(default_factory=dict)
    opinion_by: str = ""
