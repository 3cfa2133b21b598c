"""The guards of 收回: whose decision it was, and whether those it went to have begun to act on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from scoring.wording import LEVEL_NAMES
from workflow.people import REVIEWER_LEVELS
from workflow.procedure.situation import Situation
from workflow.states import State
from workflow.targets import Target

_LED_HERE = {State.SUBMITTED: "release", State.PREFECTURE_RECOMMENDED: "prefecture_recommend"}
_ANSWERING = frozenset({"correction", "explanation"})


def decision_is_ours(s: Situation) -> tuple[str, ...]:
    """Only who declined takes that back."""
    if s.moves and s.moves[-1].move == f"{REVIEWER_LEVELS.get(s.person.role)}_decline":
        return ()
    return ("不予推荐不是本级作出的，由作出的一级收回。",)


def next_level_idle(s: Situation) -> tuple[str, ...]:
    """Nothing was written or decided by the level it was handed to: a decision taken back was one."""
    level = "prefecture" if s.state is State.SUBMITTED and s.has_prefecture else "province"
    handed = s.moves[-1] if s.moves and s.moves[-1].move == _LED_HERE.get(s.state) else None
    if handed is not None and not _written_since(s, handed.at, lambda target: target.level == level):
        return ()
    return (f"{LEVEL_NAMES[level]}已经开始评价，不能收回。确需改动的，请与其联系，由其退回补正。",)


def county_idle(s: Situation) -> tuple[str, ...]:
    """The county has mended and explained nothing yet."""
    if s.return_made is None or not _written_since(
        s, s.return_made, lambda target: target.is_content or target.kind in _ANSWERING
    ):
        return ()
    return ("县级已经开始补正，不能收回。请待其补正后再上报。",)


def _written_since(s: Situation, decided: datetime, theirs: Callable[[Target], bool]) -> bool:
    return any(step.at > decided and theirs(Target.of(step)) for step in s.timeline)
