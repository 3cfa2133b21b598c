"""A process that has settled: what is loaded is left alone, and what judging makes still goes when nobody holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# In a process of its own: the collector's settings belong to the whole process.
_JUDGED = """
import gc
from indicators import load_library
from scoring.judging.assess import assess
from scoring.exchange.reading import read_submission_file
from scoring.memory import tune_gc
from pathlib import Path

library = load_library()
given = read_submission_file(next(Path("sample_submissions").glob("01-*.yaml")), library)
standards = [library.standards[one] for one in given.round.standards]
before = gc.get_threshold()[0]
tune_gc()
assert gc.get_freeze_count() > 10_000
assert gc.get_threshold()[0] > before
gc.disable()
judged = [assess(given, standards, library.schemes["equal"]) for _ in range(3)]
assert any(type(one).__name__ == "Assessment" for one in gc.get_objects())
del judged
print(sum(type(one).__name__ in ("Assessment", "IndicatorResult", "Reason") for one in gc.get_objects()))
"""


def test_what_judging_makes_needs_no_collector():
    ran = subprocess.run([sys.executable, "-c", _JUDGED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) == 0
