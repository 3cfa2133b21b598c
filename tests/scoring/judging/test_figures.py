"""Figures of kinds and shapes no statement happens to show: compared exactly, set aside where they do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.model import Bound, Fact, Measure, Quantity, Require
from scoring.judging.assess import assess_standard
from scoring.submission import Covered, Part, Period
from tests.scoring.small import EQUAL, document, met, row, standard, submission

NATIONAL = load_library().standards["national-2018"]
YUNNAN = load_library().standards["yunnan-2018"]
YES = Measure("done", "yes_no", "已经做到", ("已经做到",))


def judge_one(measure, figure, *, facts=None, **answer):
    made = standard(row(measure), facts=tuple(Fact(fact, fact, "number") for fact in facts or ()))
    given = {} if figure is None else {measure.id: figure}
    judged = assess_standard(submission({"1.1.1": met(measures=given, **answer)}, facts), made, EQUAL)
    return judged.indicators["1.1.1"]


RATE = Measure(
    "share",
    "rate",
    "比例",
    ("不低于70%",),
    Require(Bound(70), None, "percent"),
    numerator=Quantity("部分", "元"),
    denominator=Quantity("总数", "元"),
)


@pytest.mark.parametrize(
    ("part", "whole", "verdict"),
    [
        (699999999999999999999999999999, 10**30, "contradicted"),
        (7 * 10**29, 10**30, "met"),
        (Decimal("0.69999999999999999999999999999999999"), Decimal(1), "contradicted"),
        (Decimal("0.70000000000000000000000000000000000"), Decimal(1), "met"),
        (Decimal("69.99"), 100, "contradicted"),
        (Decimal("70.00"), 100, "met"),
    ],
)
def test_rates_are_compared_exactly_however_long_the_numbers(part, whole, verdict):
    assert judge_one(RATE, Part(part, whole)).verdict == verdict


def test_a_rate_of_two_different_units_may_exceed_its_whole():
    per_head = replace(RATE, numerator=Quantity("活动", "次"), denominator=Quantity("村", "个"))
    assert judge_one(replace(per_head, require=Require(Bound(2), None, None)), Part(24, 12)).verdict == "met"
    assert judge_one(replace(per_head, require=Require(Bound(2), None, None)), Part(23, 12)).verdict == "contradicted"


def test_a_limit_that_is_a_fact_the_county_has_not_given_leaves_it_unproven():
    limited = replace(RATE, require=Require(None, Bound(fact="average"), "percent"))
    assert judge_one(limited, Part(1, 100)).verdict == "unproven"
    assert judge_one(limited, Part(1, 100), facts={"average": 1}).verdict == "met"
    assert judge_one(limited, Part(2, 100), facts={"average": 1}).verdict == "contradicted"


@pytest.mark.parametrize(("covered", "verdict"), [(2, "contradicted"), (3, "met"), (4, "met")])
def test_a_coverage_may_ask_for_a_number_instead_of_a_share(covered, verdict):
    coverage = Measure(
        "places", "coverage", "场所", ("三个",), Require(Bound(3), None, "个"), of=("townships",), unit="个"
    )
    assert judge_one(coverage, covered, facts={"townships": 8}).verdict == verdict


@pytest.mark.parametrize(("figure", "verdict"), [(0, "contradicted"), (1, "met"), (5, "met"), (6, "contradicted")])
def test_a_count_between_two_limits(figure, verdict):
    assert (
        judge_one(Measure("n", "count", "数", ("一至五",), Require(Bound(1), Bound(5), "个")), figure).verdict
        == verdict
    )


def test_a_sum_of_money_only_has_to_be_given():
    money = Measure("sum", "amount", "金额", ("经费",), unit="元")
    assert judge_one(money, 0).verdict == "met"
    assert judge_one(money, None).verdict == "unproven"


YEARLY = Measure(
    "trained", "coverage", "培训", ("每年",), whole=Quantity("应训", "人"), per="year", settled_by_nil_return=True
)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        ({"2017": Covered(4, 4), "2018": Covered(0, 3)}, "met"),
        ({"2017": Covered(3, 4)}, "contradicted"),
        ({"2017": Covered(5, 4)}, "contradicted"),
        ({"2017": Covered(4, None)}, "unproven"),
        ({"2017": Covered(0, 0)}, "unproven"),
        ({"2018": Covered(4, 4)}, "unproven"),
        ({}, "unproven"),
        (None, "unproven"),
    ],
)
def test_a_coverage_by_year_with_its_own_whole(figure, verdict):
    assert judge_one(YEARLY, figure).verdict == verdict


def test_without_a_full_year_the_best_share_of_a_yearly_coverage_counts():
    made = standard(row(YEARLY))
    period = Period(date(2017, 7, 1), date(2018, 6, 30))
    given = met(measures={"trained": {"2017": Covered(9, 10), "2018": Covered(2, 2)}})
    assert (
        assess_standard(submission({"1.1.1": given}, period=period), made, EQUAL).indicators["1.1.1"].verdict == "met"
    )


def test_a_nil_return_settles_a_year_without_members():
    made = standard(row(YEARLY))
    answer = met(measures={"trained": {"2017": Covered(0, 0)}}, nil_return="E1")
    judged = assess_standard(submission({"1.1.1": answer}, evidence={"E1": document("2018-01-05")}), made, EQUAL)
    assert judged.indicators["1.1.1"].measures[0].state == "settled"


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("count", True), ("zero", "0"), ("yes_no", 1), ("all_of", "x"), ("some_of", 3), ("rate", 70), ("coverage", 5),
    ],
)  # fmt: skip
def test_a_figure_of_another_shape_is_set_aside_never_an_error(kind, figure):
    measure = Measure("m", kind, "数", ("数",), items={"x": "甲"})
    result = judge_one(measure, figure)
    assert result.verdict == "unproven"
    assert [reason.code for reason in result.reasons] == ["figure_unfit"]


def test_a_figure_read_twice_in_two_shapes_is_set_aside_never_compared():
    share = Measure("a", "rate", "率", ("率",), numerator=Quantity("分子", "人"), denominator=Quantity("分母", "人"))
    made = standard(row(share, replace(share, id="b", same_figures_as="a")))
    for other in (7, Covered(1, 2), {"2017": 3}):
        answer = met(measures={"a": other, "b": Part(1, 2)})
        result = assess_standard(submission({"1.1.1": answer}), made, EQUAL).indicators["1.1.1"]
        assert {reason.code for reason in result.reasons} == {"figure_unfit"}
        assert all(reason.text for reason in result.reasons)
