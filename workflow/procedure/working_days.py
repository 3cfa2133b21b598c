"""Working days, by the holidays and days worked instead that 国务院办公厅 arranges each year (table: chinese_calendar).

A year whose arrangement the installed table lacks counts its weekends alone, and `untabled` names it for the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chinese_calendar import is_workday

_SATURDAY = 5


def working_day_after(day: date, count: int) -> date:
    """The ``count``-th working day after a day."""
    last = day
    for _ in range(count):
        last = next(later for later in _days_after(last) if is_worked(later))
    return last


def working_days_until(day: date, last: date) -> int:
    """How many working days lie after ``day``, ``last`` among them; 0 where it lies before."""
    return sum(is_worked(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))


def untabled(first: date, last: date) -> tuple[int, ...]:
    """The years between two days for which the table has no arrangement."""
    return tuple(year for year in range(first.year, last.year + 1) if not _is_tabled(date(year, 1, 1)))


def is_worked(day: date) -> bool:
    """Whether offices work on that day."""
    return is_workday(day) if _is_tabled(day) else day.weekday() < _SATURDAY


def _is_tabled(day: date) -> bool:
    try:
        is_workday(day)
    except NotImplementedError:
        return False
    return True


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day
