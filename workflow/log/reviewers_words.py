"""评审分工 in the log: who has what from then on, and who had it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indicators.model import Library
from scoring.wording import LEVEL_NAMES
from storage.acts import SUBMISSION_ASSIGN
from storage.records import AuditEntry

_NOBODY = "未分"


def reviewers_words(entry: AuditEntry, library: Library, name_of: Callable[[str], str]) -> str:
    """``name_of``: an account as the log calls it."""
    detail = entry.detail_as(SUBMISSION_ASSIGN)
    titles = {section.id: section.title for one in library.standards.values() for section in one.sections}
    before, after = detail["from"], detail["to"]
    said = [
        f"{titles.get(section, '一票否决') if section else '全县'}：{_holder(before, section, name_of)} → "
        f"{_holder(after, section, name_of)}"
        for section in sorted({*before, *after})
        if before.get(section) != after.get(section)
    ]
    level = detail["level"]
    why = [f"理由：{detail['reason']}"] if detail["reason"] else []
    return "；".join([f"{LEVEL_NAMES.get(level, level)}分工", *said, *why])


def _holder(of: Mapping[str, str], section: str, name_of: Callable[[str], str]) -> str:
    return name_of(of[section]) if section in of else _NOBODY
