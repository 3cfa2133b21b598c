"""When what is written may be dated, asked of what a person saves and of what a package brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from storage.canonical import Json
from workflow.targets import Path, Target

_FURTHEST_PLAN = timedelta(days=366)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def dated_faults(target: Target, body: Json, today: date, released: date | None) -> Iterator[tuple[Path, str]]:
    """What reviewers write (findings, their searches, visits, opinions) is dated when it is done: not before there was
    anything to review, nor after today; the county's opinion and documents not after today. Field and what is wrong.

    ``released``: the day 县级人民政府 first sent it up, where that is known. What is no date, the exchange format's
    reader tells.
    """
    if not isinstance(body, Mapping):
        return
    if target.kind == "evidence":
        if told := _not_yet(target, body, today):
            yield ("date",), told
        return
    if target.is_visit_plan:
        yield from _planned(_day(body.get("date")), today, released)
        return
    released = None if target.level == "county" else released
    for field, what, done in _dated(target):
        written: Json = body
        for key in field:
            written = written.get(key) if isinstance(written, Mapping) else None
        day = _day(written)
        if day is not None and day > today:
            yield field, f"{what} {day.isoformat()} 晚于今天（{today.isoformat()}）。请改为{done}的日期。"
        elif day is not None and released is not None and day < released:
            first = f"县级人民政府首次上报的日期（{released.isoformat()}）"
            told = f"{what} {day.isoformat()} 早于{first}，那时还没有可以评价的材料。请改为{done}的日期。"
            yield field, told


def _planned(day: date | None, today: date, released: date | None) -> Iterator[tuple[Path, str]]:
    """A plan is of a visit to come, or of one that was made since there was anything to look at."""
    if day is not None and day > today + _FURTHEST_PLAN:
        yield ("date",), f"实地评估计划的日期 {day.isoformat()} 在一年以后。请核对年份。"
    elif day is not None and day < (released or today):
        yield ("date",), f"实地评估计划的日期 {day.isoformat()} 早于县级人民政府首次上报。请核对年份。"


def _dated(target: Target) -> Iterator[tuple[Path, str, str]]:
    """Fields that hold the day something was done: the field, what a message calls it, what was done."""
    if target.is_finding:
        yield ("searched", "date"), f"{target.label} 的检索日期", "检索"
        yield ("date",), f"{target.label} 的日期", "作出认定"
    elif target.is_opinion:
        yield ("date",), "推荐意见的日期", "出具意见"
    elif target.kind == "site_visit":
        yield ("date",), "实地评估记录的日期", "实地评估"


def _not_yet(target: Target, body: Mapping[str, Json], today: date) -> str:
    """What is dated to the month may be of this one."""
    written = body.get("date")
    if not isinstance(written, str) or (_day(written) or _day(f"{written}-01")) is None:
        return ""
    if written <= today.isoformat()[: len(written)]:
        return ""
    title = body.get("title")
    what = f"{target.label}{f'“{title}”' if title else ''}的日期 {written}"
    return f"{what} 晚于今天（{today.isoformat()}）。请改为文件上的成文日期；还没有出具的，出具以后再登记。"


def _day(written: Json) -> date | None:
    """The day, where it is written as the reader takes it and is one of the calendar."""
    try:
        return date.fromisoformat(written) if isinstance(written, str) and _DAY.fullmatch(written) else None
    except ValueError:
        return None
