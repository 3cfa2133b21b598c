"""Tables over an area's counties: the reviewers' list, what waits, the matrix, findings and reviewers' habits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import cast, get_args

from indicators.model import Indicator, Standard
from scoring.judging.levels import outcome_words
from scoring.spreadsheets.tables import CellValue, Table
from scoring.wording import eligibility
from storage.records import RoundRecord
from workflow.divisions import full_name, has_prefecture, prefecture_name
from workflow.errors import Refused
from workflow.overview.consistency import Ruling, habits, rulings
from workflow.overview.holder_words import holder_words, names_of, shares_words
from workflow.overview.matrix import MatrixLine, matrix
from workflow.overview.pending import Pending, by_office, pending
from workflow.overview.worklist import Only, Order, WorkLine, WorkView, narrowed, worklist
from workflow.overview.workload import desk, holders_of
from workflow.people import REVIEWER_LEVELS
from workflow.reviewing.colleagues import Holder
from workflow.states import State, state_label
from workflow.submission.printed_rows import printed_rows
from workflow.tables.asked import ROUND, Asked
from workflow.words.figures import figures_told

_PLACE = ("市（地、州、盟）", "行政区划代码", "县（市、区、旗）")
PENDING_COLUMNS = ("经办单位", "账号", "事项", "县（市、区、旗）", "环节", "涉及指标", "到达日期", "期限", "剩余天数")


def worklist_table(asked: Asked) -> Table:
    """The lines the view wants, all of its pages."""
    order = asked.text("sort")
    view = WorkView(
        words=asked.text("q"),
        round_title=asked.text("round"),
        prefecture=asked.text("area"),
        stage=asked.text("stage"),
        only=frozenset(one for one in get_args(Only) if one in asked.query.get("only", ())),
        order=cast("Order", order) if order in get_args(Order) else "",
        backwards=bool(asked.text("down")),
    )
    lines = narrowed(worklist(asked.office, asked.person, asked.now), view)
    reviews = asked.person.role in REVIEWER_LEVELS
    holders = holders_of(asked.office, asked.person, lines)
    columns = (
        *_PLACE, "批次", "环节", "期限", "剩余天数", "指标数", *(("本级认定", "存疑或不认定达标") if reviews else ()),
        "分歧", "退回", *(("负责人",) if holders else ()), *(("等待您办理",) if reviews else ()),
    )  # fmt: skip
    listed = [_work_cells(line, holders, reviews=reviews) for line in lines]
    rounds = {line.round.id: line.round for line in lines}
    return Table("申报清单", columns, listed, asked.notes(*rounds.values()))


def _work_cells(line: WorkLine, holders: Mapping[str, Holder], *, reviews: bool) -> tuple[CellValue, ...]:
    due = (line.deadline.day, line.deadline.days_left) if line.deadline else (None, None)
    own = (line.found, line.doubtful) if reviews else ()
    whose = ("、".join(names_of(line.shares, holders)),) if holders else ()
    waiting = ("；".join(waiting.text for waiting in line.waiting),) if reviews else ()
    return (
        line.prefecture, line.record.division_code, line.record.division_name, line.round.title, line.stage, *due,
        line.rows or None, *own, line.differing, line.returned, *whose, *waiting,
    )  # fmt: skip


def dividing_table(asked: Asked) -> Table:
    """评审分工: who of the person's own office has which county."""
    at = desk(asked.office, asked.person, asked.now)
    lines = [
        (one.prefecture, one.record.division_code, one.record.division_name, one.round.title, one.stage,
         shares_words(one.shares, at.holders, at.sections))
        for one in at.lines
    ]  # fmt: skip
    rounds = {one.round.id: one.round for one in at.lines}
    return Table("评审分工", (*_PLACE, "批次", "环节", "负责人"), lines, asked.notes(*rounds.values()))


def loads_table(asked: Asked) -> Table:
    """How much each of the person's own office has."""
    at = desk(asked.office, asked.person, asked.now)
    lines = []
    for username, load in at.loads.items():
        holder = at.holders.get(username)
        name = holder_words(holder) if holder else "尚未分工"
        gone = "已停用或调离" if holder and not holder.here else ""
        lines.append((name, gone, load.counties, load.parts, load.waiting, load.overdue, load.found, load.rows))
    columns = ("评审人员", "情况", "整县", "部分", "等待办理", "其中逾期", "已认定（项）", "应认定（项）")
    return Table("评审工作量", columns, lines, asked.notes())


def pending_table(asked: Asked) -> Table:
    """What waits, of one office where one is named."""
    found = pending(asked.office, asked.person, asked.text(ROUND), asked.now)
    office = asked.text("office")
    shown = by_office(found).get(office, ()) if office else found
    return Table("待办汇总", PENDING_COLUMNS, [pending_cells(one) for one in shown], asked.notes(_round(asked)))


def pending_cells(one: Pending) -> tuple[CellValue, ...]:
    """Its line, as `PENDING_COLUMNS`."""
    due = (None, None) if one.deadline is None else (f"{one.deadline.what} {one.deadline.day}", one.deadline.days_left)
    return one.office, one.account, one.what, full_name(one.division_code), one.stage, one.rows, one.since, *due


def matrix_table(asked: Asked) -> Table:
    """Every county in words, under one standard at one level; 分歧 and 存疑 marked."""
    level = asked.level()
    area = matrix(asked.office, asked.person, asked.text(ROUND), level)
    standard = None if area is None else next((one for one in area.standards if one.id == asked.text("standard")), None)
    if area is None or standard is None:
        raise Refused("not_found")
    rows = standard.rows()
    lines = [
        _matrix_cells(asked, line, standard) for line in sorted(area.lines, key=lambda one: one.record.division_code)
    ]
    notes = (("标准", standard.title), *asked.notes(area.round, level=level))
    return Table("矩阵", (*_PLACE, "环节", "结论", *(row.id for row in rows)), lines, notes)


def _matrix_cells(asked: Asked, line: MatrixLine, standard: Standard) -> tuple[CellValue, ...]:
    outcomes, code, rows = line.outcomes.get(standard.id), line.record.division_code, standard.rows()
    stage = state_label(State(line.record.state), has_prefecture=has_prefecture(code))
    place = (line.prefecture, code, line.record.division_name, stage)
    if outcomes is None:
        return (*place, line.why, *(None for _ in rows))
    told = eligibility(asked.level(), eligible=outcomes.eligible) + (f"（{line.why}）" if line.why else "")
    words = []
    for row, state, blocking in zip(rows, outcomes.states, outcomes.blocking, strict=True):
        marks = "、".join(
            name for name, those in (("分歧", line.differing), ("存疑", line.doubtful)) if row.id in those
        )
        said = outcome_words(row, state, blocking, asked.office.library.vocabulary)
        words.append(f"{said}（{marks}）" if marks else said)
    return (*place, told, *words)


def rulings_table(asked: Asked) -> Table:
    """Every finding of a level with the figures it rules on."""
    level, round_record = asked.review_level(), _round(asked)
    told = rulings(asked.office, asked.person, round_record.id, level)
    standards = asked.office.standards(round_record)
    rows = {row.id: row for row in printed_rows(standards)}
    order = {row_id: at for at, row_id in enumerate(rows)}
    lines = [
        (prefecture_name(one.record.division_code), one.record.division_code, one.record.division_name,
         *_ruled(asked, rows, standards, one))
        for one in sorted(told, key=lambda one: (order.get(one.row_id, len(order)), one.record.division_code))
        if one.row_id in rows
    ]  # fmt: skip
    columns = (*_PLACE, "编号", "认定", "所填数据", "理由", "评审人员")
    return Table("各项认定", columns, lines, asked.notes(round_record, level=level))


def _ruled(
    asked: Asked, rows: Mapping[str, Indicator], standards: tuple[Standard, ...], one: Ruling
) -> tuple[CellValue, ...]:
    row = rows[one.row_id]
    measures = chain.from_iterable(found.measures for each in standards if (found := each.row(row.id)))
    figures = figures_told(row, measures, one.figures)
    finding = asked.word("veto_findings" if row.consequence == "veto" else "findings", one.finding)
    return one.row_id, finding, figures, one.reason, one.by


def habits_table(asked: Asked) -> Table:
    """How each reviewer rules."""
    level, round_record = asked.review_level(), _round(asked)
    lines = []
    for one in habits(rulings(asked.office, asked.person, round_record.id, level)):
        short = one.counts["not_met"] + one.counts["present"]
        told = "、".join(
            words for words, so in (("全部认定通过", one.always_met), ("没有写过理由", one.never_a_reason)) if so
        )
        passed = one.total - short - one.counts["needs_correction"]
        lines.append(
            (one.by, one.counties, one.total, passed, short, one.counts["needs_correction"], one.with_reason, told)
        )
    columns = ("评审人员", "县数", "认定项数", "达标、不存在、不适用", "未达标、存在", "需补正", "写了理由的", "提示")
    return Table("评审人员的认定", columns, lines, asked.notes(round_record, level=level))


def _round(asked: Asked) -> RoundRecord:
    with asked.office.store.read() as tx:
        found = tx.rounds.get(asked.text(ROUND))
    if found is None:
        raise Refused("not_found")
    return found
