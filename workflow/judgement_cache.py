"""Assessments by submission, kept as long as nothing is written to the submission or its round."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from workflow.stamped_cache import StampedCache

_KEPT = 600  # 一个省的县级区划不到两百个；够几个批次同时用


@dataclass(frozen=True, slots=True)
class CachedJudgement:
    """A submission's content and its assessments by level."""

    content: Submission
    by_level: dict[Level, Assessment]


class JudgementCache(StampedCache[int, CachedJudgement]):
    """By submission id."""

    def __init__(self) -> None:
        super().__init__(_KEPT)
