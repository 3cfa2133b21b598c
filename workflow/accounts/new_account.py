"""A new account: the rules of its fields, and the first password this tool makes up."""

from __future__ import annotations

import re
import secrets
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from scoring.departments import DepartmentList
from workflow.divisions import PlaceLevel, place
from workflow.people import ROLE_DIVISIONS, ROLE_LABELS, Person, Role, has_unseen
from workflow.permissions import account_refusal
from workflow.privacy import refuse_identifiers_in_text

_USERNAME = re.compile(r"[a-z][a-z0-9_.-]{1,31}")
_NOT_A_PERSON = frozenset({"system", "service", "anonymous"})  # 日志里不是人的办理者
_FIRST_PASSWORD_LENGTH = 14
_LONGEST_NAME = 60  # 与分工中的部门名称同长
_LEVEL_WORDS: Mapping[PlaceLevel, str] = {
    "country": "全国（000000）",
    "province": "省级",
    "prefecture": "地市级",
    "county": "县级",
}
AccountField = Literal["username", "display_name", "role", "division", "unit"]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What whoever makes it fills in. ``unit``: the department of a county_department person."""

    username: str
    display_name: str
    role: Role
    division_code: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AccountFault:
    """What is wrong with one field, and what to write."""

    field: AccountField
    sentence: str


def normal_username(username: str) -> str:
    """Usernames compare without case and width."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def as_listed(new: NewAccount, listed: DepartmentList) -> NewAccount:
    """With the department named as its county's list has it."""
    return replace(new, unit=listed.name_of(new.unit.strip()) if new.unit and new.unit.strip() else None)


def account_faults(by: Person | None, new: NewAccount, listed: DepartmentList) -> list[AccountFault]:
    """Every fault of the fields, and that it is not this person's to make; ``listed``: its county's departments.

    Raises Refused: ``personal_identifier``.
    """
    username, unit = normal_username(new.username), new.unit or ""
    for field, text in (("username", username), ("display_name", new.display_name), ("unit", unit)):
        refuse_identifiers_in_text("账号", field, text)
    faults = _name_faults(username, new.display_name, unit)
    division = place(new.division_code)
    if division is None:
        sentence = f"没有代码为“{new.division_code}”的行政区划。请填写2018年的六位代码。"
        faults.append(AccountFault("division", sentence))
    elif division.level not in ROLE_DIVISIONS[new.role]:
        wanted = "、".join(_LEVEL_WORDS[level] for level in sorted(ROLE_DIVISIONS[new.role]))
        faults.append(AccountFault("division", f"{ROLE_LABELS[new.role]}应属于{wanted}，{division.name}不是。"))
    elif (refusal := account_refusal(by, new.role, new.division_code)) is not None:
        faults.append(AccountFault("role" if refusal.code == "wrong_role" else "division", str(refusal)))
    if new.role is Role.COUNTY_DEPARTMENT and not unit.strip():
        faults.append(AccountFault("unit", "分工填报的账号须写明部门，如“县公安局”。"))
    elif new.role is Role.COUNTY_DEPARTMENT and listed.find(unit) is None and len(unit) <= _LONGEST_NAME:
        # 名称对不上的账号什么也看不到：分工是照名单给的。
        faults.append(AccountFault("unit", listed.unknown(unit.strip())))
    return faults


def _name_faults(username: str, display_name: str, unit: str) -> list[AccountFault]:
    faults: list[AccountFault] = []
    if not _USERNAME.fullmatch(username):
        sentence = "用户名须以字母开头，2至32位，只含小写字母、数字、点、横线和下划线。"
        faults.append(AccountFault("username", sentence))
    elif username in _NOT_A_PERSON:
        sentence = f"“{username}”是操作日志中本系统自己的名字，请另取一个用户名。"
        faults.append(AccountFault("username", sentence))
    if not display_name.strip() or len(display_name) > _LONGEST_NAME:
        faults.append(AccountFault("display_name", "请填写姓名或单位名称（不超过60字）。"))
    if len(unit) > _LONGEST_NAME:
        faults.append(AccountFault("unit", f"部门名称不超过{_LONGEST_NAME}字。"))
    if has_unseen(display_name + unit):
        sentence = "姓名、部门名称中有换行或不可见的字符。请删去后重新填写。"
        faults.append(AccountFault("display_name", sentence))
    return faults


def made_up() -> str:
    """A first password: without letters that look alike, for it is copied from paper."""
    letters = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lI")
    body = "".join(secrets.choice(letters) for _ in range(_FIRST_PASSWORD_LENGTH))
    return f"{body}{secrets.choice('23456789')}{secrets.choice('abcdefgh')}"
