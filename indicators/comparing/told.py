"""The difference of two editions as it is told: line by line, what changed its meaning, the news of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from indicators.comparing.row_difference import ASPECTS, AT_ROW, PARTS, PRINTED, THRESHOLD, StandardDifference
from indicators.model.rule_changes import Part, PartChange, Redefinition, RowRevised, RuleLine, where_they_differ

_NOTHING = "（无）"


def difference_lines(difference: StandardDifference) -> Iterator[RuleLine]:
    """Both wordings whole, clause by clause in printed order, then 县情 and 互核; nothing where both are the same."""
    for row in difference.rows:
        label = [edition.label for edition in (row.old, row.new) if edition][-1]
        yield from _under(f"{row.id} {label}", row.changes)
    for part, changes in groupby(difference.changes, lambda change: change.part):
        yield from _under(PARTS[part], changes)


def _under(heading: str, changes: Iterable[PartChange]) -> Iterator[RuleLine]:
    whole = [change for change in changes if not change.aspect]
    if whole:
        yield RuleLine(0, heading)
    for change in whole:
        nothing = _NOTHING if change.part in PRINTED else None
        yield RuleLine(1, PARTS[change.part], change.old or nothing, change.new or nothing)


def redefined(differences: Iterable[StandardDifference]) -> tuple[Redefinition, ...]:
    """Where the same id asks something else: of every standard its rows' in printed order, then its facts'; what
    several standards share is told once.
    """
    first: dict[tuple[Part, str, str], Redefinition] = {}
    for difference in differences:
        for row_id, changes in (*((row.id, row.changes) for row in difference.rows), ("", difference.changes)):
            of_meaning = (change for change in changes if change.aspect not in ASPECTS)
            for (part, key, label), group in groupby(of_meaning, lambda change: (change.part, change.id, change.label)):
                words = tuple((change.aspect, change.old or _NOTHING, change.new or _NOTHING) for change in group)
                first.setdefault((part, row_id, key), Redefinition(part, row_id, key, label, words))
    return tuple(first.values())


def revised_rows(differences: Iterable[StandardDifference]) -> Iterator[RowRevised]:
    """Every row that came, went, or asks something else, in printed order."""
    named = [(difference.new.short_name, row) for difference in differences for row in difference.rows]
    for row_id in dict.fromkeys(row.id for _, row in named):
        rows = [(name, row) for name, row in named if row.id == row_id]
        changed: dict[PartChange, list[str]] = {}
        for name, row in rows:
            for revision in filter(None, map(_revision, row.changes)):
                changed.setdefault(revision, []).append(name)
        if all(row.old is None for _, row in rows):
            yield RowRevised(row_id, "added")
        elif all(row.new is None for _, row in rows):
            yield RowRevised(row_id, "removed")
        elif changed:
            several = ((each, () if len(of) == len(rows) else tuple(of)) for each, of in changed.items())
            yield RowRevised(row_id, "changed", tuple(replace(each, standards=names) for each, names in several))


def _revision(change: PartChange) -> PartChange | None:
    """The change short enough to be told at the row; None where it is not told there."""
    part, old, new, label = change.part, change.old or "", change.new or "", change.label
    if change.aspect == THRESHOLD and change.old is None:
        part, new = "measure", new or label
    elif change.aspect == THRESHOLD and change.new is None:
        part, old = "measure", label
    elif change.aspect == THRESHOLD:
        part = "threshold"
    elif AT_ROW.get(part) != change.aspect:
        return None
    elif part in {"row", "evidence"}:
        old, new, label = old and label, new and label, label if part == "evidence" else ""
    elif part in {"statement", "measure"}:
        old, new = where_they_differ(old, new)
    return PartChange(part, change.id, label, old, new) if old != new else None
