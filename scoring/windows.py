"""The days a county's papers may be dated, for judging and, in the words its reasons use, for who chooses a paper."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import MINYEAR, date, timedelta

from indicators.model import Consequence, Dated, EvidenceRequirement, Indicator, Measure, Standard
from scoring.days import Window, first_day, last_day
from scoring.submission import EvidenceItem, Period, Round
from scoring.wording import WindowWords


def windows(standard: Standard, period: Period, cut_off: date) -> Mapping[Consequence, Mapping[Dated, Window]]:
    """By whose proof it is and how it has to be dated. Rules from before ``at_end_days`` existed date nothing
    ``at_end`` but 无此情形, which may be of any day on from the period's first."""
    in_force, in_period = Window(None, cut_off), Window(period.first, period.last)
    days = standard.at_end_days
    reach: Mapping[Consequence, int | None] = {
        "required": None if days is None else days.indicators,
        "veto": None if days is None else days.vetoes,
    }
    end = min(period.last, cut_off)
    return {
        whose: {
            "in_force": in_force,
            "in_period": in_period,
            "at_end": Window(period.first if back is None else end - timedelta(days=back), cut_off),
        }
        for whose, back in reach.items()
    }


def days_asked(standard: Standard, row: Indicator, requirement: EvidenceRequirement, given: Round) -> str:
    """Of which days a document must be in this round: 日期应在2018-03-30至2018-07-15之间."""
    window = windows(standard, given.period, given.cut_off)[row.consequence][requirement.dated]
    running = "，并仍然有效" if requirement.dated == "in_force" else ""
    return f"日期应{WindowWords(window, given.period)}{running}"


def years_told(
    row: Indicator, measure: Measure, cited: Mapping[str, tuple[str, ...]], register: Mapping[str, EvidenceItem]
) -> str | None:
    """The years a veto's figure is about, back from the latest date of what must prove it; None for any other figure:
    近2年：2016-06-21至2018-06-20."""
    years = measure.scope.get("within_years")
    if row.consequence != "veto" or years is None:
        return None
    proofs = [one for one in row.evidence if one.required and measure.id in one.supports]
    papers = (register.get(document) for one in proofs for document in cited.get(one.id, ()))
    dates = [item.date for item in papers if item is not None and item.date is not None]
    if not dates:
        named = "、".join(f"“{one.label}”" for one in proofs)
        return f"近{years}年：自所附{named}的日期往前推算，附上并保存后列出起止日期" if named else None
    latest = max(dates, key=last_day)
    return f"近{years}年：{_years_before(first_day(latest), years).isoformat()}至{last_day(latest).isoformat()}"


def _years_before(day: date, years: int) -> date:
    """The first day of whole years that end on ``day``."""
    year = max(MINYEAR, day.year - years)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1])) + timedelta(days=1)
