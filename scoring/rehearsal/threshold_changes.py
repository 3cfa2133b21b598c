"""What two editions of a row ask differently of one county: thresholds beside its own figure, and the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.model import Indicator
from indicators.model.revisions import where_they_differ
from scoring.assessment import IndicatorResult, MeasureResult, VetoResult

Result = IndicatorResult | VetoResult


@dataclass(frozen=True, slots=True)
class ThresholdMoved:
    """A measure (by id, with its label) that asks for more or less than before, in words, and what the county gave."""

    measure: str
    label: str
    before: str
    after: str
    figure: str | None

    def __str__(self) -> str:
        said = f"“{self.label}”门槛由{self.before}改为{self.after}"
        return f"{said}，所填 {self.figure}" if self.figure else said


@dataclass(frozen=True, slots=True)
class AskedOtherwise:
    """``thresholds``: of measures both editions have; ``statement``: where the documents' words differ, else None."""

    thresholds: tuple[ThresholdMoved, ...] = ()
    statement: tuple[str, str] | None = None


def threshold_changes(
    old: Indicator | None, was: Result | None, new: Indicator | None, now: Result | None
) -> AskedOtherwise:
    """``was``, ``now``: how the row came out; nothing to tell of a row that only one edition has."""
    if old is None or new is None or was is None or now is None:
        return AskedOtherwise()
    before: Mapping[str, MeasureResult] = {one.id: one for one in was.measures}
    moved = (_moved(before[one.id], one) for one in now.measures if one.id in before)
    differ = None if old.statement == new.statement else where_they_differ(old.statement, new.statement)
    return AskedOtherwise(tuple(one for one in moved if one is not None), differ)


def _moved(was: MeasureResult, now: MeasureResult) -> ThresholdMoved | None:
    old, new = was.measure, now.measure
    if old.kind != new.kind or (old.require, old.each) == (new.require, new.each):
        return None
    return ThresholdMoved(new.id, new.label, was.threshold or "", now.threshold or "", now.figure)
