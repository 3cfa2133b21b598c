"""The record of a search that a finding by 舆情监测 rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Searched:
    """The record of a 舆情监测: what was searched (范围、关键词), where, on which day, how many results, of what."""

    scope: str | None = None
    where: str | None = None
    date: date | None = None
    results: int | None = None
    results_note: str | None = None


SEARCHED_LABELS: Mapping[str, str] = {
    "scope": "检索范围和关键词",
    "where": "检索平台",
    "date": "检索日期",
    "results": "检索结果件数",
    "results_note": "检索到的是什么",
}
