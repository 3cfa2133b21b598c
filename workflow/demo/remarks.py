"""What is said about the demo's counties beside their answers: a warning explained, a doubt, notes, a visit planned."""

from __future__ import annotations

from datetime import timedelta

from scoring.submission import ReviewLevel
from storage.clock import local_date
from storage.records import SubmissionRecord
from workflow.demo.stage import Stage
from workflow.remarks.doubts import Doubt, doubt_body
from workflow.remarks.explanations import EXPLANATION
from workflow.remarks.notes import Note, note_body
from workflow.rounds.extending import extend
from workflow.submission.printed_rows import printed_rows
from workflow.targets import NEW, Target
from workflow.visiting.plan import VisitPlan, drawn, plan_body

_SEED = 2018  # 抽查的种子，真实使用时随机抽取


def explain(stage: Stage, who: str, record: SubmissionRecord, days_ago: float) -> None:
    """The county says why it gave figures that are not asked of a city."""
    words = "按县一级口径的两项数也一并填报，供核对；本市按市、区的两项认定。"
    stage.write(who, record, {Target.explanation("figure_not_asked/5.2.1"): {EXPLANATION: words}}, days_ago)


def doubt(stage: Stage, record: SubmissionRecord, days_ago: float) -> None:
    """The prefecture doubts a row, tells the county how to count, and keeps a word for itself."""
    level: ReviewLevel = "prefecture"
    asked = Note(NEW, "各表请写明统计截止日期，前后一致。", "county")
    bodies = {
        Target.doubt(level, "5.3.2"): doubt_body(
            Doubt("5.3.2", "儿童主任花名册比村（社区）总数少2个", "请附盖章的花名册，与村（社区）名单逐一核对")
        ),
        Target.note(level, f"{NEW}1"): note_body(asked),
        Target.note(level, f"{NEW}2"): note_body(Note(NEW, "下次到县里时看一看儿童之家的活动登记", row_id="5.2.1")),
    }
    stage.write("yanshizhou", record, bodies, days_ago)


def plan_visit(stage: Stage, record: SubmissionRecord, days_ago: float) -> None:
    """The province means to go there next week, and draws five rows besides those it chose."""
    row_ids = [row.id for row in printed_rows(stage.office.standards(stage.round))]
    plan = VisitPlan(
        local_date(stage.now) + timedelta(days=7),
        ("城关镇儿童之家", "河东村村委会"),
        ("演示省民政厅儿童福利处处长", "演示省民政厅儿童福利处主任科员"),
        ("5.2.1",),
        drawn(row_ids, 5, _SEED),
        "先到县民政局座谈，再到乡镇和村；不拍儿童正面。",
    )
    stage.write("yanshisheng", record, {Target.visit_plan("province"): plan_body(plan)}, days_ago)


def give_longer(stage: Stage, record: SubmissionRecord, days_ago: float) -> None:
    """The administrator gives the county ten days more than its round has."""
    apply_by = stage.round.apply_by
    if apply_by is not None:
        why = "县里受灾，教育、卫健两个部门的统计推迟，经演示省民政厅同意延期"
        by = stage.people["guanliyuan"]
        extend(stage.office, by, record.id, stage.at(days_ago), to=apply_by + timedelta(days=10), why=why)
