"""Who sees a level's findings, visits and opinion: that level while it works on them, everyone once it has moved on."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.submission import LEVEL_OF_OPINION, LEVELS, Level
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
    """Whether a level's words are given, or this role is the one that writes them."""
    return state in _GIVEN[level] or role is WRITER_OF[level]


def level_of(kind: str, key: str) -> Level | None:
    """Whose words an entry holds: a finding's, a visit's, an opinion's level; None for the county's content."""
    name, _, rest = kind.partition(".")
    if name == "opinion":
        return next((level for opinion, level in LEVEL_OF_OPINION.items() if opinion == rest), None)
    found = rest if name == "finding" else key.partition("/")[0] if name == "site_visit" else ""
    return next((level for level in LEVELS if level == found), None)
