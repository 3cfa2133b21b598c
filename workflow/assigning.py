"""Splitting the work among departments: one `assignment` entry per row, ``{units: [...]}``, beside the exchange file.

A proposal comes from the 责任单位 a standard prints (Yunnan's; the national one prints none) and is a suggestion only:
nothing is assigned until the county's coordinator saves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from indicators.model import Library
from workflow.dossier import Dossier, open_dossier
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.reviewing import printed_rows
from workflow.saving import Edit, Saved, save

# 方案所印责任单位的简称 → 县级部门名称（2018年机构改革前；本工具所列，仅作建议）。先长后短，取第一个出现的。
_DEPARTMENTS: Mapping[str, str] = {
    "儿童福利指导中心": "儿童福利指导中心",
    "妇儿工委办": "妇儿工委办",
    "妇联": "妇联",
    "残联": "残联",
    "公安": "公安局",
    "司法": "司法局",
    "教育": "教育局",
    "卫计": "卫生和计划生育局",
    "人社": "人力资源和社会保障局",
    "财政": "财政局",
    "住建": "住房和城乡建设局",
    "宣传": "委宣传部",
    "民政": "民政局",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who might answer a row: department names, and the standard whose printed 责任单位 they come from."""

    units: tuple[str, ...]
    standard: str
    printed: tuple[str, ...]


def assigned_units(opened: Dossier) -> dict[str, tuple[str, ...]]:
    """Row id → the departments it is assigned to."""
    return {
        key: tuple(entry.body.get("units", ()))
        for (kind, key), entry in opened.entries.items()
        if kind == "assignment" and isinstance(entry.body, Mapping)
    }


def known_units(office: Office, opened: Dossier) -> tuple[str, ...]:
    """The departments of this county that have an account to answer with."""
    with office.store.read() as tx:
        accounts = tx.accounts.all()
    return tuple(
        dict.fromkeys(
            account.unit
            for account in accounts
            if account.role == Role.COUNTY_DEPARTMENT.value
            and account.division_code == opened.record.division_code
            and account.unit
            and not account.disabled
        )
    )


def units_without_account(office: Office, opened: Dossier) -> dict[str, tuple[str, ...]]:
    """Department → rows assigned to it, where nobody could sign in to answer them; the coordinator's own are not."""
    with office.store.read() as tx:
        there = [
            account
            for account in tx.accounts.all()
            if account.division_code == opened.record.division_code and not account.disabled
        ]
    able = {name for account in there for name in (account.unit, account.display_name) if name}
    found: dict[str, tuple[str, ...]] = {}
    for row_id, units in assigned_units(opened).items():
        for unit in units:
            if unit not in able:
                found[unit] = (*found.get(unit, ()), row_id)
    return found


def proposals(office: Office, opened: Dossier) -> dict[str, Proposal]:
    """A suggestion for each row whose standard, or another installed one, prints 责任单位; never written by itself."""
    known = known_units(office, opened)
    found: dict[str, Proposal] = {}
    for row in printed_rows(opened.standards):
        printed = _printed_units(opened, office.rules_of(opened.round), row.id)
        if printed is None:
            continue
        standard_id, names = printed
        units = tuple(dict.fromkeys(_named(d, opened.record.division_name, known) for d in _departments(names)))
        if units:
            found[row.id] = Proposal(units, standard_id, names)
    return found


def assign(
    office: Office, person: Person, submission_id: int, split: Mapping[str, Iterable[str]], now: datetime
) -> Saved:
    """Write who answers which row; no units takes the assignment away. Raises as `workflow.saving.save`."""
    opened = open_dossier(office, person, submission_id)
    edits = []
    for row_id, units in split.items():
        named = list(dict.fromkeys(unit.strip() for unit in units if unit.strip()))
        target = ("assignment", row_id)
        edits.append(Edit(target, {"units": named} if named else None, opened.version(target)))
    return save(office, person, submission_id, edits, now)


def accept_proposals(office: Office, person: Person, submission_id: int, now: datetime) -> Saved:
    """Assign every row that nobody has yet as proposed. Raises Refused (``nothing_to_assign``)."""
    opened = open_dossier(office, person, submission_id)
    there = assigned_units(opened)
    split = {row_id: p.units for row_id, p in proposals(office, opened).items() if row_id not in there}
    if not split:
        raise Refused("nothing_to_assign", "各项指标均已分配，或标准没有列出责任单位。请在表中逐项修改。")
    return assign(office, person, submission_id, split, now)


def _printed_units(opened: Dossier, library: Library, row_id: str) -> tuple[str, tuple[str, ...]] | None:
    """The round's own standards first; else another installed standard's, as a suggestion named after it."""
    others = (s for s in library.standards.values() if s.id not in {own.id for own in opened.standards})
    for standard in (*opened.standards, *others):
        row = standard.row(row_id)
        if row is not None and row.responsible_units:
            return standard.id, row.responsible_units
    return None


def _departments(printed: Iterable[str]) -> Iterable[str]:
    for name in printed:
        found = next((short for short in _DEPARTMENTS if short in name), None)
        if found is not None:
            yield found


def _named(short: str, county: str, known: Iterable[str]) -> str:
    """The county's own name for the department where it has an account, else the usual one."""
    usual = _DEPARTMENTS[short]
    return next((unit for unit in known if short in unit), f"{county}{usual}")
