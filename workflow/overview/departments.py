"""A county's departments: who may sign in for each, who has not yet, and what each answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.departments import Department
from storage.records import Account
from storage.store import Transaction
from workflow.assignment import assignment_of
from workflow.department_list import county_accounts, read_departments
from workflow.office import Office
from workflow.submission.assigning import assignments, proposed
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot


@dataclass(frozen=True, slots=True)
class DepartmentStanding:
    """A department, those who may sign in for it, and the rows and commitments it is given.

    ``absent``: usernames of those who have not come in with their first password yet.
    """

    department: Department
    accounts: tuple[str, ...]
    absent: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsSeen:
    """What an account of a department will find to fill in; ``suggested``: nothing is assigned, rows that may be."""

    assigned: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """In a sentence, for whoever makes the account."""
        if self.assigned:
            return f"登录后将看到分给它的 {len(self.assigned)} 项：{'、'.join(self.assigned)}。"
        if self.suggested:
            rows = "、".join(self.suggested)
            return (
                f"还没有分给它的指标；建议分给它的 {len(self.suggested)} 项（{rows}），须县级民政部门在“分工”页分配。"
            )
        return "还没有分给它的指标，登录后没有可填的项；须县级民政部门在“分工”页分配。"


def department_standings(office: Office, snapshot: SubmissionSnapshot) -> tuple[DepartmentStanding, ...]:
    """Every department of the list, in its order."""
    listed = snapshot.departments
    with office.store.read() as tx:
        accounts = county_accounts(tx, snapshot.record.division_code)
    by_name: dict[str, list[Account]] = {}
    for account in accounts:
        by_name.setdefault(listed.name_of(account.unit or account.display_name), []).append(account)
    given: dict[str, list[str]] = {}
    for key, units in assignments(snapshot).items():
        for unit in dict.fromkeys(map(listed.name_of, units)):
            given.setdefault(unit, []).append(key)
    return tuple(
        DepartmentStanding(
            one,
            tuple(account.username for account in by_name.get(one.name, ())),
            tuple(account.username for account in by_name.get(one.name, ()) if account.must_change_password),
            tuple(given.get(one.name, ())),
        )
        for one in listed.departments
    )


def rows_seen(office: Office, division_code: str, units: tuple[str, ...]) -> Mapping[str, RowsSeen]:
    """By department what an account made for it now would see in the county's submission of an open round."""
    with office.store.read() as tx:
        return _rows_seen(office, tx, division_code, units)


def _rows_seen(office: Office, tx: Transaction, division_code: str, units: tuple[str, ...]) -> Mapping[str, RowsSeen]:
    listed = read_departments(tx, division_code)
    rounds = {one.id: one for one in tx.rounds.all() if one.closed_at is None}
    records = [one for one in tx.submissions.all(division_prefix=division_code) if one.round_id in rounds]
    record = records[-1] if records else None
    entries = () if record is None else tx.entries.all(record.id)
    given = {entry.key: assignment_of(entry.body).units for entry in entries if entry.kind == "assignment"}
    round_record = rounds[record.round_id].of(record) if record is not None else next(iter(rounds.values()), None)
    if round_record is None or not office.has_rules(round_record):
        return {unit: RowsSeen() for unit in units}
    standards = office.standards(round_record)
    may = proposed(standards, office.rules_of(round_record), listed)
    order = [row.id for row in printed_rows(standards)]
    seen = {}
    for unit in units:
        name = listed.name_of(unit)
        assigned = tuple(row for row in order if name in map(listed.name_of, given.get(row, ())))
        suggested = () if assigned else tuple(row for row in order if row in may and name in may[row].units)
        seen[unit] = RowsSeen(assigned, suggested)
    return seen
