"""Who acts: a signed-in person, their role and the area of their division code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from scoring.submission import ReviewLevel
from workflow.divisions import PlaceLevel

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})


def has_unseen(name: str) -> bool:
    """Whether a person's or department's name holds line breaks or signs nobody sees: two would look the same."""
    return any(unicodedata.category(c) in _UNSEEN for c in name)


class Role(StrEnum):
    """DESIGN §1: one person, one role, one division."""

    COUNTY_COORDINATOR = "county_coordinator"
    COUNTY_DEPARTMENT = "county_department"
    COUNTY_GOVERNMENT = "county_government"
    PREFECTURE_REVIEWER = "prefecture_reviewer"
    PROVINCE_REVIEWER = "province_reviewer"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: dict[Role, str] = {
    Role.COUNTY_COORDINATOR: "县级民政部门（牵头填报）",
    Role.COUNTY_DEPARTMENT: "县级部门、乡镇（分工填报）",
    Role.COUNTY_GOVERNMENT: "县级人民政府",
    Role.PREFECTURE_REVIEWER: "市级民政部门（基础评价）",
    Role.PROVINCE_REVIEWER: "省级民政部门（实地评估）",
    Role.OBSERVER: "观察员（只读）",
    Role.ADMINISTRATOR: "系统管理员",
}

# Of which divisions an account of the role may be; ``country`` is the whole of it.
ROLE_DIVISIONS: dict[Role, frozenset[PlaceLevel]] = {
    Role.COUNTY_COORDINATOR: frozenset({"county"}),
    Role.COUNTY_DEPARTMENT: frozenset({"county"}),
    Role.COUNTY_GOVERNMENT: frozenset({"county"}),
    Role.PREFECTURE_REVIEWER: frozenset({"prefecture"}),
    Role.PROVINCE_REVIEWER: frozenset({"province"}),
    Role.OBSERVER: frozenset({"country", "province", "prefecture", "county"}),
    Role.ADMINISTRATOR: frozenset({"country"}),
}
COUNTY_ROLES = frozenset({Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT, Role.COUNTY_GOVERNMENT})
REVIEWER_LEVELS: dict[Role, ReviewLevel] = {Role.PREFECTURE_REVIEWER: "prefecture", Role.PROVINCE_REVIEWER: "province"}


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person. ``unit`` is the department a county_department person answers for.

    ``predecessors``: usernames of those who left and whose work this person goes on with.
    """

    account_id: int
    username: str
    display_name: str
    role: Role
    division_code: str
    unit: str | None = None
    demo: bool = False
    predecessors: tuple[str, ...] = ()
