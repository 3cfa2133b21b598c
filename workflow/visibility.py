"""Who sees a level's findings, visits and opinion: that level while it works on them, everyone once it has moved on."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.submission import Level
from workflow.people import Role
from workflow.states import State

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


def sees(role: Role, state: State, level: Level) -> bool:
    """Whether this role may see a level's findings, visits and opinion in this state."""
    return state in _GIVEN[level] or role is WRITER_OF[level]
