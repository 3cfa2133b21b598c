"""Rehearsing a change of rules over what is in the store: for an area's reviewers, for administrators, for repinning.

Whose submissions a person learns of is the same as in the matrix. An administrator, who reads no county's figures,
learns how many of the released ones an installed standard would change, never which; and of a draft nothing but what
differs in the rules: one draft after another with another threshold would give the figures away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indicators.comparing.replacement import Replacement, compare_replaced, not_concerned
from indicators.model.rule_changes import ReplacedRules
from scoring.rehearsal.rehearse import Counts, Rehearsal, RehearsalInput, Rehearsed, Skipped, in_place, rehearse_one
from scoring.submission import Level
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import WHOLE_COUNTRY
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import may_list, may_read
from workflow.rounds.contents import read_many
from workflow.states import State
from workflow.visibility import sees

REHEARSERS = frozenset({Role.PROVINCE_REVIEWER, Role.OBSERVER, Role.ADMINISTRATOR})
_AT_ONCE = 10
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RehearsalFor:
    """A rehearsal for one person. ``rehearsal`` and ``skipped`` are None for an administrator: only counts, and for a
    draft not even these.

    ``withheld``: how many were left out.
    """

    change: Replacement
    level: Level
    rules: ReplacedRules
    counts: Counts | None
    withheld: int
    rehearsal: Rehearsal | None = None
    skipped: tuple[Skipped, ...] | None = None


def rehearse_for(
    office: Office, person: Person, change: Replacement, level: Level = "county", step: Step | None = None
) -> RehearsalFor:
    """The change over the submissions of the person's area. Raises Refused ``wrong_role``.

    ``step``: told (done, in all) as it goes on.
    """
    if person.role not in REHEARSERS:
        raise Refused("wrong_role", "规则预演供省级民政部门、观察员和系统管理员使用。请核对登录账号。")
    counting_only = person.role is Role.ADMINISTRATOR
    if counting_only and not _of_this_installation(office, change):
        return RehearsalFor(change, level, compare_replaced(change, (), office.library), None, 0)
    reader = replace(person, role=Role.OBSERVER, division_code=WHOLE_COUNTRY) if counting_only else person
    with office.store.read() as tx:
        listed = [r for r in tx.submissions.all() if may_list(reader, r.division_code)]
        shown = [r for r in listed if _shown(reader, r, level)]
        withheld = [r for r in listed if not _shown(reader, r, level)]
        rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
        usable, skipped = _sorted_out(office, shown, rounds, change)
        done: list[Rehearsed] = []
        for first in range(0, len(usable), _AT_ONCE):
            cases = _cases(office, tx, usable[first : first + _AT_ONCE], change)
            done += (rehearse_one(case, office.points(), level) for case in cases)
            if step is not None:
                step(len(done), len(usable))
    rehearsal = Rehearsal(level, tuple(done))
    closed = "尚未上报或本级意见尚未作出，内容不对您开放"
    skipped += (Skipped(_name(record, rounds[record.round_id]), closed) for record in withheld)
    of_each = ((r.round_id, rounds[r.round_id].title, office.standards(rounds[r.round_id])) for r in usable)
    rules = compare_replaced(change, of_each, office.library)
    told = RehearsalFor(change, level, rules, rehearsal.counts, len(skipped))
    return told if counting_only else replace(told, rehearsal=rehearsal, skipped=tuple(skipped))


def _of_this_installation(office: Office, change: Replacement) -> bool:
    """Whether all of the change is installed here, whatever it says of itself."""
    installed = office.library.standards
    return all(
        standard.id in installed and installed[standard.id].fingerprint == standard.fingerprint
        for standard in (change.old, change.new, *change.replaced.values())
    )


def cases_of_store(office: Office, change: Replacement) -> tuple[list[RehearsalInput], list[Skipped]]:
    """Every submission, for the operator at the machine itself."""
    with office.store.read() as tx:
        rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
        usable, skipped = _sorted_out(office, tx.submissions.all(), rounds, change)
        return list(_cases(office, tx, usable, change)), skipped


def _shown(person: Person, record: SubmissionRecord, level: Level) -> bool:
    """As in the matrix: released to them, and at a review level only what that level has given, or is theirs."""
    state = State(record.state)
    return may_read(person, record.division_code, state) and (level == "county" or sees(person.role, state, level))


def _sorted_out(
    office: Office, records: Iterable[SubmissionRecord], rounds: Mapping[str, RoundRecord], change: Replacement
) -> tuple[list[SubmissionRecord], list[Skipped]]:
    """Those that the change concerns and that can be judged, and the others with why not."""
    usable: list[SubmissionRecord] = []
    skipped: list[Skipped] = []
    for record in records:
        round_record = rounds[record.round_id]
        if why := _why_not(office, record, round_record, change):
            skipped.append(Skipped(_name(record, round_record), why))
        else:
            usable.append(record)
    return usable, skipped


def _why_not(office: Office, record: SubmissionRecord, round_record: RoundRecord, change: Replacement) -> str:
    if not set(round_record.standards) & set(change.replaced):
        return not_concerned(round_record.standards, office.library.standards, change)
    if record.state == State.WITHDRAWN:
        return "已撤回"
    try:
        office.standards(round_record)
    except Refused as refused:
        return "；".join(refused.reasons)
    return ""


def _cases(
    office: Office, tx: Transaction, usable: Iterable[SubmissionRecord], change: Replacement
) -> Iterator[RehearsalInput]:
    for one in read_many(office, tx, usable):
        name, standards = _name(one.record, one.round), office.standards(one.round)
        after = in_place(standards, change.replaced)
        yield RehearsalInput(name, one.content, standards, after, one.round.title)


def _name(record: SubmissionRecord, round_record: RoundRecord) -> str:
    return f"{record.division_name}，{round_record.title}"
