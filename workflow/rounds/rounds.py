"""Rounds (批次): opened and closed by administrators; each keeps its standards and policy documents, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from indicators.building.pinned import kept_text
from indicators.checking.shared_answers import incompatible_standards
from indicators.model import Standard
from scoring.days import EARLIEST_YEAR
from scoring.substance import reason_lacks
from storage.errors import AlreadyExists
from storage.records import ListedSubmission, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import county_kind, has_prefecture, place, within
from workflow.errors import Refused, refuse_overlong
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import may_read
from workflow.privacy import refuse_identifiers_in_text
from workflow.round_policies import keep_policies
from workflow.rounds.giving import bring_given
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew
from workflow.verdicts.rejudging import rejudge

_ROUND_ID = re.compile(r"[0-9A-Za-z一-鿿_-]{1,32}")


@dataclass(frozen=True, slots=True)
class NewRound:
    """``standards`` in the order they are shown; ``quota_per_prefecture`` None = no limit (云南 2018: 1).

    ``second_reviewer``: at each level who finds on rows gives no opinion and does not recommend.
    """

    id: str
    title: str
    standards: tuple[str, ...]
    period_first: date
    period_last: date
    apply_by: date | None = None
    recommend_by: date | None = None
    quota_per_prefecture: int | None = None
    second_reviewer: bool = False


def add_round(office: Office, by: Person | None, new: NewRound, now: datetime, *, demo: bool = False) -> RoundRecord:
    """Open a round. ``by`` None is the command line. Raises Refused: ``wrong_role``, ``bad_round`` (every fault).

    In a demonstration every round is a demo round: its counties are invented and may use no other.
    """
    administrators_only(by)
    _refuse_faults(office, new)
    with office.store.write("system" if by is None else by.username, now) as tx:
        _refuse_taken_title(tx, new.id, new.title)
        for standard_id in new.standards:
            standard = office.library.standards[standard_id]
            tx.pinned_standards.keep(standard_id, standard.fingerprint, kept_text(standard))
        try:
            return tx.rounds.add(
                id=new.id,
                title=new.title.strip(),
                standards=new.standards,
                fingerprints={s: office.library.standards[s].fingerprint for s in new.standards},
                period_first=new.period_first,
                period_last=new.period_last,
                apply_by=new.apply_by,
                recommend_by=new.recommend_by,
                quota_per_prefecture=new.quota_per_prefecture,
                demo=demo or demonstration(tx),
                policies=keep_policies(tx, office.library),
                second_reviewer=new.second_reviewer,
            )
        except AlreadyExists as taken:
            raise Refused("bad_round", str(taken)) from taken


def demonstration(tx: Transaction) -> bool:
    """Whether this store holds the demonstration, which stands alone: no real round or account beside it."""
    return any(round_record.demo for round_record in tx.rounds.all())


class RoundChanges(TypedDict, total=False):
    """What may change in a running round: never the rules a county is judged by."""

    title: str
    apply_by: date | None
    recommend_by: date | None
    quota_per_prefecture: int | None
    second_reviewer: bool


def change_round(
    office: Office, by: Person | None, round_id: str, now: datetime, why: str = "", **changes: Unpack[RoundChanges]
) -> RoundRecord:
    """Change title, limits or whether two reviewers are wanted; the standards and the period stay. ``why`` is told in
    the log; people must say it, the command line may. Raises Refused.

    Another deadline for applying is another cut-off for every county's proof: all of them are judged anew, in batches
    of their own as after a release; until its turn comes lists say of a county that it is being judged.
    """
    administrators_only(by)
    refuse_overlong("批次", "改动的理由", why, ("reason",))
    with office.store.write("system" if by is None else by.username, now) as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            raise Refused("no_round", round_id=round_id)
        if round_record.closed_at is not None:
            raise Refused("round_closed", "本批次已经结束，不能再修改。")
        if not changes:
            raise Refused("bad_round", "没有给出要修改的内容。")
        lacks = reason_lacks(why, 1, office.library.vocabulary) if by is not None or why else ""
        no_reason = [("reason", f"理由{lacks}。请写明为什么改动。")] if lacks else []
        limits = replace(round_record, **changes)
        _refuse_all([*_limit_faults(limits), *_extended_faults(tx, limits), *no_reason])
        refuse_identifiers_in_text("批次", "reason", why)
        _refuse_taken_title(tx, round_id, changes.get("title", ""))
        changed = tx.rounds.change(round_id, why.strip() or None, **changes)
        if changed.apply_by != round_record.apply_by:
            for record in tx.submissions.all(round_id=round_id):
                tx.verdicts.drop(record.id, [(kept.level, kept.standard) for kept in tx.verdicts.of(record.id)])
    if changed.apply_by != round_record.apply_by:
        rejudge(office, lambda: now)
    return changed


def _extended_faults(tx: Transaction, limits: RoundRecord) -> list[tuple[str, str]]:
    """A county given longer must still be able to be recommended."""
    given = ((r.extended_to, r.division_name) for r in tx.submissions.all(round_id=limits.id) if r.extended_to)
    day, county = max(given, default=(None, ""))
    if day is None or limits.recommend_by is None or day <= limits.recommend_by:
        return []
    return [("recommend", f"考察推荐截止日早于{county}的申报截止（已延至 {day.isoformat()}），请改晚。")]


def close_round(office: Office, by: Person | None, round_id: str, now: datetime) -> RoundRecord:
    """Close a round: nothing moves in it any more; everything stays readable."""
    administrators_only(by)
    with office.store.write("system" if by is None else by.username, now) as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            raise Refused("no_round", round_id=round_id)
        _refuse_while_repinning(round_record)
        return tx.rounds.close(round_id)


def rounds(office: Office) -> tuple[RoundRecord, ...]:
    """Every round; which rounds there are is no secret."""
    with office.store.glance() as tx:
        return tx.rounds.all()


def may_start(person: Person, round_record: RoundRecord) -> bool:
    """Whether this person may open their county's self-assessment in the round (if it has none yet)."""
    division = place(person.division_code)
    return (
        person.role is Role.COUNTY_COORDINATOR
        and division is not None
        and round_record.closed_at is None
        and division.demo == round_record.demo
    )


def start_submission(office: Office, person: Person, round_id: str, now: datetime) -> SubmissionRecord:
    """A county's coordinator opens its self-assessment in a round. Raises Refused."""
    if person.role is not Role.COUNTY_COORDINATOR:
        raise Refused("wrong_role", "自评由县级民政部门（牵头填报）开始。请核对登录账号。")
    division = place(person.division_code)
    if division is None:
        raise Refused("bad_account", "您的账号所属行政区划不存在。请联系系统管理员。")
    with office.store.write(person.username, now) as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None or round_record.closed_at is not None:
            raise Refused("round_closed", "该批次不存在或已结束，不能开始自评。请联系系统管理员。")
        if round_record.demo != division.demo:
            raise Refused("demo_mixed")
        _refuse_while_repinning(round_record)
        standards = office.standards(round_record)
        try:
            begun = tx.submissions.add(
                round_id=round_id, division_code=division.code, division_name=division.name, state=State.DRAFT.value
            )
        except AlreadyExists as taken:
            raise Refused("already_started", str(taken)) from taken
        # 有没有上级市、是县是市还是区，由行政区划决定，不由县填。
        known = {"has_prefecture": has_prefecture(division.code), "county_kind": county_kind(division.code)}
        for fact, value in known.items():
            if value is not None and any(fact in standard.facts for standard in standards):
                tx.entries.put(begun.id, *Target.fact(fact), value, 0)
        bring_given(tx, begun, round_record, standards)
        keep_anew(office, tx, begun, round_record)
        return begun


def submissions_in_area(office: Office, person: Person) -> tuple[ListedSubmission, ...]:
    """Every submission of the person's area, content not included (`workflow.submission.snapshot` decides on that)."""
    if person.role is Role.ADMINISTRATOR:
        return ()
    prefix = person.division_code.rstrip("0")  # 只是先缩小范围
    with office.store.glance() as tx:
        listed = tx.submissions.listed(prefix)
    return tuple(one for one in listed if within(person.division_code, one.record.division_code))


def readable_in_area(office: Office, person: Person) -> tuple[ListedSubmission, ...]:
    """Those of them whose content the person may read now."""
    listed = submissions_in_area(office, person)
    return tuple(one for one in listed if may_read(person, one.record.division_code, State(one.record.state)))


def rounds_on_other_rules(office: Office, person: Person, standard: Standard) -> tuple[RoundRecord, ...]:
    """Running rounds of the person's area that pin other contents of this standard than these; newest first."""
    with office.store.read() as tx:
        running = [
            round_record
            for round_record in tx.rounds.all()
            if round_record.closed_at is None and standard.id in round_record.standards
        ]
        differing = [
            round_record
            for round_record in running
            if round_record.fingerprints.get(standard.id) != standard.fingerprint
        ]
        if person.role is Role.ADMINISTRATOR or not differing:
            return tuple(differing)
        begun = {r.round_id for r in tx.submissions.all() if within(person.division_code, r.division_code)}
    return tuple(round_record for round_record in differing if round_record.id in begun)


def _refuse_while_repinning(round_record: RoundRecord) -> None:
    if round_record.repinning is not None:
        raise Refused("repinning")


def administrators_only(by: Person | None) -> None:
    """Raise Refused ``wrong_role`` for everyone else; None is the command line."""
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以管理批次。")


def _refuse_faults(office: Office, new: NewRound) -> None:
    refuse_identifiers_in_text("批次", "id", new.id)
    faults: list[tuple[str, str]] = []
    if not _ROUND_ID.fullmatch(new.id):
        faults.append(("id", "批次编号须为1至32个字，只含汉字、字母、数字、横线和下划线，如 2018。"))
    unknown = [s for s in new.standards if s not in office.library.standards]
    if unknown or not new.standards:
        wanted = "、".join(office.library.standards)
        faults.append(("standards", f"采用的标准须从已安装的标准中选取：{wanted}。"))
    if len(set(new.standards)) != len(new.standards):
        faults.append(("standards", "同一标准只能列一次。"))
    pinned = [office.library.standards[s] for s in dict.fromkeys(new.standards) if s not in unknown]
    faults.extend(("standards", f"{clash}。") for clash in incompatible_standards(pinned, office.library.standards))
    if new.period_first.year < EARLIEST_YEAR:
        faults.append(("first", f"申报期起始日早于{EARLIEST_YEAR}年，请核对年份。"))
    if new.period_first > new.period_last:
        faults.append(("first", "申报期起始日晚于截止日，请核对。"))
    _refuse_all([*faults, *_limit_faults(new)])


def _refuse_taken_title(tx: Transaction, round_id: str, title: str) -> None:
    """Rounds are told apart by their titles wherever one is chosen."""
    other = next((one.id for one in tx.rounds.all() if one.title == title.strip() and one.id != round_id), None)
    if other is not None:
        _refuse_all([("title", f"批次“{other}”已用这个名称，选择时分不清。请写上年份或第几批。")])


def _refuse_all(faults: Sequence[tuple[str, str]]) -> None:
    """``faults``: which field, and the sentence on it."""
    if faults:
        places = [(None, (field,)) for field, _ in faults]
        raise Refused("bad_round", *(sentence for _, sentence in faults), places=places)


def _limit_faults(limits: NewRound | RoundRecord) -> list[tuple[str, str]]:
    """What may change later is held to the same rules then."""
    faults: list[tuple[str, str]] = []
    if not limits.title.strip() or len(limits.title) > 100:  # noqa: PLR2004 - what a heading holds
        faults.append(("title", "请填写批次名称（不超过100字）。"))
    if limits.apply_by and limits.apply_by < limits.period_first:
        faults.append(("apply", "申报截止日早于申报期起始日，请核对年份。"))
    if limits.apply_by and limits.recommend_by and limits.apply_by > limits.recommend_by:
        faults.append(("apply", "申报截止日晚于考察推荐截止日，请核对。"))
    if limits.quota_per_prefecture is not None and limits.quota_per_prefecture < 1:
        faults.append(("quota", "每市名额须为1以上；不限名额请留空。"))
    refuse_identifiers_in_text("批次", "title", limits.title)
    return faults
