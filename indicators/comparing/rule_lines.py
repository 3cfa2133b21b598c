"""What differs between two editions of the rules as lines for people: both wordings whole, one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from indicators.comparing.row_difference import PARTS, WHOLE, PartChange, RowDifference, StandardDifference
from indicators.model import Indicator
from indicators.model.rule_changes import RuleLine

ROW = "指标"  # 整条指标（或一票否决）增减
NOTHING = "（无）"
_CAN_BE_EMPTY = frozenset({"statement", "methods", "units", "condition"})


def difference_lines(difference: StandardDifference) -> Iterator[RuleLine]:
    """Clause by clause in the old edition's order, then 县情 and 互核; nothing where the two are the same."""
    old = difference.old
    for row in _old_first(difference.rows, [row.id for row in old.rows()]):
        lines = list(_row_lines(row))
        if lines:
            either = [edition.label for edition in (row.old, row.new) if edition is not None]
            yield RuleLine(0, f"{row.id} {either[-1]}")
            yield from lines
    checks = [*(check.id for check in old.cross_checks), *(check.id for check in old.distinct_documents)]
    for changes, ids in ((difference.facts, list(old.facts)), (difference.cross_checks, checks)):
        lines = [_line(change) for change in _old_first(changes, ids) if change.aspect == WHOLE]
        if lines:
            yield RuleLine(0, lines[0].name)
            yield from lines


def _row_lines(row: RowDifference) -> Iterator[RuleLine]:
    if row.old is None or row.new is None:
        yield RuleLine(1, ROW, *(None if edition is None else edition.statement for edition in (row.old, row.new)))
        return
    for part in PARTS:
        changes = [change for change in row.changes if change.part == part and change.aspect == WHOLE]
        yield from map(_line, _old_first(changes, _ids(row.old)))


def _line(change: PartChange) -> RuleLine:
    old, new = change.old, change.new
    if change.part in _CAN_BE_EMPTY:
        old, new = old or NOTHING, new or NOTHING
    return RuleLine(1, PARTS[change.part], old, new)


def _ids(row: Indicator) -> list[str]:
    return [*(m.id for m in row.measures), *(paper.id for paper in row.evidence), *(b.clause for b in row.policy_basis)]


_Listed = TypeVar("_Listed", PartChange, RowDifference)


def _old_first(items: Sequence[_Listed], ids: Sequence[str]) -> list[_Listed]:
    """In the old edition's order; what only the new one has comes last, in its order."""
    places = {key: place for place, key in enumerate(ids)}
    return sorted(items, key=lambda item: places.get(item.id, len(places)))
