"""The cross-checks of the installed standards: each told where its sides part, silent in what is well filled."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from indicators.model import (
    CrossCheck,
    Standard,
)
from indicators.reading.located import read_located_file
from scoring.conditions import evaluate
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import to_json
from scoring.judging.assess import assess
from scoring.judging.cross_checks import (
    at_odds,
    cross_check,
    places_named,
)
from scoring.report import as_json
from scoring.submission import Answer, Covered, Finding, Part, Submission
from tests.scoring import small
from tests.scoring.filling import fill

ACROSS = read_located_file(Path(__file__).parents[1] / "cases/across-rows/cross-checks.yaml").value["cases"]
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
LIBRARY = load_library()
NATIONAL, YUNNAN = (LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018"))
SHIPPED = [pytest.param(s, check, id=f"{s.id}-{check.id}") for s in (NATIONAL, YUNNAN) for check in s.cross_checks]


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
