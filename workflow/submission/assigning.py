"""Splitting the work among departments: one `assignment` entry per row, ``{units: [...]}``, beside the exchange file.

A proposal comes from the 责任单位 a standard prints (Yunnan's; the national one prints none) and is a suggestion only:
nothing is assigned until the county's coordinator saves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indicators.model import Library, Standard
from storage.records import Entry
from workflow.department_list import DepartmentList, department_accounts
from workflow.departments import departments
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.submission.printed_rows import printed_rows
from workflow.submission.saving import Edit, Saved, save
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class AssignmentProposal:
    """Who might answer a row: department names, and the standard whose printed 责任单位 they come from."""

    units: tuple[str, ...]
    standard: str
    printed: tuple[str, ...]


def assignments(snapshot: SubmissionSnapshot) -> dict[str, tuple[str, ...]]:
    """Every assignment: row id, or ``policy/commitment`` of a local document → its departments."""
    return assigned_in(snapshot.entries.values())


def assigned_in(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """The same of these entries."""
    return {
        entry.key: tuple(entry.body.get("units", ()))
        for entry in entries
        if entry.kind == "assignment" and isinstance(entry.body, Mapping)
    }


def assigned_units(snapshot: SubmissionSnapshot) -> dict[str, tuple[str, ...]]:
    """Row id → the departments it is assigned to."""
    return {key: units for key, units in assignments(snapshot).items() if "/" not in key}


def known_units(office: Office, snapshot: SubmissionSnapshot) -> tuple[str, ...]:
    """The departments of this county that have an account to answer with."""
    with office.store.read() as tx:
        accounts = department_accounts(tx, snapshot.record.division_code)
    return tuple(dict.fromkeys(snapshot.departments.name_of(account.unit) for account in accounts if account.unit))


def units_without_account(
    office: Office, snapshot: SubmissionSnapshot, assigned: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Department → what of ``assigned`` is given to it, where nobody could sign in to answer; the coordinator's own are
    not."""
    with office.store.read() as tx:
        accounts = [
            account
            for account in tx.accounts.all(division_prefix=snapshot.record.division_code)
            if account.division_code == snapshot.record.division_code and not account.disabled
        ]
    name_of = snapshot.departments.name_of
    able = {name_of(name) for account in accounts for name in (account.unit, account.display_name) if name}
    without: dict[str, tuple[str, ...]] = {}
    for key, units in assigned.items():
        for unit in units:
            if name_of(unit) not in able:
                without[unit] = (*without.get(unit, ()), key)
    return without


def proposals(office: Office, snapshot: SubmissionSnapshot) -> dict[str, AssignmentProposal]:
    """A suggestion for each row whose standard, or another installed one, prints 责任单位; never written by itself."""
    return proposed(snapshot.standards, office.rules_of(snapshot.round), snapshot.departments)


def proposed(standards: Sequence[Standard], rules: Library, listed: DepartmentList) -> dict[str, AssignmentProposal]:
    """The same for any county with these departments."""
    suggestions: dict[str, AssignmentProposal] = {}
    for row in printed_rows(standards):
        printed = _printed_units(standards, rules, row.id)
        if printed is None:
            continue
        standard_id, names = printed
        units = named_units(listed, departments(names))
        if units:
            suggestions[row.id] = AssignmentProposal(units, standard_id, names)
    return suggestions


def named_units(listed: DepartmentList, printed: Iterable[str]) -> tuple[str, ...]:
    """The county's own names of the departments a document prints; those it has not are left out."""
    names = (listed.printed(short) for short in printed)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def assign(
    office: Office, person: Person, submission_id: int, split: Mapping[str, Iterable[str]], now: datetime
) -> Saved:
    """Write who answers which row or local commitment; no units takes the assignment away. Raises as `save`."""
    snapshot = open_submission(office, person, submission_id)
    edits = []
    for key, units in split.items():
        named = list(dict.fromkeys(snapshot.departments.name_of(unit.strip()) for unit in units if unit.strip()))
        target = Target.assignment(key)
        edits.append(Edit(target, {"units": named} if named else None, snapshot.version(target)))
    return save(office, person, submission_id, edits, now)


def accept_proposals(office: Office, person: Person, submission_id: int, now: datetime) -> Saved:
    """Assign every row that nobody has yet as proposed. Raises Refused (``nothing_to_assign``)."""
    snapshot = open_submission(office, person, submission_id)
    assigned = assigned_units(snapshot)
    split = {
        row_id: proposal.units for row_id, proposal in proposals(office, snapshot).items() if row_id not in assigned
    }
    if not split:
        raise Refused("nothing_to_assign", "各项指标均已分配，或标准没有列出责任单位。请在表中逐项修改。")
    return assign(office, person, submission_id, split, now)


def _printed_units(own: Sequence[Standard], library: Library, row_id: str) -> tuple[str, tuple[str, ...]] | None:
    """The round's own standards first; else another installed standard's, as a suggestion named after it."""
    others = (standard for standard in library.standards.values() if standard.id not in {one.id for one in own})
    for standard in (*own, *others):
        row = standard.row(row_id)
        if row is not None and row.responsible_units:
            return standard.id, row.responsible_units
    return None
