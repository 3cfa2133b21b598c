"""换用现行规则: a round whose standards have changed under it takes the installed ones, by an administrator's act.

Until then it is judged by the rules it kept. What this decides, and why, stands in ``docs/adr``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.building.pinned import kept_text
from indicators.comparing.meanings import redefined
from indicators.comparing.replacement import Replacement
from indicators.comparing.row_difference import StandardDifference, standard_difference
from indicators.comparing.row_revisions import revised_rows
from indicators.comparing.rule_lines import difference_lines
from indicators.model import Library, Standard
from indicators.model.rule_changes import Redefinition, RuleLine
from indicators.reading.located import ProblemsError
from scoring.rehearsal.rehearse import Counts, Rehearsal, rehearse
from scoring.submission import Submission
from scoring.visible_text import has_visible_text
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import rows_reading
from workflow.privacy import refuse_identifiers_in_text
from workflow.round_policies import keep_policies
from workflow.rounds.refitting import drop_unasked
from workflow.rounds.rehearsing import cases_of_round
from workflow.rounds.repin_effects import CountyEffect, EntryChanges, GroupEffect, counted, counties_hit
from workflow.states import STATE_LABELS, State
from workflow.submission.repins import note_repin
from workflow.submission.rule_revisions import Revised, note_revised
from workflow.targets import Target, form_field

# 已有一级按原规则作出推荐或决定的批次不换：同一批次各县须按同一规则评估。
_DECIDED = frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED})
_LONGEST = 500
POLICIES_CHANGE = "地方文件对照所依据的政策文件随之换用，县里已填的对照请核对，不影响评估结论"


@dataclass(frozen=True, slots=True)
class StandardChange:
    """One standard of the round: what it pins, what is installed, and what differs (None: the old is not kept)."""

    id: str
    pinned: str
    installed: str
    rules: tuple[RuleLine, ...] | None


@dataclass(frozen=True, slots=True)
class RepinPreview:
    """What taking the installed rules would do. ``counts`` is None where the old rules are not kept: no comparison.

    ``voided``: findings that would fall; ``taken_out``: entries with figures no longer asked. ``refusals``: why not.
    ``redefined``: what means something else under its id; ``policies``: documents that change with it. ``groups``: how
    many counties are hit in which way; ``counties``: every one that has not withdrawn, None for an administrator, who
    is not to learn which.
    """

    round: RoundRecord
    changes: tuple[StandardChange, ...]
    counts: Counts | None
    voided: int
    taken_out: int
    refusals: tuple[str, ...]
    redefined: tuple[Redefinition, ...] = ()
    policies: tuple[str, ...] = ()
    groups: tuple[GroupEffect, ...] = ()
    counties: tuple[CountyEffect, ...] | None = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """The preview, and what the act would write."""

    preview: RepinPreview
    writings: tuple[EntryChanges, ...] = ()
    counties: tuple[CountyEffect, ...] = ()
    revised: Revised = ()


def preview_repin(office: Office, by: Person | None, round_id: str) -> RepinPreview:
    """Look before leaping. ``by`` None is the operator at the machine itself, who is told county by county.

    Raises Refused: ``wrong_role``, ``no_round``.
    """
    _administrators_only(by)
    with office.store.read() as tx:
        preview = _plan(office, tx, _round(tx, round_id), named=by is None).preview
    return preview if by is None else replace(preview, counties=None)


def repin_round(
    office: Office, by: Person | None, round_id: str, reason: str, now: datetime, *, seen: RepinPreview | None = None
) -> RoundRecord:
    """Pin the installed rules from now on, in one transaction with what follows from it; audited with the reason.

    ``seen``: the preview on which the person decided; what would do something else by now is not done.
    Raises Refused: ``wrong_role``, ``no_round``, ``no_reason``, ``not_now`` (every obstacle), ``seen_otherwise``.
    """
    _administrators_only(by)
    if not has_visible_text(reason) or len(reason) > _LONGEST:
        raise Refused("no_reason", longest=_LONGEST)
    refuse_identifiers_in_text("批次", "reason", reason)
    with office.store.write("system" if by is None else by.username, now) as tx:
        plan = _plan(office, tx, _round(tx, round_id), named=by is None)
        preview = plan.preview
        if preview.refusals:
            raise Refused("not_now", *preview.refusals)
        if seen is not None and replace(seen, counties=None) != replace(preview, counties=None):
            raise Refused("seen_otherwise")
        for change in preview.changes:
            standard = office.library.standards[change.id]
            tx.pinned_standards.keep(standard.id, standard.fingerprint, kept_text(standard))
        for writing in plan.writings:
            _write(tx, writing)
        for county in plan.counties:
            note_repin(tx, county.record.id, reason.strip(), county.effect)
        note_revised(tx, round_id, plan.revised)
        policies = keep_policies(tx, office.library)
        return tx.rounds.repin(round_id, {c.id: c.installed for c in preview.changes}, reason.strip(), policies)


def _plan(office: Office, tx: Transaction, round_record: RoundRecord, *, named: bool) -> _Plan:
    """``named``: whether the reasons against it may quote what a county wrote."""
    installed = office.library.standards
    missing = [standard_id for standard_id in round_record.standards if standard_id not in installed]
    if missing:
        why = f"标准 {'、'.join(missing)} 没有安装，不能换用。请先安装。"
        return _Plan(RepinPreview(round_record, (), None, 0, 0, (why,)))
    old = _kept_rules(office, round_record)
    differences = () if old is None else tuple(_differences(office, old, round_record))
    changes = tuple(_changes(office, round_record, differences))
    if office.follows_installed(round_record):
        why = "本批次采用的就是现行规则，不需要换用。"
        return _Plan(RepinPreview(round_record, changes, None, 0, 0, (why,)))
    records = tx.submissions.all(round_id=round_record.id)
    meanings = redefined(differences)
    writings = tuple(_writings(office, tx, records, old, _differing(differences, meanings)))
    contents, unreadable = _read_anew(office, round_record, writings, named=named)
    rehearsal = None if old is None else _rehearsal(office, tx, round_record, old, contents)
    counties = tuple(counties_hit(writings, rehearsal, meanings))
    preview = RepinPreview(
        round=round_record,
        changes=changes,
        counts=None if rehearsal is None else rehearsal.counts,
        voided=sum(len(standard_id.findings) for standard_id in writings),
        taken_out=sum(len(writing.bodies) for writing in writings),
        refusals=(
            *(() if old is None else _too_late(round_record, records)),
            *_orphaned_returns(office, tx, records, round_record),
            *unreadable,
        ),
        redefined=meanings,
        policies=office.policies.changed(office.store, office.library, round_record),
        groups=counted(counties),
        counties=counties,
    )
    return _Plan(preview, writings, counties, revised_rows(differences))


def _kept_rules(office: Office, round_record: RoundRecord) -> Library | None:
    try:
        return office.rules_of(round_record)
    except Refused:
        return None


def _differences(office: Office, old: Library, round_record: RoundRecord) -> Iterator[StandardDifference]:
    library = office.library
    for standard_id in round_record.standards:
        yield standard_difference(
            old.standards[standard_id], library.standards[standard_id], library.vocabulary, library.policies
        )


def _changes(
    office: Office, round_record: RoundRecord, differences: tuple[StandardDifference, ...]
) -> Iterator[StandardChange]:
    rules = {difference.new.id: tuple(difference_lines(difference)) for difference in differences}
    for standard_id in round_record.standards:
        pinned, installed = (
            round_record.fingerprints.get(standard_id, ""),
            office.library.standards[standard_id].fingerprint,
        )
        yield StandardChange(standard_id, pinned, installed, rules.get(standard_id))


def _rehearsal(
    office: Office, tx: Transaction, round_record: RoundRecord, old: Library, contents: Mapping[str, Submission]
) -> Rehearsal:
    """``contents``: by division code, what is left of a submission under the installed rules."""
    replaced: dict[str, Standard] = {
        standard_id: office.library.standards[standard_id] for standard_id in round_record.standards
    }
    first = round_record.standards[0]
    change = Replacement(old.standards[first], replaced[first], replaced, (old,))
    cases = cases_of_round(office, tx, round_record, change)
    anew = (replace(case, without_unasked=contents.get(case.submission.division.code)) for case in cases)
    return rehearse(anew, office.points())


def _too_late(round_record: RoundRecord, records: tuple[SubmissionRecord, ...]) -> Iterator[str]:
    if round_record.closed_at is not None:
        yield "本批次已经结束，不再换用现行规则；内容仍按批次原来的规则查看。"
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
    rows = {row.id for standard_id in round_record.standards for row in office.library.standards[standard_id].rows()}
    for record in records:
        open_return = tx.returns.open_one(record.id)
        items = open_return.items if open_return is not None else ()
        gone = [i.row_id for i in items if form_field(i.row_id) is None and i.row_id not in rows]
        if gone:
            yield (
                f"{record.division_name}的退回补正列有 {'、'.join(gone)}，现行规则没有这些项。"
                "请待该县补正办结后再换用。"
            )


def _differing(differences: tuple[StandardDifference, ...], meanings: tuple[Redefinition, ...]) -> frozenset[str]:
    """Rows that ask something else: by their own words, or because a fact they read means something else."""
    rows = {row.id for difference in differences for row in difference.rows if row.asks_otherwise}
    standards = [difference.new for difference in differences]
    return frozenset(rows).union(
        *(rows_reading(meaning.id, standards) for meaning in meanings if meaning.what == "fact")
    )


def _writings(
    office: Office,
    tx: Transaction,
    records: tuple[SubmissionRecord, ...],
    old: Library | None,
    differing: frozenset[str],
) -> Iterator[EntryChanges]:
    new = office.library
    for record in records:
        entries = tx.entries.all(record.id)
        bodies = bodies_of(entries)
        fallen = tuple(target for target in bodies if target.is_finding and target.key in differing)
        changed = drop_unasked({t: b for t, b in bodies.items() if t not in fallen}, old or new, new)
        yield EntryChanges(record, bodies, changed, fallen, {Target.of(entry): entry.version for entry in entries})


def _read_anew(
    office: Office, round_record: RoundRecord, writings: tuple[EntryChanges, ...], *, named: bool
) -> tuple[dict[str, Submission], list[str]]:
    """What is left of each submission by division code; and whatever still could not be read under the installed rules:
    nothing is written then.
    """
    contents: dict[str, Submission] = {}
    problems: list[str] = []
    for writing in writings:
        try:
            contents[writing.record.division_code] = read_content(
                writing.record, round_record, writing.left(), office.library
            )
        except ProblemsError as error:
            for problem in error.problems:
                message = problem.message if named else "按现行规则读不出，请由维护人员用 storage round repin 查看"
                problems.append(f"{writing.record.division_name}的申报 {problem.where}：{message}")
    return contents, problems


def _write(tx: Transaction, writing: EntryChanges) -> None:
    removed = [*writing.findings, *(target for target, body in writing.bodies.items() if body is None)]
    for target in removed:
        tx.entries.remove(writing.record.id, *target, writing.versions[target])
    for target, body in writing.bodies.items():
        if body is not None:
            tx.entries.put(writing.record.id, *target, body, writing.versions[target])


def _round(tx: Transaction, round_id: str) -> RoundRecord:
    round_record = tx.rounds.get(round_id)
    if round_record is None:
        raise Refused("no_round", round_id=round_id)
    return round_record


def _administrators_only(by: Person | None) -> None:
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以为批次换用现行规则。")
