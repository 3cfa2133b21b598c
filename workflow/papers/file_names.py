"""Names of what is taken away: county, round as people know it, kind; without what file systems refuse."""

from __future__ import annotations

import re

from indicators.reading.visible import visible
from workflow.submission.snapshot import SubmissionSnapshot

_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')
_LONGEST = 40


def download_name(snapshot: SubmissionSnapshot, kind: str) -> str:
    """甲县-2018年申报-申报表.pdf, by the round's title."""
    return file_name(snapshot.record.division_name, snapshot.round.title, kind)


def file_name(county: str, round_name: str, kind: str) -> str:
    """The same of parts."""
    cleaned = [_REFUSED.sub("", visible(part)).strip(".")[:_LONGEST] for part in (county, round_name)]
    return "-".join([*(part for part in cleaned if part), kind])
