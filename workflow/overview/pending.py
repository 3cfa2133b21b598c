"""待办汇总: what waits for which office, over every submission a person may know of. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from scoring.assessment import NOT_ANSWERED, PASSED
from storage.clock import local_date
from storage.records import Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.department_list import county_accounts
from workflow.divisions import full_name, has_prefecture, prefecture_of, province_of
from workflow.office import Office
from workflow.overview.matrix import expected_counties
from workflow.overview.overview import OVER, Deadline, deadline_of, listed_for
from workflow.overview.reviews import reviews
from workflow.overview.waiting import reviewing_level
from workflow.people import COUNTY_ROLES, REVIEWER_LEVELS, Person, Role
from workflow.states import State, state_label
from workflow.submission.assigning import assigned_units
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.verdicts.reading import REJUDGING, SubmissionVerdicts, kept_verdicts

NOT_STARTED, NO_ACCOUNT = "尚未开始", "没有账号"


class _Matter(NamedTuple):
    office: str
    what: str
    rows: int | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """One matter that waits for one office.

    ``office``: who is to act, in words; ``what``: what they are to do; ``rows``: how many indicators it is about (None:
    the whole submission); ``since``: the day it came to that office (None: it never came); ``submission_id``: None
    where none was begun. ``account``: 没有账号 where nobody could sign in for that office.
    """

    round: RoundRecord
    division_code: str
    stage: str
    office: str
    what: str
    rows: int | None
    since: date | None
    deadline: Deadline | None
    submission_id: int | None
    account: str = ""


def pending(office: Office, person: Person, round_id: str, now: datetime) -> tuple[Pending, ...]:
    """What waits in a round, the earliest deadline first, then by division; empty for administrators and strangers.

    A county's own people see its departments one by one; others see the county's office. Raises Refused where the
    round's rules are gone.
    """
    if person.role is Role.ADMINISTRATOR:
        return ()
    with office.store.read() as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None or round_record.closed_at is not None:
            return ()
        records = listed_for(tx, person, round_id)
        begun = {record.division_code for record in records}
        missing = [place.code for place in expected_counties(tx, person.division_code, round_record)]
        found = [_not_started(round_record, code, now) for code in missing if code not in begun]
        found.extend(_Matters(office, tx, person, round_record, now, tuple(records)).all())
    return tuple(sorted(found, key=_most_pressing_first))


def by_office(found: Iterable[Pending]) -> dict[str, tuple[Pending, ...]]:
    """The same, office by office, in the same order."""
    offices: dict[str, tuple[Pending, ...]] = {}
    for one in found:
        offices[one.office] = (*offices.get(one.office, ()), one)
    return offices


def _most_pressing_first(one: Pending) -> tuple[int, str, str]:
    return one.deadline.days_left if one.deadline else 10**6, one.division_code, one.office


def _civil_affairs(area: str) -> str:
    return f"{area}民政部门"


def _reviewing_office(record: SubmissionRecord, level: str | None) -> str:
    area = prefecture_of(record.division_code) if level == "prefecture" else None
    found = area or province_of(record.division_code)
    return _civil_affairs(full_name(found.code) if found else "")


def _overdue(record: SubmissionRecord, open_return: Return | None, deadline: Deadline | None) -> Iterator[_Matter]:
    """A return past its day waits for whoever gave it, beside the county."""
    if open_return is not None and deadline is not None and deadline.days_left < 0:
        yield _Matter(_reviewing_office(record, open_return.level), "补正期限已过，延长期限或不予推荐")


def _not_started(round_record: RoundRecord, code: str, now: datetime) -> Pending:
    day = round_record.apply_by
    deadline = Deadline("申报截止", day, (day - local_date(now)).days) if day else None
    who = _civil_affairs(full_name(code))
    return Pending(round_record, code, NOT_STARTED, who, "开始自评", None, None, deadline, None)


@dataclass(frozen=True, slots=True)
class _Matters:
    """Everything the matters of one round are told from, read at once."""

    office: Office
    tx: Transaction
    person: Person
    round: RoundRecord
    now: datetime
    records: Sequence[SubmissionRecord]

    def all(self) -> Iterator[Pending]:
        returns, level = self.tx.returns.open_ones(), REVIEWER_LEVELS.get(self.person.role)
        ours = [one for one in self.records if level is not None and reviewing_level(one) == level]
        begun = reviews(self.office, self.tx, ours, {self.round.id: self.round})
        for record in self.records:
            state = State(record.state)
            if state in OVER:
                continue
            deadline = deadline_of(record, self.round, returns.get(record.id), self.now)
            to_find = len(begun[record.id].levels[level].left) if level and record.id in begun else None
            matters = [*self._of(record, state, to_find), *_overdue(record, returns.get(record.id), deadline)]
            for matter in matters:
                yield Pending(
                    self.round,
                    record.division_code,
                    state_label(state, has_prefecture=has_prefecture(record.division_code)),
                    matter.office,
                    matter.what,
                    matter.rows,
                    local_date(record.state_since),
                    deadline,
                    record.id,
                    matter.account,
                )

    def _of(self, record: SubmissionRecord, state: State, to_find: int | None) -> Iterable[_Matter]:
        """``to_find``: how many rows this person's own level has not found on; None where it is not its turn."""
        county = full_name(record.division_code)
        if state is State.AWAITING_GOVERNMENT:
            return [_Matter(f"{county}人民政府", "审核并出具推荐意见")]
        if reviewing_level(record) is not None:
            what = "逐项认定" if to_find != 0 else "出具意见，办理推荐、退回补正或不予推荐"
            return [_Matter(_reviewing_office(record, reviewing_level(record)), what, to_find or None)]
        if self.person.role in COUNTY_ROLES:
            return self._within_county(record)
        return [_Matter(_civil_affairs(county), "按退回意见补正" if state is State.RETURNED else "填报自评")]

    def _within_county(self, record: SubmissionRecord) -> Iterator[_Matter]:
        """By department; what nobody was given, and handing over, is the coordinator's."""
        snapshot = read_snapshot(self.office, self.tx, self.person, record.id)
        coordinator = _civil_affairs(full_name(record.division_code))
        pinned = {record.round_id: self.round}
        verdicts = kept_verdicts(self.office, self.tx, [record], pinned).get(record.id)
        if verdicts is None:
            yield _Matter(coordinator, REJUDGING)
            return
        told = list(_by_department(snapshot, verdicts))
        unit = snapshot.departments.name_of(self.person.unit or "")
        mine = unit if self.person.role is Role.COUNTY_DEPARTMENT else None
        name_of = snapshot.departments.name_of
        people = county_accounts(self.tx, record.division_code)
        able = {name_of(one.unit or one.display_name) for one in people}
        for whose, what, count in told:
            if not whose and mine is None:
                yield _Matter(coordinator, f"{what}（尚未分配）", count)
            elif whose and mine in (None, whose):
                yield _Matter(whose, what, count, "" if whose in able else NO_ACCOUNT)
        if not told:
            yield _Matter(coordinator, "办理“提请县政府审核”")


def _by_department(snapshot: SubmissionSnapshot, verdicts: SubmissionVerdicts) -> Iterator[tuple[str, str, int]]:
    assigned = assigned_units(snapshot)
    counted: dict[tuple[str, str], int] = {}
    for row in printed_rows(snapshot.standards):
        outcomes = set(verdicts.of_row(row.id).values())
        if not outcomes - PASSED:
            continue
        what = "填报" if outcomes & NOT_ANSWERED else "完善未达标或佐证不足的指标"
        for unit in assigned.get(row.id) or ("",):
            counted[unit, what] = counted.get((unit, what), 0) + 1
    for (unit, what), count in counted.items():
        yield unit, what, count
