"""Judging stays fast, told against another piece of work on the same machine in the same moment, never by the clock."""

from __future__ import annotations

import copy
import time

from benchmarks.counties import counties
from indicators import load_library
from scoring.judging.assess import assess

# Judging took 1.0 to 1.3 of the yardstick's time when this was written; more than three times that is grossly slower.
MOST = 4
COPIES = 2
ROUNDS = 5


def spent(work) -> float:
    """Seconds of processor time: other programs do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_judging_twenty_counties_with_their_reasons_takes_no_longer_than_copying_them_eight_times():
    library = load_library()
    standards = [library.standards[one] for one in ("national-2018", "yunnan-2018")]
    several = counties(20, standards)

    def judge():
        return [assess(one, standards, library.schemes["equal"]) for one in several]

    judge()
    rounds = [(spent(judge), spent(lambda: [copy.deepcopy(several) for _ in range(COPIES)])) for _ in range(ROUNDS)]
    ours, yardstick = min(ours for ours, _ in rounds), min(copied for _, copied in rounds)
    assert ours <= MOST * yardstick, f"判定用时为复制用时的 {ours / yardstick:.1f} 倍"


def test_counties_of_one_seed_are_the_same_and_no_two_are_alike():
    standards = list(load_library().standards.values())
    made = counties(6, standards)
    assert made == counties(6, standards)
    assert len({str((one.facts, one.answers)) for one in made}) == 6
