"""`make test-hours`: the tests that depend on the day (marker `day`) at other hours and on other days, two at a time.

One of them alone: TEST_NOW=2026-11-18T16:01:00+00:00 pytest -m day
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
_MARKED = re.compile(r"\bmark\.day\b")
# An ordinary day by the hours at which UTC's or Beijing's day turns; then days that not every month or year has, at
# the beginning of Beijing's, while UTC still has the day before.
INSTANTS = (
    "2026-11-18T00:30:00+00:00",
    "2026-11-18T07:59:00+00:00",
    "2026-11-18T15:59:00+00:00",
    "2026-11-18T16:01:00+00:00",
    "2026-11-18T23:59:00+00:00",
    "2028-02-28T16:30:00+00:00",
    "2026-12-30T16:30:00+00:00",
)


def marked() -> list[str]:
    """The files that hold such tests: the others need not be read seven times."""
    return [str(path) for path in sorted(ROOT.glob("tests/**/test_*.py")) if _MARKED.search(path.read_text("utf-8"))]


def run(instant: str) -> subprocess.CompletedProcess[str]:
    """All of them at one instant."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "day and not browser", *marked()]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "TEST_NOW": instant}, capture_output=True, text=True, check=False
    )


def main() -> int:
    """A line for each instant; what failed at the red ones."""
    begun, red = time.monotonic(), 0
    with ThreadPoolExecutor(2) as pool:
        for instant, done in zip(INSTANTS, pool.map(run, INSTANTS), strict=True):
            last = (done.stdout.strip() or done.stderr.strip()).rpartition("\n")[2]
            sys.stdout.write(f"{instant}  {'红' if done.returncode else '绿'}  {last}\n")
            if done.returncode:
                red += 1
                sys.stdout.write(done.stdout + done.stderr)
            sys.stdout.flush()
    sys.stdout.write(f"{len(INSTANTS)} 个时刻，{red} 个不通过，共 {time.monotonic() - begun:.0f} 秒\n")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
