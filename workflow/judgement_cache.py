"""What judging gave, kept while nothing was written since: judging a province on every page view would be waste."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from scoring.assessment import Assessment
from scoring.submission import Level, Submission

Stamp = tuple[int, tuple[str, ...]]
_KEPT = 600  # 一个省的县级区划不到两百个；够几个批次同时用


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission's content and its assessments by level, under the stamp they were made for."""

    stamp: Stamp
    content: Submission
    by_level: dict[Level, Assessment]


class JudgementCache:
    """By submission id; threads share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, submission_id: int, stamp: Stamp) -> Kept | None:
        """What is kept under exactly that stamp, or None."""
        with self._lock:
            cached = self._kept.get(submission_id)
            if cached is None or cached.stamp != stamp:
                return None
            self._kept.move_to_end(submission_id)
            return cached

    def put(self, submission_id: int, judged: Kept) -> None:
        """Keep it; the one not asked for longest goes."""
        with self._lock:
            self._kept[submission_id] = judged
            self._kept.move_to_end(submission_id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
