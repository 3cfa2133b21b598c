"""Splitting the work among departments: one `assignment` entry per row, beside the exchange file.

A proposal comes from the 责任单位 a standard prints (Yunnan's; the national one prints none) and is a suggestion only:
nothing is assigned until the county's coordinator saves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.model import Library, Standard
from scoring.departments import DepartmentList, departments, named_units
from workflow.assignment import Assignment, standing_assignments
from workflow.department_list import department_accounts
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.submission.printed_rows import printed_rows
from workflow.submission.saving import Edit, Saved, save
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class AssignmentProposal:
    """Who might answer a row, as an assignment names it, and the standard whose printed 责任单位 it comes from.

    ``units``: the first of the printed ones that the county has, to lead it; whom it needs as helpers, of the others
    ``printed``, the coordinator knows.
    """

    units: tuple[str, ...]
    standard: str
    printed: tuple[str, ...]


def assignments(snapshot: SubmissionSnapshot) -> dict[str, tuple[str, ...]]:
    """Every assignment: row id, or ``policy/commitment`` of a local document → its departments, as listed."""
    return {key: given.units for key, given in all_assignments(snapshot).items()}


def all_assignments(snapshot: SubmissionSnapshot) -> dict[str, Assignment]:
    """The same with parts and deadlines; without the departments that sent it back."""
    return standing_assignments(snapshot.entries, snapshot.departments.name_of)


def sent_back(snapshot: SubmissionSnapshot) -> dict[str, dict[str, str]]:
    """What waits to be given to somebody else: key → the departments it is not for, with their reasons."""
    return {
        target.key: {str(unit): str(why) for unit, why in entry.body.items()}
        for target, entry in snapshot.entries.items()
        if target.kind == "sent_back" and isinstance(entry.body, Mapping)
    }


def row_assignments(snapshot: SubmissionSnapshot) -> dict[str, Assignment]:
    """Row id → who answers it."""
    return {key: given for key, given in all_assignments(snapshot).items() if "/" not in key}


def assigned_units(snapshot: SubmissionSnapshot) -> dict[str, tuple[str, ...]]:
    """Row id → the departments it is assigned to, the lead first."""
    return {key: given.units for key, given in row_assignments(snapshot).items()}


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
    make = lambda: proposed(snapshot.standards, office.rules_of(snapshot.round), snapshot.departments)  # noqa: E731 - kept
    return snapshot.once("proposals", make)


def proposed(standards: Sequence[Standard], rules: Library, listed: DepartmentList) -> dict[str, AssignmentProposal]:
    """The same for any county with these departments."""
    suggestions: dict[str, AssignmentProposal] = {}
    for row in printed_rows(standards):
        printed = _printed_units(standards, rules, row.id)
        if printed is None:
            continue
        standard_id, names = printed
        units = named_units(listed, departments(names))[:1]
        if units:
            suggestions[row.id] = AssignmentProposal(units, standard_id, names)
    return suggestions


def assign(
    office: Office, person: Person, submission_id: int, split: Mapping[str, Iterable[str]], now: datetime,
    *, parts: Mapping[str, Mapping[str, Iterable[str]]] | None = None,
) -> Saved:  # fmt: skip
    """Write who answers which row or local commitment, the lead first; no units takes the assignment away.

    ``parts``: by row and helper the measures it fills in; rows that are not named keep theirs. Raises as `save`.
    """
    snapshot = open_submission(office, person, submission_id)
    standing, name_of = all_assignments(snapshot), snapshot.departments.name_of
    given = {
        key: standing.get(key, Assignment()).given_to(name_of(unit.strip()) for unit in units if unit.strip())
        for key, units in split.items()
    }
    for key, of_row in (parts or {}).items():
        given[key] = given[key].with_parts(of_row)
    settled = [target for key in given if (target := Target.sent_back(key)) in snapshot.entries]
    return _save(office, snapshot, given, now, settled)


def send_back(office: Office, person: Person, submission_id: int, reasons: Mapping[str, str], now: datetime) -> Saved:
    """By key why it is not this department's: it goes back to the coordinator. Raises as `save`."""
    snapshot = open_submission(office, person, submission_id)
    unit, standing = snapshot.departments.name_of(person.unit or ""), sent_back(snapshot)
    bodies = {Target.sent_back(key): {**standing.get(key, {}), unit: why.strip()} for key, why in reasons.items()}
    edits = [Edit(target, body, snapshot.version(target)) for target, body in bodies.items()]
    return save(office, person, submission_id, edits, now)


def set_due(
    office: Office, person: Person, submission_id: int, dues: Mapping[str, date | None], now: datetime
) -> Saved:
    """The county's own deadline by row, of what is assigned already; None: it has none. Raises as `save`, and Refused
    (``nothing_to_assign``) where nothing of it is."""
    snapshot = open_submission(office, person, submission_id)
    standing = all_assignments(snapshot)
    given = {
        key: replace(standing[key], due=due) for key, due in dues.items() if key in standing and standing[key].units
    }
    if not given:
        raise Refused("nothing_to_assign", "所选各项还没有分配给部门，不能定内部期限。请先分配。")
    return _save(office, snapshot, given, now)


def _save(
    office: Office, snapshot: SubmissionSnapshot, given: Mapping[str, Assignment], now: datetime,
    settled: Iterable[Target] = (),
) -> Saved:  # fmt: skip
    """``settled``: what was sent back and is answered by it."""
    bodies = {Target.assignment(key): one.body for key, one in given.items()} | dict.fromkeys(settled)
    edits = [Edit(target, body, snapshot.version(target)) for target, body in bodies.items()]
    return save(office, snapshot.person, snapshot.record.id, edits, now)


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
