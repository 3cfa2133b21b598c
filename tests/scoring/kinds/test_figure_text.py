"""Figures as people write them: what is read, what is said of it under the field, what is refused and never folded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators import load_library
from indicators.model import Unit
from scoring.kinds.figure_text import read_figure, understood, unreadable

MONEY_MONTHLY = load_library().vocabulary.unit("元/人·月")
WORKING_DAYS = Unit("working_day", "个工作日")


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("812000", "人", 812000),
        ("1,100,000", "元", 1_100_000),
        ("1 200", "人", 1200),
        ("1\u00a0200", "人", 1200),
        ("１２", None, 12),
        ("１，２００", "人", 1200),
        (" 69.90 ", "percent", Decimal("69.90")),
        ("0", "人", 0),
        ("", "人", None),
        ("\u3000", "人", None),
        ("1200人", "人", 1200),
        ("1 200 名", "人", 1200),
        ("5.08万", "人", 50800),
        ("３．８６亿元", "元", 386_000_000),
        ("5.08755万", "元", Decimal("50875.5")),
        ("3千", "人", 3000),
        ("2百万元", "元", 2_000_000),
        ("0.5%", "percent", Decimal("0.5")),
        ("0.5％", "percent", Decimal("0.5")),
        ("8‰", "permille", 8),
        ("1050.5元", MONEY_MONTHLY, Decimal("1050.5")),
        ("14个工作日", WORKING_DAYS, 14),
        ("4所", "家", 4),
        ("126座", "个", 126),
        ("2期", "次", 2),
        ("2 场次", "次", 2),
        ("￥3.86亿元", "元", 386_000_000),
        ("¥1,100,000", "元", 1_100_000),
        ("￥ 1050.5", MONEY_MONTHLY, Decimal("1050.5")),
        ("14个", None, 14),
        ("12345678901234567890.123456789", "元", Decimal("12345678901234567890.123456789")),
    ],
)
def test_a_figure_is_read_exactly(text, unit, number):
    read = read_figure(text, unit)
    assert read == number
    assert str(read) == str(number)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("八", "人", "“八”不是数字"),
        ("￥64", "人", "写的是“￥”，这里按“人”填"),
        ("¥64", None, "写的是“¥”，这里只填数字"),
        ("￥64人", "元", "写的是“人”，这里按“元”填"),
        ("2期", "人", "写的是“期”，这里按“人”填"),
        ("126座", "所有", "写的是“座”"),
        ("￥", "元", "不是数字"),
        ("10⁴", "人", "里的“⁴”不是普通数字"),
        ("5²", "人", "“²”不是普通数字"),
        ("①", "人", "“①”不是普通数字"),
        ("½", "percent", "“½”不是普通数字"),
        ("٣", "人", "不是普通数字"),
        ("1e3", "人", "不是数字"),
        ("1.2.3", "percent", "不是数字"),
        ("0x10", "人", "不是数字"),
        ("1_000", "人", "不是数字"),
        ("NaN", "percent", "不是数字"),
        ("∞", "percent", "不是数字"),
        ("两次", "次", "“两次”不是数字"),
        ("12,34", "元", "每三位一隔"),
        ("1 2", "人", "每三位一隔"),
        ("1,200 300", "人", "每三位一隔"),
        ("约1200", "人", "有“约”，不是确数"),
        ("1200余人", "人", "有“余”，不是确数"),
        ("1000多", "人", "有“多”，不是确数"),
        ("1.5", "人", "应为整数"),
        ("5.08755万", "人", "应为整数，而不是“5.08755万”（即50875.5）"),
        ("5人", "次", "写的是“人”，这里按“次”填"),
        ("5%", "人", "写的是“%”"),
        ("8‰", "percent", "写的是“‰”，这里按“%”填"),
        ("5万元", "人", "写的是“元”"),
        ("5元", None, "写的是“元”，这里只填数字"),
        ("-3", "人", "不能为负数"),
        ("9" * 31, "元", "数字过长"),
        ("9" * 25 + "亿", "元", "数字过长"),
    ],
)
def test_what_is_no_certain_figure_is_refused_and_says_what_to_do(text, unit, why):
    with pytest.raises(ValueError, match="请") as refused:
        read_figure(text, unit)
    assert why in str(refused.value)
    assert unreadable(text, unit) == f"{refused.value}。"
    assert not understood(text, unit)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [("", "人", ""), ("430000", "人", ""), ("69.90", "percent", ""), ("5.08万", "人", "读作 50800人"),
     ("1,200", None, "读作 1200"), ("0.5%", "percent", "读作 0.5%"), ("14", WORKING_DAYS, ""),
     ("１４", WORKING_DAYS, "读作 14个工作日")],
)  # fmt: skip
def test_the_page_says_how_it_was_read_where_that_is_more_than_digits(text, unit, words):
    assert understood(text, unit) == words
