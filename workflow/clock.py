"""Instants to dates. Deadlines are days of the Chinese calendar; instants are stored in UTC."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def local_date(now: datetime) -> date:
    """The day it is in Beijing at that instant; raises ValueError for a naive datetime."""
    if now.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return now.astimezone(BEIJING).date()
