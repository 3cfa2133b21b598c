"""Names of what is downloaded: county, round as people know it, kind; without what file systems refuse."""

from __future__ import annotations

import re

from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission

_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')
_LONGEST = 40


def download_name(county: str, round_name: str, kind: str) -> str:
    """甲县-2018年申报-申报表.pdf"""
    cleaned = [_REFUSED.sub("", verbatim.plain(part)).strip(".")[:_LONGEST] for part in (county, round_name)]
    return "-".join([*(part for part in cleaned if part), kind])


def submission_file_name(opened: OpenedSubmission, kind: str) -> str:
    """The same for a submission of the store, by its round's title."""
    return download_name(opened.snapshot.record.division_name, opened.snapshot.round.title, kind)
