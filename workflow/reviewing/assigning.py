"""分工: a reviewing office divides its counties, or sections of one, among its people; handing over when one leaves.

An office has no head here: any of its reviewers may divide the work, and the log says who did.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from scoring.substance import reason_lacks
from storage.records import Account, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.accounts.accounts import person_of
from workflow.errors import Refused, refuse_overlong
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_list
from workflow.privacy import refuse_identifiers_in_text
from workflow.reviewing.colleagues import WHOLE, ReviewingOffice, reviewing_office
from workflow.submission.printed_rows import printed_rows
from workflow.submission.rows import COUNTY_KINDS, read_rows
from workflow.targets import Target

_NAMED = 5
_NOBODY = "请从本单位现有的评审人员中选取，停用的账号不能接手。"


def assign(
    office: Office,
    person: Person,
    submission_ids: Collection[int],
    to: str | None,
    now: datetime,
    *,
    sections: Collection[str] = (),
) -> int:
    """Give these counties, or only ``sections`` of them, to ``to``; None takes them back. How many that changed.

    Raises Refused: ``wrong_role``, ``not_found``, ``round_closed``, ``bad_account`` (nobody of the office),
    ``malformed`` (no such section, nothing chosen), ``own_work`` (``to`` filled one of them in).
    """
    with office.store.write(person.username, now) as tx:
        ours = _office_of(tx, person)
        rounds = {record.id: record for record in tx.rounds.all()}
        records = [record for record in _listed(tx, person) if record.id in set(submission_ids)]
        if len(records) < len(set(submission_ids)):
            raise Refused("not_found")
        if not records:
            raise Refused("malformed", "没有选县。请选取要分工的县，或者按市选取。")
        closed = [record for record in records if rounds[record.round_id].closed_at is not None]
        if closed:
            raise Refused("round_closed", f"{_names(closed)}所在的批次已经结束，不再分工。")
        if to is not None:
            _refuse_own_work(tx, _colleague(ours, to), records, rounds)
        for record in records:
            _refuse_unknown(office, record, rounds[record.round_id], sections)
        return sum(_give(tx, record, ours, dict.fromkeys(sections or (WHOLE,), to)) for record in records)


def hand_over_reviews(office: Office, person: Person, leaving: str, to: str, now: datetime, *, why: str) -> int:
    """Everything ``leaving`` has in the office's open rounds is ``to``'s from now on. How many counties that changed.

    Raises Refused: ``wrong_role``, ``bad_account``, ``malformed`` (no reason, nothing to hand over), ``own_work``.
    """
    refuse_identifiers_in_text("移交", "理由", why)
    refuse_overlong("移交", "理由", why, ("reason",))
    with office.store.write(person.username, now) as tx:
        ours = _office_of(tx, person)
        successor = _colleague(ours, to)
        if leaving == to:
            raise Refused("bad_account", "移交给的就是本人。请另选一人。")
        if lacks := reason_lacks(why, 1, office.library.vocabulary):
            raise Refused("malformed", f"理由{lacks}。请写明为什么移交。", places=[(None, ("reason",))])
        rounds = {record.id: record for record in tx.rounds.all() if record.closed_at is None}
        theirs = {
            record: [section for section, name in ours.shares(record).items() if name == leaving]
            for record in _listed(tx, person)
            if record.round_id in rounds
        }
        having = [record for record, those in theirs.items() if those]
        if not having:
            raise Refused("malformed", "这个账号名下没有分到的县和部分，不用移交。")
        _refuse_own_work(tx, successor, having, rounds)
        return sum(_give(tx, record, ours, dict.fromkeys(theirs[record], to), why.strip()) for record in having)


def _office_of(tx: Transaction, person: Person) -> ReviewingOffice:
    ours = reviewing_office(tx, person)
    if ours is None:
        raise Refused("wrong_role", "评审分工由市级、省级评审人员在本单位内安排。请核对登录账号。")
    return ours


def _listed(tx: Transaction, person: Person) -> Sequence[SubmissionRecord]:
    every = tx.submissions.all(division_prefix=person.division_code.rstrip("0"))
    return [record for record in every if may_list(person, record.division_code)]


def _colleague(ours: ReviewingOffice, username: str) -> Account:
    if username not in ours.people:
        raise Refused("bad_account", f"本单位没有可以接手的评审账号“{username}”。{_NOBODY}")
    return ours.people[username]


def _refuse_unknown(
    office: Office, record: SubmissionRecord, round_record: RoundRecord, sections: Collection[str]
) -> None:
    if not sections:
        return
    known = {row.section for row in printed_rows(office.standards(round_record.of(record)))}
    if unknown := [section for section in sections if section not in known]:
        raise Refused("malformed", f"{record.division_name}采用的标准没有“{'、'.join(unknown)}”这一部分。请重新选取。")


def _refuse_own_work(
    tx: Transaction, account: Account, records: Sequence[SubmissionRecord], rounds: dict[str, RoundRecord]
) -> None:
    """Nobody is given a county that they filled in, or whose form names them: they could not review it."""
    ids, who = [record.id for record in records], person_of(account)
    suspect = tx.entries.written_by(account.username, ids, COUNTY_KINDS)
    suspect |= {
        number
        for number, _, _, body in tx.entries.bodies(ids, (Target.form("").kind,))
        if isinstance(body, str) and who.display_name.strip() in body
    }
    those = [
        record
        for record in records
        if record.id in suspect and read_rows(tx, record, rounds[record.round_id]).has_part(who)
    ]
    if those:
        raise Refused(
            "own_work",
            f"{account.display_name}参与过{_names(those)}的填报，或者是申报表上的负责人、联系人，不能评价。请分给其他人员。",
        )


def _give(
    tx: Transaction, record: SubmissionRecord, ours: ReviewingOffice, given: dict[str, str | None], why: str = ""
) -> bool:
    """Whether that changed anything. A section that is whose the county is needs no saying."""
    before = ours.shares(record)
    after = {section: name for section, name in {**before, **given}.items() if name is not None}
    whole = after.get(WHOLE)
    after = {section: name for section, name in after.items() if section == WHOLE or name != whole}
    if after == dict(record.reviewers.get(ours.level, {})):
        return False
    tx.reviewers.put(record, ours.level, after, why or None)
    return True


def _names(records: Sequence[SubmissionRecord]) -> str:
    names = "、".join(record.division_name for record in records[:_NAMED])
    return f"{names}等{len(records)}个县" if len(records) > _NAMED else names
