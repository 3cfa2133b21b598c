"""换用现行规则: a round whose standards have changed under it takes the installed ones, by an administrator's act.

Until then it is judged by the rules it kept. What this decides, and why, stands in ``docs/adr``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indicators.differences import differences
from indicators.located import ProblemsError
from indicators.model import Library, Standard
from indicators.pinned import kept_text
from indicators.replacement import Replacement
from scoring.rehearsal import Counts, Rehearsal, rehearse
from scoring.said import says_something
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import Target, bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.privacy import refuse_identifiers
from workflow.refitting import refitted, rows_that_differ
from workflow.rehearsing import cases_of_round
from workflow.rules_taken import RulesEffect, note_rules_taken
from workflow.states import STATE_LABELS, State

# 已有一级按原规则作出推荐或决定的批次不换：同一批次各县须按同一规则评估。
_DECIDED = frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED})
_LONGEST = 500
_FOUND = ("finding.prefecture", "finding.province")


@dataclass(frozen=True, slots=True)
class StandardChange:
    """One standard of the round: what it pins, what is installed, and what differs (None: the old is not kept)."""

    id: str
    pinned: str
    installed: str
    rules: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class CountyEffect:
    """A county of the round and what taking the installed rules would do to it."""

    record: SubmissionRecord
    effect: RulesEffect


@dataclass(frozen=True, slots=True)
class RepinPreview:
    """What taking the installed rules would do. ``counts`` is None where the old rules are not kept: no comparison.

    ``counties``: every one that has not withdrawn. ``voided``: findings that would fall; ``taken_out``: entries with
    figures no longer asked. ``refusals``: why not.
    """

    round: RoundRecord
    changes: tuple[StandardChange, ...]
    counts: Counts | None
    voided: int
    taken_out: int
    refusals: tuple[str, ...]
    counties: tuple[CountyEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class _Writing:
    """One submission's entries: new bodies (None = remove), and the findings that fall."""

    record: SubmissionRecord
    bodies: Mapping[Target, Any]
    findings: tuple[Target, ...]
    versions: Mapping[Target, int]


def preview_repin(office: Office, by: Person | None, round_id: str) -> RepinPreview:
    """Look before leaping. ``by`` None is the command line. Raises Refused: ``wrong_role``, ``no_round``."""
    _administrators_only(by)
    with office.store.read() as tx:
        return _preview(office, tx, _round(tx, round_id))[0]


def repin_round(office: Office, by: Person | None, round_id: str, reason: str, now: datetime) -> RoundRecord:
    """Pin the installed rules from now on, in one transaction with what follows from it; audited with the reason.

    Raises Refused: ``wrong_role``, ``no_round``, ``no_reason``, ``not_now`` (every obstacle).
    """
    _administrators_only(by)
    if not says_something(reason) or len(reason) > _LONGEST:
        raise Refused("no_reason", f"请写明换用现行规则的理由（不超过{_LONGEST}字）。理由记入操作日志。")
    refuse_identifiers(("批次", "reason"), reason)
    with office.store.write("system" if by is None else by.username, now) as tx:
        preview, writings = _preview(office, tx, _round(tx, round_id))
        if preview.refusals:
            raise Refused("not_now", *preview.refusals)
        for change in preview.changes:
            standard = office.library.standards[change.id]
            tx.pinned_standards.keep(standard.id, standard.fingerprint, kept_text(standard))
        for writing in writings:
            _write(tx, writing)
        for county in preview.counties:
            note_rules_taken(tx, county.record.id, reason.strip(), county.effect)
        return tx.rounds.repin(round_id, {c.id: c.installed for c in preview.changes}, reason.strip())


def _preview(office: Office, tx: Transaction, round_record: RoundRecord) -> tuple[RepinPreview, tuple[_Writing, ...]]:
    installed = office.library.standards
    missing = [one for one in round_record.standards if one not in installed]
    if missing:
        why = f"标准 {'、'.join(missing)} 没有安装，不能换用。请先安装。"
        return RepinPreview(round_record, (), None, 0, 0, (why,)), ()
    old = _kept_rules(office, round_record)
    changes = tuple(_change(office, one, round_record, old) for one in round_record.standards)
    if office.follows_installed(round_record):
        why = "本批次采用的就是现行规则，不需要换用。"
        return RepinPreview(round_record, changes, None, 0, 0, (why,)), ()
    records = tx.submissions.all(round_id=round_record.id)
    writings = tuple(_writings(office, tx, records, round_record, old))
    rehearsal = None if old is None else _rehearsal(office, tx, round_record, old)
    refusals = (
        *(() if old is None else _too_late(round_record, records)),
        *_orphaned_returns(office, tx, records, round_record),
        *_unreadable(office, tx, round_record, writings),
    )
    preview = RepinPreview(
        round=round_record,
        changes=changes,
        counts=None if rehearsal is None else rehearsal.counts,
        voided=sum(len(one.findings) for one in writings),
        taken_out=sum(len(one.bodies) for one in writings),
        refusals=refusals,
        counties=tuple(_counties(writings, rehearsal)),
    )
    return preview, writings


def _counties(writings: tuple[_Writing, ...], rehearsal: Rehearsal | None) -> Iterator[CountyEffect]:
    """An administrator learns which rows change, never why: reasons quote what a county wrote."""
    done = {one.division_code: one for one in rehearsal.submissions} if rehearsal is not None else {}
    for one in writings:
        if State(one.record.state) is State.WITHDRAWN:
            continue
        would = done.get(one.record.division_code)
        effect = RulesEffect(
            eligible=None if would is None else (would.eligible_before, would.eligible_after),
            rows=() if would is None else tuple(dict.fromkeys(change.id for change in would.rows)),
            fallen=tuple((kind.removeprefix("finding."), row_id) for kind, row_id in one.findings),
            taken_out=len(one.bodies),
        )
        yield CountyEffect(one.record, effect)


def _kept_rules(office: Office, round_record: RoundRecord) -> Library | None:
    try:
        return office.rules_of(round_record)
    except Refused:
        return None


def _change(office: Office, standard_id: str, round_record: RoundRecord, old: Library | None) -> StandardChange:
    new = office.library.standards[standard_id]
    rules = None
    if old is not None:
        rules = tuple(
            differences(old.standards[standard_id], new, office.library.vocabulary, policies=office.library.policies)
        )
    return StandardChange(standard_id, round_record.fingerprints.get(standard_id, ""), new.fingerprint, rules)


def _rehearsal(office: Office, tx: Transaction, round_record: RoundRecord, old: Library) -> Rehearsal:
    replaced: dict[str, Standard] = {one: office.library.standards[one] for one in round_record.standards}
    first = round_record.standards[0]
    change = Replacement(old.standards[first], replaced[first], replaced, (old,))
    return rehearse(cases_of_round(office, tx, round_record, change), office.points())


def _too_late(round_record: RoundRecord, records: tuple[SubmissionRecord, ...]) -> Iterator[str]:
    if round_record.closed_at is not None:
        yield "本批次已经结束，不再换用规则；内容仍按批次原来的规则查看。"
    decided = [r for r in records if State(r.state) in _DECIDED]
    if decided:
        named = "、".join(f"{r.division_name}（{STATE_LABELS[State(r.state)]}）" for r in decided)
        yield (
            f"本批次已有 {len(decided)} 个县按原规则作出推荐或决定：{named}。同一批次须按同一规则评估，"
            "不能换用；本批次继续按原规则办理，新规则请另开批次采用。"
        )


def _orphaned_returns(
    office: Office, tx: Transaction, records: tuple[SubmissionRecord, ...], round_record: RoundRecord
) -> Iterator[str]:
    rows = {row.id for one in round_record.standards for row in office.library.standards[one].rows()}
    for record in records:
        open_return = tx.returns.open_one(record.id)
        items = open_return.items if open_return is not None else ()
        gone = [i.row_id for i in items if not i.row_id.startswith("form/") and i.row_id not in rows]
        if gone:
            yield (
                f"{record.division_name}的退回补正列有 {'、'.join(gone)}，现行规则没有这些项。"
                "请待该县补正办结后再换用。"
            )


def _writings(
    office: Office,
    tx: Transaction,
    records: tuple[SubmissionRecord, ...],
    round_record: RoundRecord,
    old: Library | None,
) -> Iterator[_Writing]:
    new = office.library
    differing = frozenset() if old is None else rows_that_differ(old, new, round_record.standards)
    for record in records:
        entries = tx.entries.all(record.id)
        bodies = bodies_of(entries)
        fallen = tuple(target for target in bodies if target[0] in _FOUND and target[1] in differing)
        changed = refitted({t: b for t, b in bodies.items() if t not in fallen}, old or new, new)
        yield _Writing(record, changed, fallen, {(e.kind, e.key): e.version for e in entries})


def _unreadable(
    office: Office, tx: Transaction, round_record: RoundRecord, writings: tuple[_Writing, ...]
) -> Iterator[str]:
    """Whatever still could not be read under the installed rules is named; nothing is written then."""
    for one in writings:
        bodies = {**bodies_of(tx.entries.all(one.record.id)), **one.bodies}
        left = {target: body for target, body in bodies.items() if body is not None and target not in one.findings}
        try:
            read_content(one.record, round_record, left, office.library)
        except ProblemsError as error:
            for problem in error.problems:
                yield f"{one.record.division_name}的申报 {problem.where}：{problem.message}"


def _write(tx: Transaction, writing: _Writing) -> None:
    removed = [*writing.findings, *(target for target, body in writing.bodies.items() if body is None)]
    for kind, key in removed:
        tx.entries.remove(writing.record.id, kind, key, writing.versions[kind, key])
    for (kind, key), body in writing.bodies.items():
        if body is not None:
            tx.entries.put(writing.record.id, kind, key, body, writing.versions[kind, key])


def _round(tx: Transaction, round_id: str) -> RoundRecord:
    found = tx.rounds.get(round_id)
    if found is None:
        raise Refused("no_round", f"没有编号为“{round_id}”的批次。请核对。")
    return found


def _administrators_only(by: Person | None) -> None:
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以为批次换用规则。")
