"""What other rules change in each row, short enough to be told at the row: words, thresholds, what is newly asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicators.comparing.row_difference import (
    BUT_THRESHOLD,
    THRESHOLD,
    WHOLE,
    PartChange,
    RowDifference,
    StandardDifference,
)
from indicators.model.rule_changes import Revision, RowRevised, where_they_differ
from indicators.wording import short_name


def revised_rows(differences: Sequence[StandardDifference]) -> tuple[RowRevised, ...]:
    """Every row that came, went, or asks something else, in printed order."""
    having: dict[str, list[tuple[str, RowDifference]]] = {}
    order = [row.id for difference in differences for row in (*difference.new.rows(), *difference.old.rows())]
    for row_id in dict.fromkeys(order):
        having[row_id] = []
    for difference in differences:
        for row in difference.rows:
            having[row.id].append((short_name(difference.new), row))
    revised = (_revised(row_id, rows) for row_id, rows in having.items())
    return tuple(row for row in revised if row is not None)


def _revised(row_id: str, rows: Sequence[tuple[str, RowDifference]]) -> RowRevised | None:
    if all(row.old is None for _, row in rows):
        return RowRevised(row_id, "added")
    if all(row.new is None for _, row in rows):
        return RowRevised(row_id, "removed")
    names: dict[Revision, list[str]] = {}
    for name, row in rows:
        for revision in _revisions(row):
            names.setdefault(revision, []).append(name)
    revisions = (
        revision if len(of) == len(rows) else replace(revision, standards=tuple(of)) for revision, of in names.items()
    )
    return RowRevised(row_id, "changed", tuple(revisions)) if names else None


def _revisions(row: RowDifference) -> Iterator[Revision]:
    if row.old is None or row.new is None:
        yield Revision(
            "row", old="" if row.old is None else row.old.label, new="" if row.new is None else row.new.label
        )
    for change in row.changes:
        old, new = change.old or "", change.new or ""
        if change.part == "statement":
            yield Revision("statement", "", "", *where_they_differ(old, new))
        elif change.part == "condition":
            yield Revision("condition", old=old, new=new)
        elif change.part == "measure":
            yield from _of_measure(change, old, new)
        elif change.part == "evidence" and change.aspect == WHOLE:
            papers = (None if edition is None else edition.requirement(change.id) for edition in (row.old, row.new))
            was, is_now = (paper is not None and paper.required for paper in papers)
            if was != is_now:
                label = change.label
                yield Revision("evidence", change.id, label, "" if is_now else label, label if is_now else "")


def _of_measure(change: PartChange, old: str, new: str) -> Iterator[Revision]:
    if change.aspect == THRESHOLD and change.old is not None:
        yield Revision("threshold", change.id, change.label, old, new)
    elif change.aspect == THRESHOLD:
        yield Revision("measure", change.id, change.label, new=new or change.label)
    elif change.aspect == BUT_THRESHOLD:
        yield Revision("measure", change.id, change.label, *where_they_differ(old, new))
    elif change.aspect == WHOLE and change.new is None:
        yield Revision("measure", change.id, change.label, old=change.label)
