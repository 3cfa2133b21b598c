"""实地评估计划 and 现场核查表: the sample drawn once and drawn again by anybody; which rows are listed and why."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    PREFECTURE,
    ROWS,
    opened_by,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.procedure.reviewing import compare_levels
from workflow.procedure.site_sheet import plan_of, site_sheet
from workflow.states import State
from workflow.submission.printed_rows import printed_rows
from workflow.targets import Target
from workflow.visiting.plan import VisitPlan, drawn, plan_body, read_plan, sampled

PLAN = Target.visit_plan("prefecture")
FINDING = {"finding": "needs_correction", "reason": "会议纪要缺少签到和决定事项", "date": "2018-07-02"}
DOUBT = {"reason": "结算汇总与分月明细相差较大", "settles": "补齐分月的结算明细并逐月核对"}


@pytest.fixture
def number(office) -> int:
    """甲县's submission with the prefecture: one row doubted, one found 需补正."""
    bodies = {Target.finding("prefecture", "1.1.3"): FINDING, Target.doubt("prefecture", "3.3.2"): DOUBT}
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, COUNTY, State.SUBMITTED, bodies).id


def every_row(office, number: int) -> list[str]:
    return [row.id for row in printed_rows(opened_by(office, PREFECTURE, number).standards)]


def test_the_same_seed_draws_the_same_rows_and_a_larger_sample_only_adds() -> None:
    five = sampled(ROWS, 5, 20_181_130)
    assert len(five) == 5
    assert five == sampled(ROWS, 5, 20_181_130) == tuple(row for row in ROWS if row in five)
    assert set(five) < set(sampled(list(reversed(ROWS)), 9, 20_181_130))
    assert len({sampled(ROWS, 5, seed) for seed in range(200)}) > 190
    assert len({row for seed in range(200) for row in sampled(ROWS, 5, seed)}) == len(ROWS)


def test_what_a_plan_says_comes_back(office, number) -> None:
    plan = VisitPlan(
        None, ("城关镇",), ("演示州民政局科长",), ("4.3.1",), drawn(every_row(office, number), 3, 7), "分两组"
    )
    write(office, PREFECTURE, number, (PLAN, plan_body(plan)))
    assert plan_of(opened_by(office, PREFECTURE, number), "prefecture") == plan == read_plan(plan_body(plan))
    assert PLAN not in opened_by(office, COORDINATOR, number).entries


UNFIT = [
    ({"sample": {"size": 3, "seed": 8, "rows": []}}, "与种子抽出的不符", ("sample", "size")),
    ({"sample": {"size": -1, "seed": 8, "rows": []}}, "抽查项数须为 0 至 48", ("sample", "size")),
    ({"sample": {"size": 999, "seed": 8, "rows": []}}, "抽查项数须为", ("sample", "size")),
    ({"sample": {"size": True, "seed": 8, "rows": []}}, "与要求的形式不符", ()),
    ({"sample": {"size": 3}}, "与要求的形式不符", ()),
    ({"rows": ["9.9.9"]}, "没有编号为“9.9.9”的指标", ("rows",)),
    ({"rows": ["3.3.2", "3.3.2"]}, "列了两次", ("rows",)),
    ({"rows": "3.3.2"}, "与要求的形式不符", ()),
    ({"date": "2018-02-30"}, "日期无效", ("date",)),
    ({"by": "某人"}, "与要求的形式不符", ()),
    ("计划", "与要求的形式不符", ()),
]


@pytest.mark.parametrize(("body", "said", "field"), UNFIT)
def test_an_unfit_plan_is_refused_with_the_field(office, number, body, said, field) -> None:
    with pytest.raises(Refused, match=said) as caught:
        write(office, PREFECTURE, number, (PLAN, body))
    assert caught.value.places == ((PLAN, field),)


def test_what_was_drawn_is_not_drawn_again_nor_made_smaller_nor_taken_out(office, number) -> None:
    rows = every_row(office, number)
    write(office, PREFECTURE, number, (PLAN, plan_body(VisitPlan(sample=drawn(rows, 4, 11)))))
    for body, said in (
        (plan_body(VisitPlan(sample=drawn(rows, 4, 12))), r"种子（11）只抽一次"),
        (plan_body(VisitPlan(places=("城关镇",))), r"种子（11）只抽一次"),
        (plan_body(VisitPlan(sample=drawn(rows, 3, 11))), "只能增加，不能减少"),
        (None, "不能删去"),
    ):
        with pytest.raises(Refused, match=said):
            write(office, PREFECTURE, number, (PLAN, body))
    write(office, PREFECTURE, number, (PLAN, plan_body(VisitPlan(sample=drawn(rows, 6, 11)))))


def test_the_sheet_lists_what_is_doubted_flagged_returned_planned_and_drawn(office, number) -> None:
    rows = every_row(office, number)
    plan = VisitPlan(rows=("5.2.1",), sample=drawn(rows, 2, 5))
    write(office, PREFECTURE, number, (PLAN, plan_body(plan)))
    seen = opened_by(office, PREFECTURE, number)
    compared = {one.row.id: one for one in compare_levels(office, seen)}
    listed = {one.row.id: one for one in site_sheet(seen, compared, "prefecture", {"4.3.1"})}
    assert list(listed) == [row for row in rows if row in {"1.1.3", "3.3.2", "4.3.1", "5.2.1", *plan.sample.rows}]
    assert listed["3.3.2"].why[0] == f"存疑：{DOUBT['reason']}"
    assert listed["3.3.2"].look[0] == DOUBT["settles"]
    assert "市级认定“需补正”" in listed["1.1.3"].why
    assert "退回补正列过" in listed["4.3.1"].why
    assert "计划列入" in listed["5.2.1"].why
    assert all("随机抽查" in listed[row].why for row in plan.sample.rows)
    assert all(one.look for one in listed.values())
