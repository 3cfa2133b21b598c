"""Which standards may be pinned together: an answer is kept by row id, so one id must never mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from indicators.model import Standard

_SHOWN = 5


def clashes(pinned: Sequence[Standard], installed: Mapping[str, Standard]) -> Iterator[str]:
    """A Chinese sentence for every two standards that number rows alike without one being laid over the other.

    Standards of one root (``extends``) mean the same row by the same id: the same answers feed both. Strangers do not.
    """
    for first, second in combinations(pinned, 2):
        if _root(first, installed) == _root(second, installed):
            continue
        theirs = {row.id for row in second.rows()}
        shared = [row.id for row in first.rows() if row.id in theirs]
        if shared:
            named = "、".join(shared[:_SHOWN]) + ("等" if len(shared) > _SHOWN else "")
            yield (
                f"标准 {first.id} 与 {second.id} 互不叠加，却都有编号 {named}，同一份自评分不清是答哪一个；"
                "请分成两个批次，或给其中一个标准另编号"
            )


def _root(standard: Standard, installed: Mapping[str, Standard]) -> str:
    while standard.extends is not None and standard.extends in installed:
        standard = installed[standard.extends]
    return standard.id
