"""Whether the level that a submission was handed to has begun to act on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from scoring.submission import Level
from storage.records import EntryStep, Move
from workflow.states import State
from workflow.targets import Target

_LED_HERE: Mapping[State, tuple[str, Level]] = {
    State.SUBMITTED: ("release", "county"),
    State.PREFECTURE_RECOMMENDED: ("prefecture_recommend", "prefecture"),
    State.PROVINCE_RECOMMENDED: ("province_recommend", "province"),
}


def handed_on_by(
    state: State, moves: Sequence[Move], timeline: Sequence[EntryStep], *, has_prefecture: bool
) -> Level | None:
    """The level whose decision led here, as long as the one it was handed to has written and decided nothing: a
    decision taken back was one."""
    move, level = _LED_HERE.get(state, (None, None))
    if not moves or moves[-1].move != move or level is None:
        return None
    following: Level = "prefecture" if level == "county" and has_prefecture else "province"
    begun = level != "province" and level_began(timeline, following, moves[-1].at)  # 省级以后，这里没有再往上的
    return None if begun else level


def level_began(timeline: Iterable[EntryStep], level: str, handed: datetime) -> bool:
    """Whether a level wrote anything since a submission was handed to it."""
    return any(step.at > handed and Target.of(step).level == level for step in timeline)
