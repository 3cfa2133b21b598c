"""Which tests depend on the day they run on: those during which somebody asks what day it is now.

They bear the marker `day`, and `make test-hours` runs them at other hours and on other days (`tests.hours`). Those
whose screen only shows a date or the days left, and decides nothing by it, bear `day_shown` and are not run again. A
test that asks without bearing either fails. Fixtures made once for many tests may ask without making those depend on
it.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta

import pytest

from storage import clock

_told = clock.local_date
_asking: set[str] = set()


def _listened(instant: datetime) -> date:
    if abs(instant - clock.now()) < timedelta(hours=1):
        _asking.add(sys._getframe(1).f_globals["__name__"])
    return _told(instant)


def listen() -> None:
    """From here on `storage.clock.local_date` notes who asks; before any other module has taken it from there."""
    early = {name for name, one in sys.modules.items() if getattr(one, "local_date", None) is _told} - {clock.__name__}
    assert not early, f"too late, these have it already: {early}"
    clock.local_date = _listened


def begin() -> None:
    """A test begins."""
    _asking.clear()


def hold(request: pytest.FixtureRequest) -> None:
    """It has ended."""
    marked = any(request.node.get_closest_marker(name) for name in ("day", "day_shown"))
    if _asking and not marked:
        pytest.fail(
            f"这项测试取决于当天是哪一天（{'、'.join(sorted(_asking))} 问了今天的日期）："
            "请标明 pytest.mark.day，make test-hours 才会在其他时刻运行它。"
        )


listen()
