"""The township standard judged: every verdict and veto state, points under a scheme of a province's own."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest
import yaml

from scoring.assessment import VERDICTS, Assessment, Reason
from scoring.cli import main
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import to_json, write_submission
from scoring.judging.assess import assess
from scoring.judging.schemes import chosen_scheme
from scoring.submission import Submission
from tests.scoring.filling import fill
from tests.township.rules import ELIGIBLE, HERE, SCHEME, STANDARD

CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))


def changed(base: Any, change: Any) -> Any:
    """The base with a change laid over it; None takes a key out."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    laid = {key: changed(base.get(key), inner) for key, inner in change.items() if inner is not None}
    return {key: inner for key, inner in base.items() if key not in change} | laid


def given(case: dict[str, Any], library) -> Submission:
    whole = yaml.safe_load(ELIGIBLE.read_text(encoding="utf-8"))
    return read_submission(to_json(changed(whole, case["change"])), case["name"], library)


def judged(submission: Submission, library, scheme: str = "equal") -> Assessment:
    standards = [library.standards[one] for one in submission.round.standards]
    return assess(submission, standards, library.schemes[scheme])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_one_change_gives_one_verdict_with_its_reason(case, library):
    result = judged(given(case, library), library).standards[STANDARD]
    states = {row: one.verdict for row, one in result.indicators.items()} | {v.id: v.state for v in result.vetoes}
    assert states[case["row"]] == case["verdict"]
    beside = {row: state for row, state in states.items() if row != case["row"]}
    assert set(beside.values()) <= {"met", "clear"}, beside
    assert result.eligible is case.get("eligible", False)
    row = result.indicators.get(case["row"]) or result.vetoes[0]
    assert case.get("says", "") in "".join(reason.text for reason in row.reasons)


def test_the_cases_show_every_verdict_and_every_state_of_a_veto():
    assert {case["verdict"] for case in CASES} == {*VERDICTS, "present", "undeclared"}


def test_it_is_written_and_read_back_without_loss(library):
    submission = read_submission_file(ELIGIBLE, library)
    assert read_submission(write_submission(submission), "back", library) == submission


def test_together_with_the_national_standard_each_is_judged_on_its_own(library):
    standards = [library.standards["national-2018"], library.standards[STANDARD]]
    whole = assess(fill(standards, {"township_kind": "town"}), standards, library.schemes["equal"])
    assert whole.eligible
    assert [len(one.indicators) for one in whole.standards.values()] == [45, 7]


def test_a_province_s_points_with_partial_credit_decide_nothing(library):
    for case in CASES:
        submission = given(case, library)
        equal = judged(submission, library).standards[STANDARD]
        points = judged(submission, library, SCHEME).standards[STANDARD]
        assert points.eligible == equal.eligible
        assert {r: i.verdict for r, i in points.indicators.items()} == {
            r: i.verdict for r, i in equal.indicators.items()
        }


@pytest.mark.parametrize(
    ("name", "value", "of"),
    [("联络员恰为八成", "100", "100"), ("联络员不到八成", "75", "100"), ("走访台账日期在期外", "95", "100"),
     ("没有判断走访是否扎实", "95", "100"), ("没有寄宿学校报不适用", "80", "80"), ("没有填村民小组数", "87.5", "100")],
)  # fmt: skip
def test_weights_and_shares_of_the_scheme_are_exact(name, value, of, library):
    case = next(one for one in CASES if one["name"] == name)
    score = judged(given(case, library), library, SCHEME).standards[STANDARD].score
    assert (score.scheme, score.value, score.of) == (SCHEME, Decimal(value), Decimal(of))


def test_the_usual_scheme_is_the_equal_one_and_else_the_first(library):
    assert chosen_scheme(library.schemes, None).id == "equal"
    assert chosen_scheme({SCHEME: library.schemes[SCHEME]}, None).id == SCHEME


def command(*more: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main([str(ELIGIBLE), *more], out, err), out.getvalue(), err.getvalue()


def test_the_command_line_names_the_scheme_wherever_it_shows_points(rules, monkeypatch):
    monkeypatch.setenv("RULES_DIR", str(rules))
    _, shown, _ = command("--scheme", SCHEME)
    assert "进度：100/100，100%（本工具进度数，非文件规定；计分办法：演示省优选计分办法（演示））" in shown
    monkeypatch.setenv("SCHEME", SCHEME)
    asked_by_setting = json.loads(command("--json")[1])
    assert asked_by_setting["standards"][STANDARD]["score"] == {"scheme": SCHEME, "value": 100, "of": 100}
    monkeypatch.setenv("SCHEME", "gold")
    code, _, unknown = command()
    assert code == 2
    assert "没有计分办法“gold”；可用的有：equal、points-demo" in unknown


def _crossed(assessment: Assessment) -> list[Reason]:
    return [reason for reason in assessment.warnings if reason.code == "cross_check"]


def test_its_cross_checks_warn_naming_both_places_and_decide_nothing(library):
    agreeing = {"name": "相符", "change": {"facts": {"resident_children": 100}}}
    apart = {"name": "不符", "change": {"facts": {"resident_children": 99}}}
    assert _crossed(judged(given(agreeing, library), library)) == []
    assessment = judged(given(apart, library), library)
    (warning,) = _crossed(assessment)
    assert "6.2.2" in warning.text
    assert "常住儿童数" in warning.text
    assert assessment.eligible
