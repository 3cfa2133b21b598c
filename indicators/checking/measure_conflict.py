"""Whether two measures of one id ask for the same figure: one answer feeds them all."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.model import Measure, Quantity


def measure_conflict(known: Measure, measure: Measure) -> tuple[tuple[str, ...], str, str] | None:
    """Why one figure could not answer both measures: (key path, the first in words, the second), None where it could.

    Thresholds, lists and labels may differ.
    """
    if known.kind != measure.kind:
        return ("kind",), f"是 {known.kind}", f"是 {measure.kind}"
    if known.yearly != measure.yearly:
        theirs, here = ("按年填" if side.yearly else "只填一个数" for side in (known, measure))
        return (), theirs, here
    if (known.whole is None) != (measure.whole is None):
        theirs, here = ("全体取自县情" if side.whole is None else "全体由县里自己填" for side in (known, measure))
        return (), theirs, here
    if sorted(known.of) != sorted(measure.of):
        theirs, here = (f"以县情 {'、'.join(side.of)} 为全体" for side in (known, measure))
        return ("of",), theirs, f"{here}；是同一件事的请写 of: {_as_written(known.of)}"
    if known.same_figures_as != measure.same_figures_as:
        theirs, here = (
            "另填一个数" if side.same_figures_as is None else f"用“{side.same_figures_as}”所填的数"
            for side in (known, measure)
        )
        return (), theirs, here
    for key in ("unit", "whole", "numerator", "denominator"):
        values = (getattr(known, key), getattr(measure, key))
        units = [value.unit if isinstance(value, Quantity) else value for value in values]
        if None not in units and units[0] != units[1]:
            theirs, here = (f"单位是“{unit}”" for unit in units)
            return (("unit",) if key == "unit" else (key, "unit")), theirs, here
    return None


def _as_written(facts: Sequence[str]) -> str:
    return f"{{fact: {facts[0]}}}" if len(facts) == 1 else f"{{sum: [{', '.join(facts)}]}}"
