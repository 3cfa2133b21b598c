"""一并确认: the rows a level may confirm together, and the one act that does it.

Only what computes as met and was never in question is offered, and only by methods that need no visit and no search:
现场查看, 实地考察, 走访居民 and 舆情监测 come from a recorded one. Each veto is found on by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators.model import Indicator
from scoring.assessment import PASSED
from scoring.submission import Finding, ReviewLevel
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.doubts import doubts
from workflow.procedure.findings import finding_body, methods_of
from workflow.procedure.past import Past, read_past
from workflow.procedure.reviewing import RowAcrossLevels, compare_levels
from workflow.submission.saving import Edit, Saved, save
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.targets import FINDING_KINDS, Target

TOGETHER = ("document_review", "report_hearing")  # methods that a desk suffices for
_CONFIRMS = "met"  # 与计算结论一致、无须说明理由的一种；其余都要逐项写明理由，一票否决每一项都要单独认定。


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row that may be confirmed as 达标 with others; ``methods``: those of `TOGETHER` its standards print for it."""

    row: Indicator
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is confirmed: these rows as 达标, each by those of ``methods`` that its standards print, on ``day``.

    ``seen``: the submission's version when they were looked at; the county's content changes by moves only.
    """

    level: ReviewLevel
    row_ids: tuple[str, ...]
    methods: tuple[str, ...]
    day: date
    seen: int


def rows_in_question(past: Past, level: ReviewLevel) -> frozenset[str]:
    """Rows to be looked at one by one: named by a return, doubted or found wanting before, or changed since they were
    found on or since the first return."""
    levels: tuple[ReviewLevel, ...] = ("prefecture", "province") if level == "province" else ("prefecture",)
    returned = {item.row_id for notice in past.returns for item in notice.items}
    found = [line for line in past.findings if line.kind in {FINDING_KINDS[one] for one in levels}]
    wanting = {line.key for line in found if isinstance(line.body, Mapping) and line.body.get("finding") != _CONFIRMS}
    doubted = {doubt.row_id for one in levels for doubt in doubts(past.snapshot, one)}  # 已了结的也单独看
    voided = {line.key for line in found if line.removed and (line.by, line.at) in past.of_county}
    changes = past.after(past.order.since(past.returns[0])) if past.returns else ()
    changed = {row_id for change in changes for row_id in change.row_ids}
    return frozenset(returned | wanting | doubted | voided | changed)


def doubtful_rows(
    compared: Iterable[RowAcrossLevels], level: ReviewLevel, in_question: frozenset[str], open_doubts: frozenset[str]
) -> tuple[str, ...]:
    """Rows still to be looked at one by one, in printed order: doubted, or without a finding of this level and in
    question or not passed as computed."""
    return tuple(
        row_id
        for each in compared
        if (row_id := each.row.id) in open_doubts
        or (level not in each.findings and (row_id in in_question or not PASSED.issuperset(each.computed.values())))
    )


def proposals(
    snapshot: SubmissionSnapshot, compared: Iterable[RowAcrossLevels], level: ReviewLevel, in_question: frozenset[str]
) -> tuple[Proposal, ...]:
    """Rows without a finding of this level that are met under every standard and not ``in_question``."""
    offered = []
    for each in compared:
        row, printed = each.row, methods_of(snapshot, each.row.id)
        methods = tuple(method for method in TOGETHER if method in printed or not printed)
        if set(each.computed.values()) == {_CONFIRMS} and level not in each.findings and methods:
            offered += [] if row.id in in_question else [Proposal(row, methods)]
    return tuple(offered)


def confirm(office: Office, person: Person, submission_id: int, asked: Confirmation, now: datetime) -> Saved:
    """Write it in one transaction.

    Raises Refused: also where a row is not, or not any more, one that may be confirmed with others; Conflict.
    """
    methods = asked.methods
    if beyond := [method for method in methods if method not in TOGETHER]:
        names = "、".join(office.library.vocabulary.label("methods", method) for method in beyond)
        raise Refused("malformed", f"{names}不能一并写入，须凭实地评估或检索的记录逐项认定。请只选审阅材料、听取汇报。")
    snapshot = open_submission(office, person, submission_id)
    edits = [
        Edit(target, finding_body(Finding(_CONFIRMS, methods=used, date=asked.day)), snapshot.version(target))
        for target, used in _methods_used(office, snapshot, asked).items()
    ]
    check = lambda standing: _methods_used(office, standing, asked)  # noqa: E731 - what is written is looked at again
    return save(office, person, submission_id, edits, now, check=check)


def _methods_used(office: Office, snapshot: SubmissionSnapshot, asked: Confirmation) -> dict[Target, tuple[str, ...]]:
    """By what each row is found on. Raises Refused where one may not be confirmed with others."""
    level = asked.level
    if snapshot.record.version != asked.seen:
        raise Refused("stale", county=snapshot.record.division_name)
    in_question = rows_in_question(read_past(office, snapshot.person, snapshot.record.id), level)
    offered = {one.row.id: one for one in proposals(snapshot, compare_levels(office, snapshot), level, in_question)}
    refused, used = {}, {}
    for row_id in asked.row_ids:
        target = Target.finding(level, row_id)
        used[target] = tuple(m for m in asked.methods if row_id in offered and m in offered[row_id].methods)
        if row_id not in offered:
            refused[target] = f"指标 {row_id} 不能一并确认：不是计算为达标，或者已有认定、曾有疑点或改动。请逐项认定。"
        elif not used[target]:
            refused[target] = f"指标 {row_id} 的标准没有列明所选的评估方法，不能一并确认。请另选方法或逐项认定。"
    if refused:
        raise Refused("malformed", *refused.values(), places=[(target, ()) for target in refused])
    return used
