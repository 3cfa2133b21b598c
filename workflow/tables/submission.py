"""Tables of one submission, as the person who asks sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scoring.checks.named_checks import CheckName, named_checks
from scoring.days import Month
from scoring.entry.register import evidence_cells
from scoring.entry.uses import uses
from scoring.local.profile import local_profile
from scoring.spreadsheets.tables import CellValue, Table
from scoring.submission import EVIDENCE_COLUMNS, FORM_LABELS, REVIEW_LEVELS, ReviewLevel
from scoring.wording import LEVEL_NAMES
from storage.clock import BEIJING, local_date
from workflow.assignment import Assignment
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.overview.chasing import chasing, chasing_table, whose_words
from workflow.overview.departments import department_standings
from workflow.overview.gaps import gap_list
from workflow.people import REVIEWER_LEVELS, Role
from workflow.procedure.doubts import doubts
from workflow.procedure.notes import notes
from workflow.procedure.past import found_together, read_past
from workflow.procedure.reviewing import RowAcrossLevels, compare_levels, corrections_made
from workflow.procedure.transitions import TRANSITIONS
from workflow.remarks.explanations import explanations
from workflow.remarks.notes import READERS
from workflow.states import State, state_label
from workflow.submission.assigning import proposals, row_assignments
from workflow.submission.judging import judged_at
from workflow.submission.local_assigning import given_commitments, key_of
from workflow.submission.printed_rows import printed_rows
from workflow.submission.repins import Repin, effect_words
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.submission.tracing import display_names, moves_made
from workflow.tables.asked import Asked
from workflow.targets import form_field

Line = tuple[CellValue, ...]
_MOVES = {(row.move, row.source.value): row.label for row in TRANSITIONS}
# What each automatic check is called.
CHECK_NAMES: Mapping[CheckName, str] = {
    "completeness": "填报齐全",
    "thresholds": "数据和判断是否达到标准",
    "proof": "佐证材料",
    "dates": "材料和数据的日期",
    "cross_checks": "互核",
    "duplicates": "重复使用的材料",
    "contradictions": "自相矛盾、用不上的填报",
}


def chasing_of(asked: Asked) -> Table:
    """催办清单."""
    snapshot = asked.own_snapshot
    found = chasing(asked.office, snapshot, local_date(asked.now))
    table = chasing_table(found, snapshot.round.apply_by)
    return Table(table.title, table.columns, table.rows, asked.submission_notes())


def gaps_of(asked: Asked) -> Table:
    """缺口清单: also what nobody is given yet."""
    lines: list[Line] = [
        (one.unit, "建议，尚未分配" if one.suggested else "", gap.row.id, gap.row.statement, whose_words(one.unit, gap),
         "、".join(gap.part), gap.due, "已过" if gap.late else "", gap.wanting, "、".join(gap.holders),
         gap.effort.inputs, gap.effort.papers)
        for one in gap_list(asked.office, asked.own_snapshot, local_date(asked.now))
        for gap in one.gaps
    ]  # fmt: skip
    columns = (
        "部门", "是否建议", "指标", "指标原文", "牵头", "只填其中", "内部期限", "逾期", "还缺什么", "材料一般在",
        "还差填写（处）", "还差材料（份）",
    )  # fmt: skip
    return Table("缺口清单", columns, lines, asked.submission_notes())


def assignment_of(asked: Asked) -> Table:
    """分工表: every row, to whom it is given or suggested."""
    snapshot = _of_who_assigns(asked)
    given, suggested = row_assignments(snapshot), proposals(asked.office, snapshot)
    lines: list[Line] = []
    for row in printed_rows(snapshot.standards):
        own, proposal = given.get(row.id, Assignment()), suggested.get(row.id)
        labels = {measure.id: measure.label for measure in row.measures}
        helpers = []
        for unit in own.units[1:]:
            part = "、".join(labels.get(one, one) for one in own.part_of(unit) or ())
            helpers.append(f"{unit}（只填：{part}）" if part else unit)
        lines.append(
            (
                row.id,
                row.statement,
                own.lead,
                "；".join(helpers),
                own.due,
                "、".join(proposal.units if proposal else ()),
            )
        )
    columns = ("编号", "指标原文", "牵头", "协办", "内部期限", "建议")
    return Table("分工表", columns, lines, asked.submission_notes())


def _of_who_assigns(asked: Asked) -> SubmissionSnapshot:
    if asked.person.role is Role.COUNTY_DEPARTMENT:
        raise Refused("not_found")
    return asked.own_snapshot


def departments_of(asked: Asked) -> Table:
    """部门名单."""
    lines: list[Line] = [
        (one.department.name, "、".join(one.department.aliases), one.department.contact, "、".join(one.accounts),
         "、".join(one.absent), len(one.keys))
        for one in department_standings(asked.office, _of_who_assigns(asked))
    ]  # fmt: skip
    return Table(
        "部门名单", ("部门", "其他叫法", "联系处", "账号", "尚未登录", "分到的项"), lines, asked.submission_notes()
    )


def register_of(asked: Asked) -> Table:
    """佐证材料目录."""
    snapshot = asked.snapshot
    used = uses(snapshot.content, snapshot.standards)
    names = [name for name, column in EVIDENCE_COLUMNS.items() if column.typed]
    lines: list[Line] = []
    for item_id, item in snapshot.content.evidence.items():
        words = evidence_cells(item)
        cells: list[CellValue] = []
        for name in names:
            value, options = getattr(item, name), EVIDENCE_COLUMNS[name].options
            if options and value:
                cells.append(asked.word(options, value))
            else:
                cells.append(value if value is not None and not isinstance(value, str | Month) else words[name])
        held = "已上传" if item.sha256 in snapshot.held_files else ""
        lines.append((item_id, *cells, "；".join(map(str, used.get(item_id, ()))), item.file, held))
    columns = ("编号", *(EVIDENCE_COLUMNS[name].label for name in names), "用于", "文件名", "文件")
    return Table("佐证材料目录", columns, lines, asked.submission_notes())


def levels_of(asked: Asked) -> Table:
    """各级结论对照."""
    direct = not has_prefecture(asked.snapshot.record.division_code)
    levels = [level for level in REVIEW_LEVELS if not (direct and level == "prefecture")]
    lines = [_across(asked, one, levels) for one in compare_levels(asked.office, asked.snapshot)]
    columns = (
        "编号", "指标原文", "县级自评", "计算结论", *(f"{LEVEL_NAMES[level]}认定" for level in levels), "不一致",
        "认定理由",
    )  # fmt: skip
    return Table("各级结论对照", columns, lines, asked.submission_notes())


def _across(asked: Asked, one: RowAcrossLevels, levels: Sequence[ReviewLevel]) -> Line:
    veto = one.row.consequence == "veto"
    claim = asked.word("veto_claims" if veto else "claims", one.claim) if one.claim else "未填"
    states = dict.fromkeys(asked.word("veto_states" if veto else "verdicts", state) for state in one.computed.values())
    found = {
        level: asked.word("veto_findings" if veto else "findings", said.finding) for level, said in one.findings.items()
    }
    marks = []
    if len({said.finding for said in one.findings.values()}) > 1:
        marks.append("市、省不同")
    if any(dict(verdicts) != dict(one.computed) for verdicts in one.verdicts.values()):
        marks.append("与计算不同")
    reasons = "；".join(said.reason for said in one.findings.values() if said.reason)
    told = (found.get(level, "") for level in levels)
    return one.row.id, one.row.statement, claim, "、".join(states), *told, "、".join(marks), reasons


def moves_of(asked: Asked) -> Table:
    """办理经过: every move, every change of the round's rules, and for reviewers what was found in one act."""
    office, person, record = asked.office, asked.person, asked.snapshot.record
    moves, taken = moves_made(office, person, record.id), asked.snapshot.repins
    found = found_together(read_past(office, person, record.id)) if person.role in REVIEWER_LEVELS else {}
    names = display_names(
        office,
        [*(move.by for move in moves.values()), *(each.by for each in taken), *(act.by for act in found.values())],
    )
    direct = has_prefecture(record.division_code)
    lines: dict[int, Line] = {
        link: (move.at.astimezone(BEIJING), _MOVES.get((move.move, move.from_state), move.move), names[move.by],
               state_label(State(move.to_state), has_prefecture=direct), move.reason)
        for link, move in moves.items()
    }  # fmt: skip
    for repin in taken:
        lines[repin.seq] = (
            repin.at.astimezone(BEIJING),
            "批次换用现行规则",
            names[repin.by],
            "环节不变",
            _repin_words(repin),
        )
    for link, act in found.items():
        rows = f"{LEVEL_NAMES[act.level]} {len(act.row_ids)} 项：{'、'.join(act.row_ids)}"
        lines[link] = (act.at.astimezone(BEIJING), "一并认定", names[act.by], "", rows)
    listed = [lines[link] for link in sorted(lines)]
    return Table("办理经过", ("时间", "办理", "办理人", "进入环节", "理由"), listed, asked.submission_notes())


def _repin_words(repin: Repin) -> str:
    return f"{repin.reason}。{effect_words(repin.effect)}"


def repins_of(asked: Asked) -> Table:
    """换用现行规则: what each change of the round's rules did here."""
    taken = asked.snapshot.repins
    names = display_names(asked.office, (each.by for each in taken))
    lines: list[Line] = [
        (each.at.astimezone(BEIJING), names[each.by], each.reason, effect_words(each.effect)) for each in taken
    ]
    return Table("换用现行规则", ("时间", "办理人", "理由", "对本县的影响"), lines, asked.submission_notes())


def returns_of(asked: Asked) -> Table:
    """退回补正的各项, and what the county did about each."""
    snapshot = asked.snapshot
    rows = {row.id: row.statement for row in printed_rows(snapshot.standards)}
    lines: list[Line] = []
    for notice, corrections in corrections_made(asked.office, asked.person, snapshot.record.id):
        for one in corrections:
            item = one.item
            what = rows.get(item.row_id) or f"申报表：{FORM_LABELS.get(form_field(item.row_id) or '', item.row_id)}"
            lines.append(
                (notice.number, LEVEL_NAMES[notice.level], local_date(notice.created_at), notice.due, item.number,
                 item.row_id, what, item.reason, "已改动" if one.changed else "", one.explanation)
            )  # fmt: skip
    columns = (
        "第几次", "退回机关", "退回日期", "补正期限", "序号", "指标", "项目", "需补正的内容", "县级办理", "县级说明",
    )  # fmt: skip
    return Table("退回补正", columns, lines, asked.submission_notes())


def checks_of(asked: Asked) -> Table:
    """自动核对, what was found."""
    snapshot = asked.snapshot
    said = explanations(snapshot.entries)
    checks = named_checks(snapshot.content, snapshot.standards, judged_at(asked.office, snapshot, "county"))
    lines: list[Line] = [
        (CHECK_NAMES[check.name], "影响结论" if one.blocks else "提醒", "、".join(one.rows), one.reason.text,
         "；".join(words for key in one.keys if (words := said.get(key))))
        for check in checks
        for one in check.found
    ]  # fmt: skip
    return Table("自动核对", ("核对", "影响", "指标", "发现", "县级说明"), lines, asked.submission_notes())


def remarks_of(asked: Asked) -> Table:
    """存疑、备注 of a level, as far as the person sees them."""
    level = asked.review_level()
    lines = [*_doubts(asked), *_notes(asked)]
    return Table(
        "存疑、备注", ("种类", "指标", "内容", "怎样才能消除", "给谁看", "情况"), lines, asked.submission_notes(level)
    )


def _doubts(asked: Asked) -> Iterator[Line]:
    for one in doubts(asked.snapshot, asked.review_level()):
        yield "存疑", one.row_id, one.reason, one.settles, "", "未解除" if one.is_open else f"已解除：{one.resolved}"


def _notes(asked: Asked) -> Iterator[Line]:
    for one in notes(asked.snapshot, asked.review_level()):
        yield "备注", one.row_id, one.text, "", READERS[one.to], "已办结" if one.resolved else ""


def visits_of(asked: Asked) -> Table:
    """实地评估记录: a line for each visit, and one for each row seen on it."""
    lines: list[Line] = []
    for visit in asked.snapshot.content.site_visits:
        methods = "、".join(asked.word("methods", method) for method in visit.methods)
        about = (LEVEL_NAMES[visit.level], visit.date, "、".join(visit.places), "、".join(visit.people), methods)
        lines += [(*about, row_id, seen) for row_id, seen in {"": visit.notes, **visit.rows}.items() if row_id or seen]
    columns = ("哪一级", "日期", "地点", "人员", "评估方法", "指标", "现场情况")
    return Table("实地评估记录", columns, lines, asked.submission_notes())


def local_of(asked: Asked) -> Table:
    """地方文件对照: every commitment of every document that applies."""
    snapshot = asked.snapshot
    rules, given = asked.office.rules_of(snapshot.round), given_commitments(snapshot)
    lines: list[Line] = []
    for document in local_profile(snapshot.content, rules.policies, snapshot.standards).documents:
        for check in document.checks:
            own = given.get(key_of(check), Assignment())
            lines.append(
                (document.policy.title, check.clause.id, check.commitment.object,
                 asked.word("commitment_kinds", check.commitment.kind), check.promise, check.commitment.quote,
                 asked.word("local_states", check.state), check.figure, check.text, "、".join(own.units), own.due)
            )  # fmt: skip
    columns = (
        "文件", "条款", "承诺", "种类", "文件所印", "原文", "情况", "本县的数据", "说明", "分工", "内部期限",
    )  # fmt: skip
    return Table("地方文件对照表", columns, lines, asked.submission_notes())
