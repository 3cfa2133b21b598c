"""Test support: the YAML cases of ``tests/scoring/cases`` and how one is judged.

A case: ``name``, ``standard``, ``indicator`` (or a veto's id), ``facts`` (all that the county gave; none where absent),
``period``, ``apply_by``, ``answer`` (as in a submission file; ``claim`` is met or clear unless given),
``evidence`` (register),
``evidence_filled`` (default true: whatever required evidence the answer does not cite gets a well-dated document),
``others`` (``filled``: measures and judgements not named pass; ``none`` or ``absent``: nothing, not even a claim),
what other rows say or leave out is no matter: cross-checks have cases of their own (``across-rows``),
``level`` with ``finding`` and ``prefecture_finding``, and ``expect: {verdict | state, reason_codes_include,
reason_codes_exclude, text_includes}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from indicators.model import Indicator, Library
from indicators.reading.located import read_located_file
from scoring.assessment import IndicatorResult, VetoResult
from scoring.exchange.reading import read_submission
from scoring.exchange.writing import to_json
from scoring.judging.assess import assess
from scoring.submission import Answer, EvidenceItem, Submission
from tests.scoring.filling import GOOD_DOCUMENT, fill, passing_answer

CASES = Path(__file__).parent / "cases"
KEYS = frozenset(
    {
        "name", "standard", "indicator", "facts", "period", "apply_by", "answer", "evidence", "evidence_filled",
        "others", "level", "finding", "prefecture_finding", "expect", "why",
    }
)  # fmt: skip
EXPECTATIONS = frozenset({"verdict", "state", "reason_codes_include", "reason_codes_exclude", "text_includes"})


def read_cases() -> list[tuple[str, dict[str, Any]]]:
    """``(file: name, case)`` of every case file."""
    return [
        (f"{path.stem}: {case['name']}", case)
        for path in sorted(CASES.glob("*.yaml"))
        for case in read_located_file(path).value["cases"]
    ]


def judge_case(case: Mapping[str, Any], library: Library) -> IndicatorResult | VetoResult:
    """The result for the case's row, under its standard, at its level."""
    standard = replace(library.standards[case["standard"]], cross_checks=(), never_together=())
    row = standard.row(str(case["indicator"]))
    assert row is not None, f"no row {case['indicator']} in {standard.id}"
    given = _given(case, row, library)
    filled = fill(standard, {**dict.fromkeys(standard.facts), **given.facts}, given.round.period)
    answer = (given.vetoes if row.consequence == "veto" else given.answers)[row.id]
    if case.get("others", "filled") == "filled":
        answer = _completed(answer, row, filled)
    if case.get("evidence_filled", True):
        required = {need.id: (GOOD_DOCUMENT,) for need in row.evidence if need.required}
        answer = replace(answer, evidence={**required, **answer.evidence})
    place = "vetoes" if row.consequence == "veto" else "answers"
    submission = replace(
        filled,
        round=given.round,
        **{place: {**getattr(filled, place), row.id: answer}},
        evidence={**_by(filled, given.round.cut_off), **given.evidence},
        findings=given.findings,
    )
    judged = assess(submission, [standard], library.schemes["equal"], case.get("level", "county"))
    result = judged.standards[standard.id]
    if row.consequence == "veto":
        return next(veto for veto in result.vetoes if veto.id == row.id)
    return result.indicators[row.id]


def _by(filled: Submission, cut_off: date) -> dict[str, EvidenceItem]:
    """The documents of a passing submission, none later than the cut-off."""
    day = min(filled.round.period.last, cut_off)
    return {key: replace(item, date=day) for key, item in filled.evidence.items()}


def _given(case: Mapping[str, Any], row: Indicator, library: Library) -> Submission:
    """What the case says, read as a submission file is: a case cannot hold what a file could not."""
    findings = {}
    if "finding" in case:
        # At the county's own level a finding has no say; it is then the province's.
        level = "province" if case["level"] == "county" else case["level"]
        findings[level] = {row.id: case["finding"]}
    if "prefecture_finding" in case:
        findings["prefecture"] = {row.id: case["prefecture_finding"]}
    written = {
        "format": 1,
        "round": {
            "id": "2018",
            "standards": [case["standard"]],
            "period": case.get("period", {"from": "2017-01-01", "to": "2018-06-30"}),
            "apply_by": case.get("apply_by"),
        },
        "division": {"code": "990121", "name": "甲县"},
        "facts": {fact: value for fact, value in case.get("facts", {}).items() if value is not None},
        ("vetoes" if row.consequence == "veto" else "answers"): {row.id: case["answer"]},
        "evidence": {GOOD_DOCUMENT: {"title": "佐证材料汇编"}, **case.get("evidence", {})},
        "findings": findings,
    }
    given = read_submission(to_json(written), case["name"], library)
    return replace(given, evidence={key: item for key, item in given.evidence.items() if key != GOOD_DOCUMENT})


def _completed(answer: Answer, row: Indicator, filled: Submission) -> Answer:
    """What the answer leaves open, filled with passing values; a nil return keeps what it settles empty."""
    passing = passing_answer(row, filled.facts, filled.round.period)
    nil_settles = {m.id for m in row.measures if m.settled_by_nil_return} if answer.nil_return else set()
    return replace(
        answer,
        claim=answer.claim or passing.claim,
        measures={**{k: v for k, v in passing.measures.items() if k not in nil_settles}, **answer.measures},
        judgements={**{k: v for k, v in passing.judgements.items() if k not in nil_settles}, **answer.judgements},
    )
