"""Percentages have the digits it takes: what fails is never shown as if it passed, nor the other way round."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.model import Bound, Each, Measure, Require
from scoring.kinds.registry import Threshold
from scoring.wording import Amount, Coverage, Share, eligibility, plain


@pytest.mark.parametrize(
    ("part", "whole", "limit", "shown"),
    [
        (1, 300, Decimal("0.33"), "0.333%"),
        (33, 10000, Decimal("0.33"), "0.33%"),
        (329, 100000, Decimal("0.33"), "0.329%"),
        (6996, 10000, 70, "69.96%"),
        (6999999, 10000000, 70, "69.99999%"),
        (70, 100, 70, "70%"),
        (7004, 10000, 70, "70.04%"),
        (1, 3, 70, "33.3%"),
        (2, 3, None, "66.7%"),
        (1, 1, 90, "100%"),
        (9999, 10000, None, "99.99%"),
        (10001, 10000, None, "100.01%"),
        (62, 10000, Decimal("0.62"), "0.62%"),
        (621, 100000, Decimal("0.62"), "0.621%"),
        (6201, 1000000, Decimal("0.62"), "0.6201%"),
        (3, 4020, Decimal("0.62"), "0.07%"),
        (3, 4020, Decimal("0.6"), "0.07%"),
        (101, 10000, 1, "1.01%"),
        (1, 10000000000, 1, "0.00000001%"),
        (0, 10, 1, "0%"),
        (Decimal("0.5"), 1, None, "50%"),
        (0, 0, None, "—"),
    ],
)
def test_share(part, whole, limit, shown):
    assert str(Share(part, whole, limit)) == shown


@pytest.mark.parametrize("whole", [7, 99, 1000, 1013])
@pytest.mark.parametrize("limit", [70, 90, Decimal("33.3")])
def test_no_share_crosses_its_limit_when_shown(whole, limit):
    for part in range(whole + 1):
        exact = Fraction(part) * 100 / whole
        shown = Fraction(str(Share(part, whole, limit)).rstrip("%"))
        for mark in (Fraction(limit), Fraction(0), Fraction(100)):
            assert ((shown > mark) - (shown < mark)) == ((exact > mark) - (exact < mark))


def test_numbers_are_written_plainly():
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("0.50")) == "0.5"
    assert plain(30) == "30"
    assert str(Amount(Decimal("1.20"), "percent")) == "1.2%"
    assert str(Coverage(14, 16)) == "14/16（87.5%）"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("a", "count", "会议", (), Require(Bound(2), None, "次"), per="year"), "每年不低于2次"),
        (Measure("a", "rate", "率", (), Require(None, Bound(fact="average"), "percent")), "不高于0.6%"),
        (Measure("a", "rate", "率", (), Require(None, Bound(fact="absent"), "percent")), "如实填报"),
        (Measure("a", "coverage", "村", (), Require(Bound(90), None, "percent")), "不低于90%"),
        (Measure("a", "coverage", "村", (), each=Each(2, "week"), unit="次"), "全部，每一个每周不少于2次"),
        (Measure("a", "coverage", "村", ()), "全部"),
        (Measure("a", "zero", "件", ()), "应为0"),
        (Measure("a", "all_of", "项", (), items={"x": "甲", "y": "乙"}), "2项齐备"),
        (Measure("a", "some_of", "项", (), Require(Bound(1))), "至少1项"),
        (Measure("a", "amount", "元", ()), "如实填报"),
        (Measure("a", "amount", "经费", (), Require(Bound(50000), unit="元")), "不低于50000元"),
    ],
)
def test_thresholds_in_words(measure, words):
    assert str(Threshold(measure, {"average": Decimal("0.60")})) == words


@pytest.mark.parametrize(
    ("level", "eligible", "words"),
    [
        ("county", True, "符合申报条件"),
        ("county", False, "尚不符合申报条件"),
        ("prefecture", True, "符合推荐条件"),
        ("prefecture", False, "尚不符合推荐条件"),
        ("province", True, "符合推荐条件"),
        ("province", False, "尚不符合推荐条件"),
    ],
)
def test_a_county_applies_and_the_levels_above_recommend(level, eligible, words):
    assert eligibility(level, eligible=eligible) == words
