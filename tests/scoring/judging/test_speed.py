"""Judging stays fast, told against another piece of work that is counted as it is, never by the clock."""

from __future__ import annotations

import copy

from benchmarks.counties import counties
from indicators import load_library
from scoring.judging.assess import assess
from tests.work import work

MOST = 6  # judging was twice the yardstick's work when this was written; three times that is grossly slower


def test_judging_counties_with_their_reasons_is_no_more_work_than_copying_them_six_times():
    library = load_library()
    standards = [library.standards[one] for one in ("national-2018", "yunnan-2018")]
    several = counties(6, standards)

    def judge():
        return [assess(one, standards, library.schemes["equal"]) for one in several]

    judge()  # what is kept from the first time on is no part of it
    ours, yardstick = work(judge), work(lambda: copy.deepcopy(several))
    assert ours <= MOST * yardstick, f"判定的步数为复制的 {ours / yardstick:.1f} 倍"


def test_counties_of_one_seed_are_the_same_and_no_two_are_alike():
    standards = list(load_library().standards.values())
    made = counties(6, standards)
    assert made == counties(6, standards)
    assert len({str((one.facts, one.answers)) for one in made}) == 6
