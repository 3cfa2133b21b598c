"""A threshold may rise and the figure means the same; another whole, period or list under the same id does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import load_library
from indicators.comparing.row_difference import standard_difference
from indicators.comparing.told import redefined
from indicators.model import Bound, Each, EvidenceRequirement, Fact, Measure, Quantity, Require
from indicators.model.rule_changes import redefinition_lines, texts
from tests.scoring.small import row, standard

WORDS = load_library().vocabulary
TOWNSHIPS = Fact("townships", "乡镇数", "number", unit="个")
VILLAGES = Fact("villages", "村数", "number", unit="个")
SHARE = Measure(
    "share",
    "rate",
    "报销比例",
    ("报销比例不低于70%",),
    numerator=Quantity("支付金额", "元"),
    denominator=Quantity("费用总额", "元"),
    require=Require(Bound(70), unit="percent"),
)
VISITED = Measure("visited", "coverage", "走访的村数", ("走访各村",), of=("villages",), each=Each(1, "year"))
GROUPS = Measure("groups", "all_of", "对象", ("甲类和乙类",), items={"a": "甲类", "b": "乙类"})
PAPER = EvidenceRequirement("rules", "现行办法", "document", required=True, dated="in_force")


def of(measure, evidence=(), facts=(TOWNSHIPS, VILLAGES)):
    return standard(row(measure, evidence=evidence), facts=facts)


def meanings(old, new):
    return redefined([standard_difference(old, new, WORDS)])


def changes(old, new):
    return [(one.what, one.row, one.id, [what for what, _, _ in one.changes]) for one in meanings(old, new)]


@pytest.mark.parametrize(
    "stricter",
    [
        replace(SHARE, require=Require(Bound(95), unit="percent"), quotes=("报销比例不低于95%",)),
        replace(SHARE, require=Require(Bound(95), unit="percent"), quotes=("报销比例达到95%以上",)),
        replace(SHARE, require=None, quotes=("报销比例",)),
        replace(SHARE, quotes=("报销比例，不低于70%",)),
        replace(SHARE, note="另有说明"),
    ],
)
def test_another_threshold_or_another_mark_changes_no_meaning(stricter):
    assert changes(of(SHARE), of(stricter)) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (SHARE, replace(SHARE, denominator=Quantity("目录内费用总额", "元")), ["分母"]),
        (SHARE, replace(SHARE, denominator=Quantity("费用总额", "万元")), ["分母"]),
        (SHARE, replace(SHARE, numerator=Quantity("救助金额", "元")), ["分子"]),
        (SHARE, replace(SHARE, label="实际报销比例"), ["名称"]),
        (SHARE, replace(SHARE, quotes=("政策范围内报销比例不低于70%",)), ["所据原文"]),
        (SHARE, replace(SHARE, scope={"age_below": 18}), ["范围"]),
        (VISITED, replace(VISITED, of=("townships",)), ["所占的县情"]),
        (
            VISITED,
            replace(VISITED, of=(), whole=Quantity("应走访的村", "个")),
            ["总数", "所占的县情"],
        ),
        (VISITED, replace(VISITED, each=Each(2, "year")), ["计入条件"]),
        (VISITED, replace(VISITED, each=None), ["填报方式", "计入条件"]),
        (GROUPS, replace(GROUPS, items={"a": "甲类儿童", "b": "乙类"}), ["选项"]),
        (GROUPS, replace(GROUPS, items={"a": "甲类"}), ["选项"]),
        (replace(GROUPS, kind="some_of"), GROUPS, ["类型"]),
        (
            replace(SHARE, kind="count", numerator=None, denominator=None, require=None, unit="次"),
            replace(SHARE, kind="count", numerator=None, denominator=None, require=None, unit="人"),
            ["单位"],
        ),
    ],
)
def test_what_is_counted_of_what_how_and_for_whom_is_the_meaning(old, new, what):
    assert changes(of(old), of(new)) == [("measure", "1.1.1", old.id, what)]


def test_one_more_thing_on_a_list_leaves_the_ticks_their_meaning():
    assert changes(of(GROUPS), of(replace(GROUPS, items={**GROUPS.items, "c": "丙类"}))) == []


def test_a_measure_under_a_new_id_has_nothing_to_be_compared_with():
    assert changes(of(SHARE), of(replace(SHARE, id="share_2", label="实际报销比例"))) == []


def test_a_document_is_another_when_it_is_called_another_and_not_when_it_is_required():
    asked = of(SHARE, (PAPER,))
    assert changes(asked, of(SHARE, (replace(PAPER, required=False, dated="in_period"),))) == []
    assert changes(asked, of(SHARE, (replace(PAPER, label="结算汇总"),))) == [("evidence", "1.1.1", "rules", ["名称"])]


def test_a_fact_that_counts_something_else_is_told_as_a_fact():
    # 用到它的测量项不另说一遍。
    coverage = replace(VISITED, of=("townships",))
    (one,) = meanings(of(coverage), of(coverage, facts=(replace(TOWNSHIPS, label="乡镇（街道）数"), VILLAGES)))
    assert (one.what, one.row, one.id) == ("fact", "", "townships")
    assert texts(redefinition_lines([one])) == [
        "县情“乡镇（街道）数”",
        "  名称　原：乡镇数",
        "  名称　新：乡镇（街道）数",
    ]


def test_the_lines_say_both_wordings_and_what_became_of_each_item():
    (one,) = meanings(of(GROUPS), of(replace(GROUPS, items={"b": "乙类儿童"})))
    assert texts(redefinition_lines([one])) == [
        "1.1.1“对象”",
        "  选项　原：甲类、乙类",
        "  选项　新：取消“甲类”、乙类儿童",
    ]
