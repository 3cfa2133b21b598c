"""Calendar years inside a round's period: which are judged, which are only shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scoring.submission import Period

_DECEMBER = 12
_LAST_DAY = 31


def touched_years(period: Period) -> tuple[int, ...]:
    """Every calendar year the period reaches into, full or started."""
    return tuple(range(period.first.year, period.last.year + 1))


def full_years(period: Period) -> tuple[int, ...]:
    """The calendar years that lie wholly inside the period; these are judged (“每年至少…”)."""
    return tuple(
        year
        for year in touched_years(period)
        if period.first <= date(year, 1, 1) and date(year, _DECEMBER, _LAST_DAY) <= period.last
    )


def within_twelve_months(period: Period) -> bool:
    """Whether the period is no longer than twelve months, so that all of it lies in the last twelve."""
    return period.last.isoformat() < f"{period.first.year + 1}{period.first.isoformat()[4:]}"


def outside_years(years: Iterable[str], period: Period) -> tuple[str, ...]:
    """Years given that the period does not reach: ignored, with a warning."""
    touched = {str(year) for year in touched_years(period)}
    return tuple(year for year in years if year not in touched)
