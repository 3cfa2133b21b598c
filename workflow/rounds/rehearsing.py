"""Rehearsing a change of rules over what is in the store: for an area's reviewers, for administrators, for repinning.

Whose submissions a person learns of is the same as in the matrix. An administrator, who reads no county's figures,
learns how many of the released ones an installed standard would change, never which; and of a draft nothing but what
differs in the rules: one draft after another with another threshold would give the figures away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from indicators.comparing.replacement import Replacement, not_concerned, replaced_rules
from indicators.model.rule_changes import ReplacedRules
from scoring.rehearsal.rehearse import Counts, Rehearsal, RehearsalInput, Skipped, in_place, rehearse
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
InItsRound = tuple[SubmissionRecord, RoundRecord]
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RehearsalFor:
    """A rehearsal for one person; an administrator has only ``counts``, and of a draft not even these.

    ``withheld``: how many were left out.
    """

    change: Replacement
    level: Level
    rules: ReplacedRules
    counts: Counts | None
    withheld: int
    rehearsal: Rehearsal | None = None


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
        return RehearsalFor(change, level, replaced_rules(change, (), office.library), None, 0)
    reader = replace(person, role=Role.OBSERVER, division_code=WHOLE_COUNTRY) if counting_only else person
    with office.store.read() as tx:
        listed = [(record, of) for record, of in _in_rounds(tx) if may_list(reader, record.division_code)]
        closed = {record.id for record, _ in listed if not _shown(reader, record, level)}
        rehearsal = rehearse(_cases(office, tx, listed, change, closed=closed, step=step), office.points(), level)
    rules, told = replaced_rules(change, rehearsal.kept, office.library), None if counting_only else rehearsal
    return RehearsalFor(change, level, rules, rehearsal.counts, len(rehearsal.skipped), told)


def _of_this_installation(office: Office, change: Replacement) -> bool:
    """Whether all of the change is installed here, whatever it says of itself."""
    installed = {standard.fingerprint for standard in office.library.standards.values()}
    return {standard.fingerprint for standard in (change.old, change.new, *change.replaced.values())} <= installed


def cases_of_store(office: Office, change: Replacement) -> list[RehearsalInput | Skipped]:
    """Every submission, for the operator at the machine itself."""
    with office.store.read() as tx:
        return list(_cases(office, tx, _in_rounds(tx), change))


def _in_rounds(tx: Transaction) -> list[InItsRound]:
    rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
    return [(record, rounds[record.round_id].of(record)) for record in tx.submissions.all()]


def _shown(person: Person, record: SubmissionRecord, level: Level) -> bool:
    """As in the matrix: released to them, and at a review level only what that level has given, or is theirs."""
    state = State(record.state)
    return may_read(person, record.division_code, state) and (level == "county" or sees(person.role, state, level))


def _cases(
    office: Office,
    tx: Transaction,
    records: Sequence[InItsRound],
    change: Replacement,
    *,
    closed: Collection[int] = (),
    step: Step | None = None,
) -> Iterator[RehearsalInput | Skipped]:
    """Each one that the change concerns and that can be judged; of the others, and of ``closed`` ones, why not."""
    for number, (record, of) in enumerate(records, start=1):
        name = f"{record.division_name}，{of.title}"
        if record.id in closed:
            yield Skipped(name, "尚未上报或本级意见尚未作出，内容不对您开放")
        elif not set(of.standards) & set(change.replaced):
            yield Skipped(name, not_concerned(of.standards, office.library.standards, change))
        elif record.state == State.WITHDRAWN:
            yield Skipped(name, "已撤回")
        else:
            try:
                (read,), standards = read_many(office, tx, [record]), office.standards(of)
            except Refused as refused:
                yield Skipped(name, "；".join(refused.reasons))
            else:
                yield RehearsalInput(name, read.content, standards, in_place(standards, change.replaced), of.title)
        if step is not None:
            step(number, len(records))
