"""Who sees a level's findings, visits and opinion: that level while it works on them, everyone once it has moved on.

What it doubts, and what it means to look at on the spot, the levels above see then, the county never: it is told by the
notice of a return. Its notes are its own for ever.
"""

from __future__ import annotations

from collections.abc import Mapping

from scoring.submission import Level
from storage.records import Move
from workflow.people import COUNTY_ROLES, Role
from workflow.states import State
from workflow.targets import Target

WRITER_OF: Mapping[Level, Role] = {
    "county": Role.COUNTY_GOVERNMENT,
    "prefecture": Role.PREFECTURE_REVIEWER,
    "province": Role.PROVINCE_REVIEWER,
}
_GIVEN: Mapping[Level, frozenset[State]] = {
    "county": frozenset({State.SUBMITTED, State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED}),
    "prefecture": frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED}),
    "province": frozenset({State.PROVINCE_RECOMMENDED}),
}
# Between 县级民政部门 and 县级人民政府: what they wrote to one another is the county's own.
_WITHIN_COUNTY = frozenset({"hand_over", "hand_back", "recall"})
_ABOVE: Mapping[Level, frozenset[Role]] = {"prefecture": frozenset({Role.PROVINCE_REVIEWER})}


def sees(role: Role, state: State, level: Level) -> bool:
    """Whether this role may see a level's findings, visits and opinion in this state."""
    return state in _GIVEN[level] or role is WRITER_OF[level]


def shows(role: Role, state: State, target: Target) -> bool:
    """Whether this role may see an entry, of a submission it may read, in this state."""
    level = target.level
    if level is None:
        return True
    if target.is_note:
        return role is WRITER_OF[level]
    if (target.is_doubt or target.is_visit_plan) and role is not WRITER_OF[level]:
        return role in _ABOVE.get(level, ()) and sees(role, state, level)
    return sees(role, state, level)


def reason_shown(role: Role, move: Move) -> str | None:
    """What was written with a move, for this role: nothing of what the county's own people wrote to one another."""
    return None if move.move in _WITHIN_COUNTY and role not in COUNTY_ROLES else move.reason
