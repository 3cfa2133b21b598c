"""Which standards may be pinned together: an answer is kept by row id, so one id must never mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from indicators.model import Standard

_SHOWN = 5


def clashes(pinned: Sequence[Standard], installed: Mapping[str, Standard]) -> Iterator[str]:
    """A Chinese sentence for every two standards that number different rows alike.

    What two overlays have from the standard both are laid over (``extends``) means the same by the same id: the same
    answers feed both. What each has added by itself, and what strangers have, does not.
    """
    for first, second in combinations(pinned, 2):
        ancestor = _common(first, second, installed)
        theirs = {row.id: row for row in second.rows()}
        shared = [
            row.id
            for row in first.rows()
            if row.id in theirs
            and (ancestor is None or (ancestor.row(row.id) is None and row.statement != theirs[row.id].statement))
        ]
        if shared:
            named = "、".join(shared[:_SHOWN]) + ("等" if len(shared) > _SHOWN else "")
            how = "互不叠加，却都有编号" if ancestor is None else "各自增加的内容不同，却都用了编号"
            yield (
                f"标准 {first.id} 与 {second.id} {how} {named}，同一份自评分不清是答哪一个；"
                "请分成两个批次，或给其中一个标准另编号"
            )


def _common(first: Standard, second: Standard, installed: Mapping[str, Standard]) -> Standard | None:
    """The nearest standard both are, or are laid over; None for strangers."""
    theirs = {one.id for one in _line(second, installed)}
    return next((one for one in _line(first, installed) if one.id in theirs), None)


def _line(standard: Standard, installed: Mapping[str, Standard]) -> Iterator[Standard]:
    """The standard, the one it is laid over, and so on down to the root."""
    yield standard
    while standard.extends is not None and standard.extends in installed:
        standard = installed[standard.extends]
        yield standard
