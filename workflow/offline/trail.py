"""The way a submission has gone, step by step, as a package carries it: what each network knows of it and what is news.

Both sides keep every step they made and every step they took in. What is taken back counts no more, so the two agree
where what still counts on both is the same, whoever took back what in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from scoring.submission import REVIEW_LEVELS, Level
from storage.clock import local_date
from storage.records import Move, Return
from workflow.procedure.situation import TAKEN
from workflow.states import State

_UNDOING = ("_take_back", "recall", "hand_back")


@dataclass(frozen=True, slots=True)
class Notice:
    """A return for correction. ``items``: rows or form fields, each with its reason. ``due``: as it is by now."""

    number: int
    level: str
    reason: str | None
    due: date | None = field(compare=False)
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One move. ``notice``: of the return it opened or gave a later day. ``reason``: what was said with it, which each
    network tells in its own words. ``day``: when it was made, known to the network that made it alone."""

    move: str
    source: State
    target: State
    reason: str = field(default="", compare=False)
    notice: Notice | None = None
    day: date | None = field(default=None, compare=False)

    @property
    def level(self) -> Level | None:
        """The level that decided; None where the county only went on."""
        if self.move == "release":
            return "county"
        return next((level for level in REVIEW_LEVELS if self.move.startswith(f"{level}_")), None)

    @property
    def opens(self) -> bool:
        """Whether it opened a return."""
        return self.move.endswith("_return")

    @property
    def names_return(self) -> bool:
        """Whether it opened a return or gave one a later day."""
        return self.opens or self.move.endswith("_extend")

    @property
    def ends_return(self) -> bool:
        """Whether it took a return back."""
        return self.move.endswith("_take_back") and self.source is State.RETURNED


def notice_of(returned: Return) -> Notice:
    """As a package tells it."""
    items = tuple((item.row_id, item.reason) for item in returned.items)
    return Notice(returned.number, returned.level, returned.reason, returned.due, items)


def trail(moves: Iterable[Move], returns: Sequence[Return]) -> tuple[Step, ...]:
    """Every step in order. ``returns``: all there were, those taken back as well.

    A return that was taken back and yet stands was opened once more: the county had mended before it heard of it.
    """
    left, last, again = iter(returns), None, False
    made: list[Step] = []
    for move in moves:
        day = None if TAKEN in (move.reason or "") else local_date(move.at)
        step = Step(move.move, State(move.from_state), State(move.to_state), move.reason or "", day=day)
        if step.opens:
            last, again = (last if again else next(left, last)), False
        again = again or (step.ends_return and last is not None and last.taken_back_at is None)
        told = last if step.names_return else None
        made.append(step if told is None else replace(step, notice=notice_of(told)))
    return tuple(made)


def counting(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Those that still count: what was taken back is gone, with what took it back."""
    kept: list[Step] = []
    for step in steps:
        if not step.move.endswith(_UNDOING):
            kept.append(step)
            continue
        while kept and kept.pop().source is not step.target:
            pass
    return tuple(kept)


def decided_here(steps: Iterable[Step]) -> frozenset[Level]:
    """The levels whose last decision that counts was made on this network: what they wrote with it is this network's.

    The county government's is its 上报.
    """
    last: dict[Level, Step] = {}
    for step in counting(steps):
        if step.level is not None:
            last[step.level] = step
    return frozenset(level for level, step in last.items() if step.day is not None)


def in_common(ours: Sequence[Step], theirs: Sequence[Step]) -> int:
    """How many first steps are the same."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((n for n, (mine, other) in pairs if mine != other), min(len(ours), len(theirs)))


def stands_at(ours: Sequence[Step], theirs: Sequence[Step]) -> int | None:
    """After how many of their steps they stood where we stand; None: nowhere, each side went its own way.

    Of several places the one after the longest run of steps that we end with too, then the first.
    """
    common = in_common(ours, theirs)
    if common == len(ours):
        return common
    counted = counting(ours)
    places = [n for n in range(len(theirs) + 1) if counting(theirs[:n]) == counted]
    return max(places, key=lambda n: (n >= common, in_common(ours[::-1], theirs[:n][::-1]), -n), default=None)
