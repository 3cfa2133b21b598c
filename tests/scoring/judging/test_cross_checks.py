"""Figures that must agree across rows and facts: told where they do not, silent where they might, deciding nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from indicators import load_library
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
from scoring.conditions import evaluate
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import to_json
from scoring.judging.assess import assess
from scoring.judging.cross_checks import (
    at_odds,
    concerns_facts,
    concerns_row,
    cross_check,
    figures_at_odds,
    places_named,
)
from scoring.report import as_json
from scoring.submission import Answer, Covered, Finding, Judged, Part, Submission
from tests.scoring import small
from tests.scoring.filling import fill

CASES = read_located_file(Path(__file__).parent / "cross_checks.yaml").value["cases"]
ACROSS = read_located_file(Path(__file__).parents[1] / "cases/across-rows/cross-checks.yaml").value["cases"]
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
LIBRARY = load_library()
NATIONAL, YUNNAN = (LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018"))
SHIPPED = [pytest.param(s, check, id=f"{s.id}-{check.id}") for s in (NATIONAL, YUNNAN) for check in s.cross_checks]

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


# --- the shipped checks ---------------------------------------------------------------------------------------------


def _facts_that_ask(standard: Standard, check: CrossCheck) -> dict:
    """Facts under which every measure of the check, and the check itself, is asked."""
    rows = [standard.row(ref.row) for ref in check.refs() if ref.row]
    asked = [one.applies_when for one in rows]
    asked += [standard.row(ref.row).measure(ref.measure).applies_when for ref in check.refs() if ref.row]
    choices = {f.id: LIBRARY.vocabulary.lists[f.options] for f in standard.facts.values() if f.kind == "choice"}
    for chosen in itertools.product(*choices.values()):
        facts = {**dict(zip(choices, chosen, strict=True)), "has_prefecture": True}
        if all(evaluate(condition, facts) is True for condition in (*asked, check.applies_when)):
            return facts
    raise AssertionError(f"{check.id} is never asked")


def _filled(standard: Standard, check: CrossCheck, beyond: int) -> Submission:
    """Only the figures of the check, its sides equal but for ``beyond``; all but the first of a side are 0."""
    facts, figures = _facts_that_ask(standard, check), {}
    first = {"left": check.left[0], "right": check.right[0]}
    limit = first["right"].number
    base = {"left": 10 * (first["right"].times or 1), "right": 10 * (first["left"].times or 1)}
    base = base if limit is None else {"left": limit}
    for side in ("left", "right"):
        for place, ref in enumerate(getattr(check, side)):
            if ref.number is not None:
                continue
            value = 0 if place else base[side] + (beyond if side == "left" else 0)
            if ref.fact is not None:
                facts[ref.fact] = value
            elif ref.part is not None:
                shape = Covered if ref.part in ("covered", "whole") else Part
                held = figures.setdefault(ref.row, {}).get(ref.measure, shape())
                figures[ref.row][ref.measure] = replace(held, **{ref.part: value})
            else:
                figures.setdefault(ref.row, {})[ref.measure] = value
    answers = {row: Answer(claim="met", measures=measures) for row, measures in figures.items()}
    vetoes = {row: answers.pop(row) for row in list(answers) if row.startswith("V")}
    return small.submission(answers, facts, vetoes=vetoes)


def _told(given: Submission, standard: Standard) -> set[object]:
    return {one.check.id for one in at_odds(given, standard)}


@pytest.mark.parametrize(("standard", "check"), SHIPPED)
def test_a_shipped_check_is_silent_where_its_sides_are_equal_and_told_just_beyond(standard, check):
    beyond = -1 if check.test == "at_least" else 1
    assert check.id not in _told(_filled(standard, check, 0), standard)
    assert check.id in _told(_filled(standard, check, beyond), standard)
    assert (check.id in _told(_filled(standard, check, -beyond), standard)) == (check.test == "equal")


@pytest.mark.parametrize(("standard", "check"), SHIPPED)
def test_a_shipped_check_does_not_repeat_what_a_row_says_of_its_own_whole(standard, check):
    """A coverage beyond its own whole is contradicted in its row already."""
    for ref in check.left:
        measure = standard.row(ref.row).measure(ref.measure) if ref.row else None
        if measure is not None and len(check.left) == 1 and ref.times is None:
            assert tuple(one.fact for one in check.right) != measure.of


def test_a_county_that_is_well_filled_is_told_nothing():
    for standards in ([NATIONAL], [YUNNAN], [NATIONAL, YUNNAN]):
        for kind in LIBRARY.vocabulary.lists["county_kinds"]:
            facts = {"county_kind": kind, "childrens_places": 200}
            assert list(cross_check(fill(standards, facts), standards)) == []


@pytest.mark.parametrize("case", ACROSS, ids=lambda case: case["name"])
def test_every_check_each_way(case):
    standard = LIBRARY.standards[case.get("standard", "national-2018")]
    judged = assess(_changed(standard, case), [standard], small.EQUAL)
    results = judged.standards[standard.id].indicators
    told = {row: [reason.text for reason in result.reasons] for row, result in results.items()}
    contradicted = {row for row, result in results.items() if result.verdict == "contradicted"}
    assert contradicted == set(case.get("contradicted", [])), {row: told[row] for row in contradicted}
    warned = {one.given["check"] for one in judged.warnings if one.code == "cross_check"}
    assert warned == set(case.get("warned", [])), [one.text for one in judged.warnings]
    if case.get("contradicted") and all("不能同时属实" in "".join(told[row]) for row in contradicted):
        assert not judged.eligible


def _changed(standard: Standard, case) -> Submission:
    """The filled submission with what the case writes, read as a file's would be."""
    filled = fill(standard, case.get("facts", {}))
    written = {
        "format": 1,
        "round": {
            "id": "2018",
            "standards": [standard.id],
            "period": {"from": "2017-01-01", "to": "2018-06-30"},
        },
        "division": {"code": "990121", "name": "甲县"},
        "evidence": {"G1": {"title": "佐证材料汇编"}},
        "answers": {row: _as_written(changes) for row, changes in case.get("answers", {}).items()},
        **{key: case[key] for key in ("findings", "opinions") if key in case},
    }
    given = read_submission(to_json(written), case["name"], LIBRARY)
    answers = {
        row: replace(
            filled.answers[row],
            claim=changed.claim or filled.answers[row].claim,
            note=changed.note,
            nil_return=changed.nil_return,
            measures={**filled.answers[row].measures, **changed.measures},
        )
        for row, changed in given.answers.items()
    }
    return replace(filled, answers={**filled.answers, **answers}, findings=given.findings, opinions=given.opinions)


def _as_written(changes) -> dict:
    own = {key: changes[key] for key in ("claim", "note", "nil_return") if key in changes}
    return {**own, "measures": {key: value for key, value in changes.items() if key not in own}}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_a_check_that_warns_changes_nothing_but_the_warnings(path):
    given = read_submission_file(path, LIBRARY)
    standards = [_only_warning(LIBRARY.standards[name]) for name in given.round.standards]
    without = [replace(one, cross_checks=(), never_together=(), distinct_documents=()) for one in standards]
    for facts in (given.facts, {**given.facts, "children": 1, "villages_under_100": 1}):
        changed = replace(given, facts=facts)
        for level in ("county", "prefecture", "province"):
            judged = assess(changed, standards, small.EQUAL, level)
            plain = assess(changed, without, small.EQUAL, level)
            shown, bare = as_json(changed, judged, ""), as_json(changed, plain, "")
            assert shown["standards"] == bare["standards"]
            assert shown["eligible"] == bare["eligible"]
            others = [one.text for one in judged.warnings if not places_named(one) and one.code != "facts_missing"]
            assert others == [one.text for one in plain.warnings]
        assert facts is given.facts or any(one.code == "cross_check" for one in judged.warnings)


def _only_warning(standard: Standard) -> Standard:
    return replace(
        standard,
        cross_checks=tuple(replace(check, effect="warn") for check in standard.cross_checks),
        never_together=tuple(replace(check, effect="warn") for check in standard.never_together),
    )


_WITHOUT = {  # fact left out → rows that are 佐证不足 without it (national table, a county)
    "county_kind": {"3.4.4", "5.2.1"},
    "has_prefecture": {"3.4.1", "5.1.1"},
    "population": {"3.4.4"},
    "townships": {"1.1.2", "1.1.3", "4.4.3", "5.3.1", "5.3.3", "5.4.2"},
    "subdistricts": {"4.4.3", "5.3.1", "5.3.3"},
    "villages": {"5.3.2"},
    "communities": {"5.3.2"},
    "villages_100_or_more": {"5.2.1"},
    "villages_under_100": {"5.2.1"},
    "children_in_small_villages": {"5.2.1"},
    "childrens_places": {"5.2.1", "5.2.2"},
    "orphans": {"3.2.2"},
    "province_dropout_rate": {"3.4.1"},
    "prefecture_dropout_rate": {"3.4.1"},
    "has_welfare_institution": {"3.3.4", "4.4.2"},
    "has_protection_centre": {"4.4.2", "5.1.3", "5.1.5"},
    "children": {"3.2.3", "3.3.3", "3.4.4"},
    "left_behind_children": {"3.4.1"},
    "children_in_difficulty": set(),
}


def test_a_fact_left_out_disarms_no_check():
    filled = fill(NATIONAL)
    assert {one.id for one in NATIONAL.facts.values() if one.kind != "judged"} == set(_WITHOUT)
    for fact, rows in _WITHOUT.items():
        lacking = replace(filled, facts={name: value for name, value in filled.facts.items() if name != fact})
        reviewed = {row.id: Finding("met", reason=f"到现场核对了台账：{row.statement}") for row in NATIONAL.indicators}
        for level in ("county", "province"):
            judged = assess(replace(lacking, findings={"province": reviewed}), [NATIONAL], small.EQUAL, level)
            results = judged.standards["national-2018"].indicators
            assert {row for row, one in results.items() if one.computed == "unproven"} == rows, fact
            named = f"县情“{NATIONAL.facts[fact].label}”没有填写"
            for row in rows:  # once in each row
                assert [named in reason.text for reason in results[row].reasons].count(True) == 1, (fact, row)
            assert [one.given["facts"] for one in judged.warnings if one.code == "facts_missing"] == [
                f"“{NATIONAL.facts[fact].label}”"
            ]


def test_nothing_is_missing_where_nothing_would_read_it():
    filled = fill(NATIONAL, {"has_prefecture": False, "prefecture_dropout_rate": None})
    assert "facts_missing" not in {one.code for one in assess(filled, [NATIONAL], small.EQUAL).warnings}


def test_no_finding_makes_possible_what_no_county_can_say():
    reviewed = {row.id: Finding("met", reason=f"到现场核对了台账：{row.statement}") for row in NATIONAL.indicators}
    findings = {"prefecture": {"5.3.1": Finding("not_met", reason="三个乡镇没有配备儿童督导员")}, "province": reviewed}
    hidden = replace(fill(NATIONAL, {"has_prefecture": False}), findings=findings)
    judged = assess(hidden, [NATIONAL], small.EQUAL, "province").standards["national-2018"]
    assert {row: one.verdict for row, one in judged.indicators.items() if one.verdict != "met"} == {
        "3.4.1": "contradicted",
        "5.1.1": "contradicted",
        "5.3.1": "not_met",
    }
    told = next(one.text for one in judged.indicators["3.4.1"].reasons if one.effect == "blocks")
    assert "填“否”，而市级基础评价已有认定或者意见，不能同时属实，省级实地评估不能认定达标" in told
    agreeing = replace(hidden, facts={**hidden.facts, "has_prefecture": True})
    judged = assess(agreeing, [NATIONAL], small.EQUAL, "province").standards["national-2018"]
    assert {row for row, one in judged.indicators.items() if one.verdict != "met"} == {"5.3.1"}


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


def test_what_is_not_judged_yet_or_owned_up_to_keeps_its_verdict_beside_a_contradiction():
    filled = fill(NATIONAL, {"villages_under_100": 49})
    for claim, verdict in (("met", "contradicted"), ("not_met", "not_met"), ("unsure", "unanswered")):
        answers = {**filled.answers, "5.2.1": replace(filled.answers["5.2.1"], claim=claim)}
        judged = assess(replace(filled, answers=answers), [NATIONAL], small.EQUAL)
        result = judged.standards["national-2018"].indicators["5.2.1"]
        assert result.verdict == verdict
        assert "cross_check_blocks" in {reason.code for reason in result.reasons}


def test_the_warnings_of_the_samples_are_these_and_no_others():
    told = {path.name[:2]: _told_by(path) for path in SAMPLES}
    assert {name: checks for name, checks in told.items() if checks} == {
        "04": {"left_alone_beside_children_found", "villages_by_size_in_other_tiers"},
        "05": {"left_alone_beside_children_found", "one_training_once"},
        "07": {f"{what}_at_institution_elsewhere" for what in ("class", "trained")}
        | {"received_by_institution_elsewhere", "left_alone_beside_children_found", "no_child_found_beside_cases"},
    }


def _told_by(path: Path) -> set[object]:
    given = read_submission_file(path, LIBRARY)
    reasons = cross_check(given, [LIBRARY.standards[s] for s in given.round.standards])
    return {reason.given["check"] for reason in reasons if reason.code != "facts_missing"}
