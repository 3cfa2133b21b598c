"""Every test, and every process a test starts, stands at one instant, so that a run says the same at any hour.

TEST_NOW (ISO 8601, with its offset) chooses another. Where it is not given, Beijing has a later day than UTC: who asks
the wrong clock for the day fails at any hour. `python -m tests.instant INSTANT MODULE …` runs a module at one.
"""

from __future__ import annotations

import os
import runpy
import sys
import time
from datetime import date, datetime, timedelta, timezone

import time_machine

NOW = datetime.fromisoformat(os.environ.get("TEST_NOW") or "2026-11-18T17:30:00+00:00")
DAY: date = NOW.astimezone(timezone(timedelta(hours=8))).date()  # in Beijing, worked out without the product


_BEGUN = time.monotonic()


def running() -> datetime:
    """The instant and the time the run has lasted since: what servers that outlast a test go by."""
    return NOW + timedelta(seconds=time.monotonic() - _BEGUN)


def stand(instant: datetime) -> time_machine.Traveller:
    """From here on this process is at the instant; its time passes from there."""
    return time_machine.travel(instant, tick=True).start()


def python_at(*module_and_arguments: str) -> list[str]:
    """The command `python -m MODULE …` for a process at the instant; to be run in the project's folder."""
    return [sys.executable, "-m", "tests.instant", running().isoformat(), *module_and_arguments]


if __name__ == "__main__":
    stand(datetime.fromisoformat(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
