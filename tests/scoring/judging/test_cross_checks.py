"""Figures that must agree across rows and facts: told where they do not, silent where they might, deciding nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.building.build import build_cross_check
from indicators.building.schema import CrossCheckIn
from indicators.model import (
    Bound,
    Condition,
    CrossCheck,
    Fact,
    FigureRef,
    Measure,
    Quantity,
    Require,
    Standard,
)
from indicators.reading.located import read_located_file
from scoring.assessment import Reason
from scoring.judging.assess import assess
from scoring.judging.cross_checks import (
    concerns_facts,
    concerns_row,
    cross_check,
    figures_at_odds,
)
from scoring.submission import Answer, Covered, Judged, Part, Submission
from tests.scoring import small

CASES = read_located_file(Path(__file__).parent / "cross_checks.yaml").value["cases"]

_PERSONS, _PUPILS = Quantity("发现的儿童数", "人"), (Quantity("辍学人数", "人"), Quantity("学生数", "人"))
_MEASURES = (
    Measure("staffed", "coverage", "配备专干的乡镇数", ("配备",), of=("townships",)),
    Measure("served", "coverage", "已服务的儿童数", ("服务",), whole=_PERSONS),
    Measure("rate", "rate", "辍学率", ("辍学",), numerator=_PUPILS[0], denominator=_PUPILS[1]),
    Measure(
        "rate_again", "rate", "辍学率", ("辍学",), numerator=_PUPILS[0], denominator=_PUPILS[1], same_figures_as="rate"
    ),
    Measure("paid", "amount", "支付金额", ("支付",), unit="元"),
    Measure("granted", "amount", "下达金额", ("下达",), unit="元"),
    Measure("trained", "count", "培训次数", ("培训",), unit="次", per="year", require=Require(at_least=Bound(1))),
    Measure("meetings", "count", "会议次数", ("会议",), unit="次", per="year", require=Require(at_least=Bound(1))),
    Measure(
        "city_places",
        "coverage",
        "设点的社区数",
        ("设点",),
        of=("townships",),
        applies_when=Condition("is", "city", value=True),
    ),
)
_LABELS = {"townships": "乡镇数", "large": "大村数", "small": "小村数"}
_FACTS = (
    *(Fact(name, label, "number", "个") for name, label in _LABELS.items()),
    Fact("children", "儿童数", "number", "人"),
    Fact("left_behind", "留守儿童数", "number", "人"),
    Fact("city", "是市", "yes_no"),
)
_VETO = small.row(
    Measure("unguarded", "zero", "没有监护的儿童数", ("没有监护",), unit="人"), row_id="V1", consequence="veto"
)


def _standard(*checks: CrossCheck) -> Standard:
    made = small.standard(small.row(*_MEASURES), vetoes=(_VETO,), facts=_FACTS)
    return replace(made, cross_checks=checks)


def _check(written) -> CrossCheck:
    return build_cross_check(CrossCheckIn.model_validate({"id": "one", "says": "说明", **written}))


def _figure(value):
    if isinstance(value, dict) and set(value) <= {"covered", "whole"}:
        return Covered(**value)
    if isinstance(value, dict) and set(value) <= {"numerator", "denominator"}:
        return Part(**value)
    return value


def _given(case) -> Submission:
    answers = {
        row: Answer(measures={name: _figure(value) for name, value in figures.items()})
        for row, figures in case.get("answers", {}).items()
    }
    vetoes = {row: answers.pop(row) for row in list(answers) if row.startswith("V")}
    return small.submission(answers, case.get("facts", {}), vetoes=vetoes)


def _warned(given: Submission, *standards: Standard) -> list[Reason]:
    return [one for one in assess(given, standards, small.EQUAL).warnings if one.code == "cross_check"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_figures_at_odds_are_told_and_no_others(case):
    texts = [reason.text for reason in _warned(_given(case), _standard(_check(case["check"])))]
    assert len(texts) == len(case["expect"]), texts
    for text, words in zip(texts, case["expect"], strict=True):
        assert words in text


def test_a_warning_names_both_places_and_leads_to_both():
    check = _check({"left": [{"measure": "1.1.1/staffed"}], "is": "at_most", "right": [{"fact": "small"}]})
    given = _given({"facts": {"small": 6}, "answers": {"1.1.1": {"staffed": 8}}})
    (reason,) = _warned(given, _standard(check))
    assert (reason.basis, reason.effect, reason.kind.gives) == ("tool", "warns", None)
    assert [(one.ref.row, one.ref.fact, str(one.amount)) for one in figures_at_odds(reason)] == [
        ("1.1.1", None, "8个"),
        (None, "small", "6个"),
    ]
    assert concerns_row(reason, "1.1.1")
    assert not concerns_row(reason, "V1")
    assert concerns_facts(reason)


def test_a_check_that_two_standards_share_warns_once():
    check = _check({"left": [{"fact": "left_behind"}], "is": "at_most", "right": [{"fact": "children"}]})
    one, other = _standard(check), replace(_standard(check), id="other")
    assert len(_warned(_given({"facts": {"left_behind": 2, "children": 1}}), one, other)) == 1


_HOSTILE = [
    True,
    "8",
    (),
    ("a",),
    {},
    {"2017": "x"},
    {"2017": Covered(1, None)},
    {2017: 3},
    Part(None, None),
    Covered(None, None),
    Part(numerator=True, denominator="1"),
    Covered("1", whole=True),
    Judged(value=True),
    Decimal("NaN"),
    Decimal("Infinity"),
    -1,
]


@pytest.mark.parametrize("value", _HOSTILE, ids=repr)
def test_a_figure_of_another_shape_never_stops_judging(value):
    refs = [FigureRef(row="1.1.1", measure=measure.id) for measure in _MEASURES]
    refs += [FigureRef(row=r.row, measure=r.measure, part=part) for r in refs for part in ("covered", "whole")]
    refs += [FigureRef(row="1.1.1", measure="rate", part=part) for part in ("numerator", "denominator")]
    refs += [FigureRef(fact="children"), FigureRef(fact="nowhere"), FigureRef(row="9.9.9", measure="x"), FigureRef()]
    checks = [CrossCheck("x", (left,), "equal", (FigureRef(fact="small"),), "说明") for left in refs]
    answer = Answer(measures=dict.fromkeys((measure.id for measure in _MEASURES), value))
    given = small.submission({"1.1.1": answer}, {"small": 5, "children": value, "city": True})
    told = list(cross_check(given, [_standard(*checks)]))
    assert all(reason.text for reason in told)
    assert bool(told) == (value == -1)


def test_a_check_that_blocks_leaves_a_veto_unproven_and_never_present():
    check = _check(
        {"left": [{"measure": "V1/unguarded"}], "is": "at_least", "right": [{"fact": "small"}], "effect": "block"}
    )
    given = _given({"facts": {"small": 1}, "answers": {"V1": {"unguarded": 0}}})
    given = replace(given, vetoes={"V1": replace(given.vetoes["V1"], claim="clear")})
    judged = assess(given, [_standard(check)], small.EQUAL).standards["small"]
    assert [(veto.state, [one.code for one in veto.reasons if one.effect == "blocks"]) for veto in judged.vetoes] == [
        ("unproven", ["cross_check_veto"])
    ]
