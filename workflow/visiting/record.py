"""The record of a visit: what it must hold to be kept and to count, and which rows it saw on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date

from indicators.model import Vocabulary
from scoring.submission import ReviewLevel, SiteVisit, Submission
from scoring.substance import reason_lacks
from scoring.visible_text import has_visible_text
from storage.canonical import Json
from workflow.entries.attached import digests
from workflow.targets import Path, Target

MOST_PHOTOS = 30
_WANTED = {
    "date": "没有写日期。请填写到现场的那一天。",
    "places": "没有写地点。请至少写明一处。",
    "methods": "没有选评估方法。请至少选一种。",
}


def visit_faults(
    target: Target, body: Json, stands: Json, held: Set[str], vocabulary: Vocabulary
) -> Iterator[tuple[Path, str]]:
    """What keeps a record from being saved: the field, and what is wrong. Its dates are looked at with all others.

    ``stands``: the record there is; ``held``: SHA-256 of what was uploaded for the submission.
    """
    if target.kind != "site_visit" or not isinstance(body, Mapping):
        return
    for field, told in _WANTED.items():
        if not _says(body.get(field)):
            yield (field,), f"实地评估记录{told}"
    rows = body.get("rows")
    for row_id, seen in rows.items() if isinstance(rows, Mapping) else ():
        lacks = reason_lacks(seen if isinstance(seen, str) else None, 1, vocabulary)
        if lacks:
            told = f"实地评估记录中指标 {row_id} 的现场情况{lacks}。请写明看了什么、情况如何；没有看的，请清空这一项。"
            yield ("rows", row_id), told
    photos = body.get("photos")
    number = len(photos) if isinstance(photos, list | tuple) else 0
    if number > MOST_PHOTOS:
        yield ("photos",), f"实地评估记录有 {number} 张照片，最多 {MOST_PHOTOS} 张。请选有代表性的。"
    if digests(target, body) - digests(target, stands) - held:
        yield ("photos",), "实地评估记录写明了没有上传的照片。请重新选择照片后保存。"


def counts(visit: SiteVisit, today: date) -> bool:
    """Whether a record is one of a visit that took place: its day, a place, a method, and not in days to come."""
    return visit.date is not None and visit.date <= today and bool(visit.places) and bool(visit.methods)


def visit_lacking(visits: Iterable[SiteVisit], today: date) -> tuple[str, ...]:
    """Why the province's records do not yet hold one that counts; nothing where they do."""
    counting = [counts(visit, today) for visit in visits]
    if any(counting):
        return ()
    if counting:
        return ("省级实地评估记录缺日期、地点或方法，或者日期晚于今天，不算数。请补全。",)
    return ("尚无省级实地评估记录。请登记实地评估的日期、地点和方法。",)


def visits_naming(content: Submission, level: ReviewLevel, row_id: str) -> tuple[SiteVisit, ...]:
    """The visits of a level that saw a row on the spot: only those that name it, the first one first."""
    named = (visit for visit in content.site_visits if visit.level == level and row_id in visit.rows)
    return tuple(sorted(named, key=lambda visit: visit.date or date.max))


def _says(value: Json) -> bool:
    if isinstance(value, list | tuple):
        return any(isinstance(text, str) and has_visible_text(text) for text in value)
    return isinstance(value, str) and has_visible_text(value)
