"""A cache of assessments by submission, valid as long as nothing is written to the submission or its round."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from scoring.assessment import Assessment
from scoring.submission import Level, Submission

Stamp = tuple[int, int]  # the submission's and its round's
_KEPT = 600  # 一个省的县级区划不到两百个；够几个批次同时用


@dataclass(frozen=True, slots=True)
class CachedJudgement:
    """A submission's content and its assessments by level. ``stamp``: those they were made under."""

    stamp: Stamp
    content: Submission
    by_level: dict[Level, Assessment]


class JudgementCache:
    """The cache: by submission id, least recently used out first; safe for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, CachedJudgement] = OrderedDict()
        self._lock = Lock()

    def get(self, submission_id: int, stamp: Stamp) -> CachedJudgement | None:
        """The cached judgement, if it was made under exactly that stamp; else None."""
        with self._lock:
            cached = self._kept.get(submission_id)
            if cached is None or cached.stamp != stamp:
                return None
            self._kept.move_to_end(submission_id)
            return cached

    def put(self, submission_id: int, judged: CachedJudgement) -> None:
        """Store it; beyond the limit the least recently used one is dropped."""
        with self._lock:
            self._kept[submission_id] = judged
            self._kept.move_to_end(submission_id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
