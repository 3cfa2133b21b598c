"""Which standards may be pinned together: an answer is kept by row id, so one id must never mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from indicators.checking.measure_conflict import measure_conflict
from indicators.model import Indicator, Standard

_SHOWN = 5


def incompatible_standards(pinned: Sequence[Standard], installed: Mapping[str, Standard]) -> Iterator[str]:
    """A Chinese sentence for every two standards that number different rows or measures alike.

    What two overlays have from the standard both are laid over (``extends``) means the same by the same id: the same
    answers feed both. What each has added by itself has to be the same thing: a row in its statement and in the
    measures both have, a measure in what it asks. What strangers have is never the same.
    """
    for first, second in combinations(pinned, 2):
        ancestor = _common(first, second, installed)
        both = [(row, theirs) for row in first.rows() if (theirs := second.row(row.id)) is not None]
        if ancestor is None:
            ids = [row.id for row, _ in both]
            how = "互不叠加，却都有编号"
        else:
            ids = [answer_id for row, other in both for answer_id in _added_otherwise(row, other, ancestor.row(row.id))]
            how = "各自增加的内容不同，却都用了编号"
        if ids:
            named = "、".join(ids[:_SHOWN]) + ("等" if len(ids) > _SHOWN else "")
            yield (
                f"标准 {first.id} 与 {second.id} {how} {named}，同一份自评分不清是答哪一个；"
                "请分成两个批次，或给其中一个标准另编号"
            )


def _added_otherwise(row: Indicator, other: Indicator, inherited: Indicator | None) -> Iterator[str]:
    """The ids, as ``row`` or ``row/measure``, that two overlays have each given to something of their own."""
    if inherited is None and row.statement != other.statement:
        yield row.id
        return
    for measure in row.measures:
        theirs = other.measure(measure.id)
        if theirs is None or (inherited is not None and inherited.measure(measure.id) is not None):
            continue
        if measure.label != theirs.label or measure_conflict(measure, theirs) is not None:
            yield f"{row.id}/{measure.id}"


def _common(first: Standard, second: Standard, installed: Mapping[str, Standard]) -> Standard | None:
    """The nearest standard both are, or are laid over; None for strangers."""
    theirs = {standard.id for standard in _line(second, installed)}
    return next((standard for standard in _line(first, installed) if standard.id in theirs), None)


def _line(standard: Standard, installed: Mapping[str, Standard]) -> Iterator[Standard]:
    """The standard, the one it is laid over, and so on down to the root."""
    yield standard
    while standard.extends is not None and standard.extends in installed:
        standard = installed[standard.extends]
        yield standard
