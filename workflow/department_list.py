"""The departments of a county: its own list once the coordinator has saved one, else those documents usually print.

A department is known by its name and by what else it is called; two spellings of one name are one department to
accounts and assignments alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from scoring.departments import Department, DepartmentList, plain_name, usual_list
from storage.acts import ListedDepartment
from storage.records import Account
from storage.store import Transaction
from workflow.divisions import place
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role, has_unseen
from workflow.privacy import refuse_identifiers_in_text

LONGEST_NAME = 60
_MOST_DEPARTMENTS, _MOST_ALIASES = 200, 12


def read_departments(tx: Transaction, division_code: str) -> DepartmentList:
    """A county's list. Without one of its own: the usual departments, and those that have an account already."""
    listed = tx.departments.of(division_code)
    if listed is not None:
        return DepartmentList(
            tuple(Department(one["name"], tuple(one["aliases"]), one["contact"]) for one in listed), saved=True
        )
    division = place(division_code)
    known = [account.unit for account in department_accounts(tx, division_code) if account.unit]
    return usual_list(division.name if division else "", known)


def department_accounts(tx: Transaction, division_code: str) -> tuple[Account, ...]:
    """The accounts that answer for a department of the county, those that may not sign in left out."""
    return tuple(one for one in county_accounts(tx, division_code) if one.role == Role.COUNTY_DEPARTMENT.value)


def county_accounts(tx: Transaction, division_code: str) -> tuple[Account, ...]:
    """The county's accounts that fill in: its departments' and its coordinator's."""
    filling = {Role.COUNTY_DEPARTMENT.value, Role.COUNTY_COORDINATOR.value}
    known = tx.accounts.all(division_prefix=division_code)
    return tuple(account for account in known if account.role in filling and not account.disabled)


def save_department(
    office: Office, person: Person, standing: str | None, new: Department | None, now: datetime
) -> DepartmentList:
    """Put ``new`` in the place of the department called ``standing`` (None: add it); ``new`` None takes it out.

    A former name stays as an alias, for accounts and assignments still bear it. Raises Refused: ``wrong_role``,
    ``bad_department`` (every fault), ``personal_identifier``.
    """
    if person.role is not Role.COUNTY_COORDINATOR:
        raise Refused("wrong_role", "只有县级民政部门（牵头填报）可以改本县的部门名单。")
    if new is not None:
        new = _cleaned(new)
        for part, text in (("name", new.name), ("aliases", "、".join(new.aliases)), ("contact", new.contact)):
            refuse_identifiers_in_text("部门名单", part, text)
    with office.store.write(person.username, now) as tx:
        before = read_departments(tx, person.division_code)
        at = None if standing is None else before.find(standing)
        if standing is not None and at is None:
            raise Refused("bad_department", f"名单里已没有“{standing}”：可能刚被改动。请刷新页面后重试。")
        if new is not None and at is not None and at.name not in new.names:
            new = replace(new, aliases=(*new.aliases, at.name))
        after = DepartmentList(tuple(_changed(before.departments, at, new)), saved=True)
        faults = [*_faults(new), *_twice(after)] if new is not None else []
        if faults:
            raise Refused("bad_department", *(words for _, words in faults), places=[(None, (f,)) for f, _ in faults])
        _refuse_lost(tx, person.division_code, before, after)
        if after != before:
            tx.departments.put(person.division_code, [_as_kept(one) for one in after.departments])
    return after


def _changed(before: Sequence[Department], at: Department | None, new: Department | None) -> Iterator[Department]:
    for one in before:
        if one is not at:
            yield one
        elif new is not None:
            yield new
    if at is None and new is not None:
        yield new


def _cleaned(new: Department) -> Department:
    aliases = dict.fromkeys(alias.strip() for alias in new.aliases)
    kept = tuple(alias for alias in aliases if alias and plain_name(alias) != plain_name(new.name))
    return Department(new.name.strip(), kept, new.contact.strip())


def _faults(new: Department) -> Iterator[tuple[str, str]]:
    if not new.name or len(new.name) > LONGEST_NAME:
        yield "name", f"请填写部门名称（不超过{LONGEST_NAME}字），如“县公安局”。"
    if len(new.aliases) > _MOST_ALIASES or any(len(alias) > LONGEST_NAME for alias in new.aliases):
        yield "aliases", f"其他叫法不超过{_MOST_ALIASES}个，每个不超过{LONGEST_NAME}字，用顿号分开。"
    if len(new.contact) > LONGEST_NAME:
        yield "contact", f"联系处不超过{LONGEST_NAME}字：写科室和办公电话。"
    for part, text in (("name", new.name), ("aliases", "".join(new.aliases)), ("contact", new.contact)):
        if has_unseen(text):
            yield part, "部门的名称或联系处有换行或不可见的字符。请删去后重新填写。"


def _twice(after: DepartmentList) -> Iterator[tuple[str, str]]:
    if len(after.departments) > _MOST_DEPARTMENTS:
        yield "name", f"部门名单不超过{_MOST_DEPARTMENTS}个。请先删去不用的。"
    called = Counter(plain_name(name) for one in after.departments for name in one.names)
    for one in after.departments:
        for name in one.names:
            if called[plain_name(name)] > 1 and (other := _other(after.departments, one, name)) is not None:
                yield "name", f"“{name}”既是{one.name}，又是{other}的名称或其他叫法。请只留一处。"
                return


def _other(departments: Iterable[Department], one: Department, name: str) -> str | None:
    plain = plain_name(name)
    return next((it.name for it in departments if it is not one and plain in map(plain_name, it.names)), None)


def _refuse_lost(tx: Transaction, division_code: str, before: DepartmentList, after: DepartmentList) -> None:
    """What an account is called by stays on the list: it would see nothing any more."""
    using = [account for account in department_accounts(tx, division_code) if account.unit]
    lost = [one for one in using if before.find(one.unit or "") and after.find(one.unit or "") is None]
    if lost:
        named = "、".join(f"{one.username}（{one.unit}）" for one in lost)
        words = (
            f"名单里还要有这个名称或其他叫法，因为有账号用它：{named}。不再用的，请先停用账号；只是改了名称的，请改名。"
        )
        raise Refused("bad_department", words)


def _as_kept(one: Department) -> ListedDepartment:
    return ListedDepartment(name=one.name, aliases=list(one.aliases), contact=one.contact)
