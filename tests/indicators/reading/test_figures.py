"""The figures of a Chinese sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.checking.figures import check_words
from indicators.reading.figures import figures, values
from tests.scoring.small import row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不低于70%", {70}),
        ("50万人口以上", {500_000}),
        ("1.5万元", {15_000}),
        ("0—6岁", {0, 6}),
        ("年满十八周岁", {18}),
        ("不满十六周岁", {16}),
        ("两次以上", {2}),
        ("二十", {20}),
        ("一百二十三", {123}),
        ("三千零五", {3005}),
        ("十万", {100_000}),
        ("二〇一八年", {2018}),
        ("一亿二千万", {120_000_000}),
        ("12345、12355等", {12345, 12355}),
        ("云教〔2017〕8号", {2017, 8}),
        ("９０％", {90}),
        ("第一时间", {1}),
        ("百姓千方百计", set()),
        ("没有数", set()),
    ],
)
def test_a_figure_is_read_as_a_person_reads_it(text: str, expected: set[int]) -> None:
    assert values(text) == {Decimal(one) for one in expected}


def test_a_figure_knows_its_place() -> None:
    (figure,) = figures("在第一时间报告")
    assert ("在第一时间报告"[figure.start : figure.end], figure.words) == ("一", "一")


@pytest.mark.parametrize(
    ("not_figures", "missing"),
    [
        ({"第2期": "序号"}, ["2017"]),
        ({"第2期": "序号", "2017年": "年份"}, []),
        ({"第2期，2017": "序号和年份"}, []),
        ({"第2期，20": "只有一半", "17年": "另一半"}, ["2017"]),
        ({"2期，2": "跨过一处", "第2期，2017年": "盖住两处"}, []),
        ({"2017年起实施。": "到末尾"}, ["2"]),
        ({"2期": "一处", "第2期": "同一处"}, ["2017"]),
    ],
)
def test_a_figure_is_excused_where_it_stands_whole_in_words_that_are_no_quantity(
    not_figures: dict[str, str], missing: list[str]
) -> None:
    asked = row(statement="第2期，2017年起实施。", not_figures=not_figures)
    said = [message for path, message in check_words(asked) if path == ("statement",)]
    assert [one.partition("里的数 ")[2].partition(" ")[0] for one in said] == missing


def test_words_that_excuse_a_figure_are_no_whole_paragraph() -> None:
    long = "甲" * 30
    asked = row(statement=f"{long}2017年", not_figures={f"{long}2017年": "年份"})
    said = [(path, message) for path, message in check_words(asked) if path[0] != "measures"]
    assert [path[0] for path, _ in said] == ["not_figures", "statement"]
    assert "有35字，最多30字" in said[0][1]
