"""An answer is kept by row and measure id and feeds every standard: one id must never mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from indicators.model import Indicator, Measure, Quantity, Standard

_SHOWN = 5
_Asked = tuple[tuple[str, ...], object, str]  # key path, what is compared, in words


def measure_conflict(known: Measure, measure: Measure) -> tuple[tuple[str, ...], str, str] | None:
    """Why one figure could not answer both measures: (key path, the first in words, the second), None where it could.

    Thresholds, lists and labels may differ; a unit that is not given is no other unit.
    """
    for (path, theirs, said), (_, ours, here) in zip(_asked(known), _asked(measure), strict=True):
        if theirs != ours and not (path[-1:] == ("unit",) and None in {theirs, ours}):
            return path, said, f"{here}；是同一件事的请写 of: {_as_written(known.of)}" if path == ("of",) else here
    return None


def _asked(measure: Measure) -> Iterator[_Asked]:
    """What decides which figure is given, in the order it is told."""
    yield ("kind",), measure.kind, f"是 {measure.kind}"
    yield (), measure.yearly, "按年填" if measure.yearly else "只填一个数"
    yield (), measure.whole is None, "全体取自县情" if measure.whole is None else "全体由县里自己填"
    yield ("of",), sorted(measure.of), f"以县情 {'、'.join(measure.of)} 为全体"
    source = measure.same_figures_as
    yield (), source, "另填一个数" if source is None else f"用“{source}”所填的数"
    yield ("unit",), measure.unit, f"单位是“{measure.unit}”"
    for key in ("whole", "numerator", "denominator"):
        quantity: Quantity | None = getattr(measure, key)
        yield (key, "unit"), quantity and quantity.unit, f"单位是“{quantity.unit if quantity else ''}”"


def _as_written(facts: Sequence[str]) -> str:
    return f"{{fact: {facts[0]}}}" if len(facts) == 1 else f"{{sum: [{', '.join(facts)}]}}"


def incompatible_standards(pinned: Sequence[Standard], installed: Mapping[str, Standard]) -> Iterator[str]:
    """A Chinese sentence for every two standards that number different rows or measures alike.

    What two overlays have from the standard both are laid over (``extends``) means the same by the same id: the same
    answers feed both. What each has added by itself has to be the same thing: a row in its statement and in the
    measures both have, a measure in what it asks. What strangers have is never the same.
    """
    for first, second in combinations(pinned, 2):
        theirs = {standard.id for standard in _line(second, installed)}
        ancestor = next((standard for standard in _line(first, installed) if standard.id in theirs), None)
        both = [(row, other) for row in first.rows() if (other := second.row(row.id)) is not None]
        if ancestor is None:
            ids, how = [row.id for row, _ in both], "互不叠加，却都有编号"
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
        own = inherited is None or inherited.measure(measure.id) is None
        if theirs and own and (measure.label != theirs.label or measure_conflict(measure, theirs)):
            yield f"{row.id}/{measure.id}"


def _line(standard: Standard, installed: Mapping[str, Standard]) -> Iterator[Standard]:
    """The standard, the one it is laid over, and so on down to the root."""
    yield standard
    if standard.extends is not None and standard.extends in installed:
        yield from _line(installed[standard.extends], installed)
