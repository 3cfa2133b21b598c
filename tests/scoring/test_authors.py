"""What an author of rules may write, as a county meets it: named units, decimals and ‰, a standard without vetoes."""

from __future__ import annotations

import io
import json

import pytest

from scoring.cli import main
from tests.indicators.rules_folder import tiny_rules

STANDARD = """\
id: units-2020
title: 单位演示标准
short_title: 单位演示
issuer: 演示部
date: "2020-01"
source: {document: "D1", locator: 附件1}
documents: {"D1": 演示通知}
sections:
  - id: "9"
    title: 单位
    topics: [{id: "9.1", title: 单位, indicators: ["9.1.1", "9.1.2", "9.1.3", "9.1.4"]}]
vetoes: []
facts: []
"""
TOPIC = """\
topic: "9.1"
methods: []
methods_inherited: false
responsible_units: []
indicators:
  - id: "9.1.1"
    label: "1"
    statement: 城乡差异系数不高于0.50。
    policy_basis: []
    measures:
      - {id: spread, kind: count, label: 差异系数, unit: 系数, require: {at_most: 0.5}, quotes: [差异系数不高于0.50]}
    evidence: []
  - id: "9.1.2"
    label: "2"
    statement: 意外伤害发生率控制在8‰以下。
    policy_basis: []
    measures:
      - id: injuries
        kind: rate
        label: 发生率
        numerator: {label: 受伤人数, unit: 人}
        denominator: {label: 儿童数, unit: 人}
        require: {at_most: 8, unit: permille}
        quotes: [发生率控制在8‰以下]
    evidence: []
  - id: "9.1.3"
    label: "3"
    statement: 基本生活费不低于每人每月1050.5元。
    policy_basis: []
    measures:
      - id: allowance
        kind: amount
        label: 基本生活费
        unit: 元
        require: {at_least: 1050.5}
        quotes: [不低于每人每月1050.5元]
    evidence: []
  - id: "9.1.4"
    label: "4"
    statement: 不超过14个工作日办结。
    policy_basis: []
    measures:
      - id: days
        kind: count
        label: 最长用时
        unit: working_day
        require: {at_most: 14}
        quotes: [不超过14个工作日办结]
    evidence: []
"""
HEAD = """\
format: 1
round: {id: "2020", standards: [units-2020], period: {from: "2019-01-01", to: "2019-12-31"}}
division: {code: "990121", name: 甲县}
answers:
"""
GOOD = {
    "9.1.1": "{spread: 0.49}",
    "9.1.2": "{injuries: {numerator: 8, denominator: 1000}}",
    "9.1.3": "{allowance: 1050.5元}",
    "9.1.4": "{days: 14}",
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    folder = tiny_rules(tmp_path_factory.mktemp("authors"))
    folder.write("units-2020/standard.yaml", STANDARD)
    folder.write("units-2020/9.1-units.yaml", TOPIC)
    folder.replace(
        "vocabulary.yaml",
        "元: 元}",
        '元: 元, permille: "‰", 系数: 系数, working_day: 个工作日}\n'
        "units_with_decimals: {percent: 百分数, 元: 金额, 系数: 系数}",
    )
    assert folder.lines() == []
    return folder.root


def scored(rules, tmp_path, answers, *options):
    file = tmp_path / "甲县.yaml"
    rows = [f'  "{row}": {{claim: met, measures: {given}}}\n' for row, given in {**GOOD, **answers}.items()]
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    said = io.StringIO()
    assert main([str(file), "--rules", str(rules), *options], said, said) == 0, said.getvalue()
    return said.getvalue()


@pytest.mark.parametrize(
    ("row", "given", "words"),
    [
        ("9.1.1", "{spread: 0.51}", "差异系数 0.51系数，高于 0.5系数"),
        ("9.1.2", "{injuries: {numerator: 9, denominator: 1000}}", "发生率 9‰，高于 8‰"),
        ("9.1.2", "{injuries: {numerator: 50, denominator: 1000}}", "发生率 50‰，高于 8‰"),
        ("9.1.3", "{allowance: 1050.4}", "基本生活费 1050.4元，低于 1050.5元"),
        ("9.1.4", "{days: 15个工作日}", "最长用时 15个工作日，高于 14个工作日"),
    ],
)
def test_decimals_permille_and_named_units_are_judged_and_shown(rules, tmp_path, row, given, words):
    assert words in scored(rules, tmp_path, {row: given})


def test_at_the_limit_it_is_reached_and_a_standard_without_vetoes_says_nothing_of_vetoes(rules, tmp_path):
    assert json.loads(scored(rules, tmp_path, {}, "--json"))["standards"]["units-2020"]["eligible"]
    said = scored(rules, tmp_path, {})
    assert "结论：符合申报条件" in said
    assert "一票否决" not in said
    assert "working_day" not in said
