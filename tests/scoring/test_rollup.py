"""示范市 and overviews: only what the counties' own assessments say."""

from __future__ import annotations

from dataclasses import replace

from indicators import load_library
from scoring.judging.assess import assess
from scoring.rollup import JudgedCounty, by_prefecture, by_province, roll_up
from scoring.submission import Answer, Division
from tests.scoring.filling import fill

NATIONAL = load_library().standards["national-2018"]
SCHEME = load_library().schemes["equal"]


def county(code, *, eligible=True):
    filled = replace(fill(NATIONAL), division=Division(code, code))
    if not eligible:
        filled = replace(filled, answers={**filled.answers, "5.4.2": Answer(claim="not_met")})
    return JudgedCounty(filled.division, assess(filled, [NATIONAL], SCHEME))


GOOD, OTHER, POOR = county("990121"), county("990221"), county("990122", eligible=False)


def test_a_prefecture_may_apply_when_all_its_counties_reach_the_standard():
    assert roll_up([GOOD]).all_eligible
    assert not roll_up([GOOD, POOR]).all_eligible
    assert not roll_up([]).all_eligible


def test_a_county_without_a_submission_is_one_that_has_not_reached_it():
    expected = ["990121", "990123"]
    rolled = roll_up([GOOD], expected)
    assert rolled.missing == ("990123",)
    assert not rolled.all_eligible


def test_counts_per_indicator_hold_every_verdict():
    counts = roll_up([GOOD, POOR, OTHER]).counts["national-2018"]
    assert len(counts) == 45
    assert counts["5.4.2"] == {
        "met": 2, "not_met": 1, "unproven": 0, "contradicted": 0, "needs_judgement": 0, "not_applicable": 0,
        "unanswered": 0,
    }  # fmt: skip


def test_the_matrix_has_a_row_per_county_and_standard():
    matrix = roll_up([GOOD, POOR]).matrix
    assert [(row.division.code, row.standard, row.eligible) for row in matrix] == [
        ("990121", "national-2018", True),
        ("990122", "national-2018", False),
    ]
    assert matrix[1].verdicts["5.4.2"] == "not_met"
    assert matrix[1].vetoes == {"V1": "clear", "V2": "clear", "V3": "clear"}


def test_counties_are_grouped_by_the_code():
    prefectures = by_prefecture([GOOD, POOR, OTHER], ["990321"])
    assert list(prefectures) == ["9901", "9902", "9903"]
    assert [rolled.all_eligible for rolled in prefectures.values()] == [False, True, False]
    assert by_province([GOOD, POOR, OTHER])["99"].eligible == (GOOD.division, OTHER.division)
