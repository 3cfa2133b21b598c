"""Figures that moved by more than three tenths since the earlier round; neither fewer nor more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.entry.jumps import Jump, jumps_in_facts, jumps_in_row
from scoring.submission import Answer, Judged
from tests.workflow.office_room import LIBRARY

_STANDARD = LIBRARY.standards["national-2018"]


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [(1000, 1300, None), (1000, 1301, "0.301"), (1000, 700, None), (1000, 699, "-0.301"), (10, 10, None)],
)
def test_more_than_three_tenths_either_way(before, now, change) -> None:
    found = jumps_in_facts(_STANDARD.facts.values(), {"population": before}, {"population": now})
    assert [str(jump.change) for jump in found] == ([] if change is None else [change])


def test_from_nothing_to_something_is_told_without_a_share_and_words_are_no_figures() -> None:
    given = {"population": 0, "county_kind": "county", "streets": 2}
    found = jumps_in_facts(_STANDARD.facts.values(), given, given | {"population": 5, "county_kind": "district"})
    [jump] = found
    assert (jump.before, jump.now, jump.change) == (Decimal(0), Decimal(5), None)
    assert jumps_in_facts(_STANDARD.facts.values(), {"population": Judged(value=True)}, {"population": 5}) == ()


def test_parts_and_years_of_a_row_are_compared_each_with_its_own() -> None:
    row = next(row for row in _STANDARD.rows() if any(measure.yearly for measure in row.measures))
    measure = next(measure for measure in row.measures if measure.yearly)
    was, now = ({measure.id: {"2018": 100, "2019": figure}} for figure in (100, 200))
    found = jumps_in_row(row.measures, Answer(measures=was), Answer(measures=now))
    assert found == (Jump(found[0].label, Decimal(100), Decimal(200), Decimal(1)),)
    assert "2019" in found[0].label
