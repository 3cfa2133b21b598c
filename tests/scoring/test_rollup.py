"""Overviews: only what the counties' own assessments say."""

from __future__ import annotations

from dataclasses import replace

from indicators import load_library
from scoring.assessment import VERDICTS
from scoring.judging.assess import assess
from scoring.rollup import matrix_rows, roll_up
from scoring.submission import Answer, Division
from tests.scoring.filling import fill

NATIONAL = load_library().standards["national-2018"]
SCHEME = load_library().schemes["equal"]


def county(code, *, eligible=True):
    filled = replace(fill(NATIONAL), division=Division(code, code))
    if not eligible:
        filled = replace(filled, answers={**filled.answers, "5.4.2": Answer(claim="not_met")})
    return matrix_rows(filled.division, assess(filled, [NATIONAL], SCHEME))


GOOD, OTHER, POOR = county("990121"), county("990221"), county("990122", eligible=False)


def test_the_eligible_and_the_missing_ones_are_named():
    rolled = roll_up([*GOOD, *POOR, *OTHER], ["990121", "990123"])
    assert (rolled.counties, rolled.eligible, rolled.missing) == (3, (GOOD[0].division, OTHER[0].division), ("990123",))


def test_counts_per_indicator_hold_every_verdict():
    counts = roll_up([*GOOD, *POOR, *OTHER]).counts["national-2018"]
    assert len(counts) == 45
    assert counts["5.4.2"] == dict.fromkeys(VERDICTS, 0) | {"met": 2, "not_met": 1}


def test_the_matrix_has_a_row_per_county_and_standard():
    matrix = roll_up([*GOOD, *POOR]).matrix
    assert [(row.division.code, row.standard, row.eligible) for row in matrix] == [
        ("990121", "national-2018", True),
        ("990122", "national-2018", False),
    ]
    assert matrix[1].verdicts["5.4.2"] == "not_met"
    assert matrix[1].vetoes == {"V1": "clear", "V2": "clear", "V3": "clear"}
