"""The difference of two editions as it is told: line by line, what changed its meaning, the news of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from indicators.comparing.row_difference import (
    BUT_THRESHOLD,
    PARTS,
    PRINTED,
    REQUIRED,
    THRESHOLD,
    WHOLE,
    Part,
    PartChange,
    RowDifference,
    StandardDifference,
)
from indicators.model.rule_changes import (
    Redefinition,
    RevisedPart,
    Revision,
    RowRevised,
    RuleLine,
    What,
    where_they_differ,
)

_ROW = "指标"  # 整条指标（或一票否决）增减
_NOTHING = "（无）"
_ORDER = {part: place for place, part in enumerate(PARTS)}
_WHAT: dict[Part, What] = {"measure": "measure", "evidence": "evidence", "fact": "fact"}


def difference_lines(difference: StandardDifference) -> Iterator[RuleLine]:
    """Both wordings whole, clause by clause in the old edition's order, then 县情 and 互核; nothing where the two are
    the same.
    """
    old = difference.old
    places = {row.id: place for place, row in enumerate(old.rows())}
    for row in sorted(difference.rows, key=lambda row: places.get(row.id, len(places))):
        label = [edition.label for edition in (row.old, row.new) if edition is not None][-1]
        yield from _under(f"{row.id} {label}", _row_lines(row))
    checks = [check.id for kind in (old.cross_checks, old.never_together, old.distinct_documents) for check in kind]
    yield from _under(PARTS["fact"], _lines(difference.facts, old.facts))
    yield from _under(PARTS["cross_check"], _lines(difference.cross_checks, checks))


def _under(heading: str, lines: Sequence[RuleLine]) -> Sequence[RuleLine]:
    return [RuleLine(0, heading), *lines] if lines else ()


def _row_lines(row: RowDifference) -> list[RuleLine]:
    old, new = row.old, row.new
    if old is None or new is None:
        return [RuleLine(1, _ROW, old.statement if old else None, new.statement if new else None)]
    ids = [*(m.id for m in old.measures), *(paper.id for paper in old.evidence), *(b.clause for b in old.policy_basis)]
    return _lines(row.changes, ids)


def _lines(changes: Iterable[PartChange], ids: Iterable[str]) -> list[RuleLine]:
    """Part by part in the old edition's order; what only the new one has comes last, in its order."""
    places = {key: place for place, key in enumerate(ids)}
    whole = (change for change in changes if change.aspect == WHOLE)
    ordered = sorted(whole, key=lambda change: (_ORDER[change.part], places.get(change.id, len(places))))
    return [_line(change) for change in ordered]


def _line(change: PartChange) -> RuleLine:
    old, new = change.old, change.new
    if change.part in PRINTED:
        old, new = old or _NOTHING, new or _NOTHING
    return RuleLine(1, PARTS[change.part], old, new)


def redefined(differences: Iterable[StandardDifference]) -> tuple[Redefinition, ...]:
    """Where the same id asks something else: of every standard its rows' in printed order, then its facts'; what
    several standards share is told once.
    """
    first: dict[tuple[What, str, str], Redefinition] = {}
    for difference in differences:
        for row_id, changes in (*((row.id, row.changes) for row in difference.rows), ("", difference.facts)):
            of_meaning = (change for change in changes if change.of_meaning)
            for (part, key, label), group in groupby(of_meaning, lambda change: (change.part, change.id, change.label)):
                words = tuple((change.aspect, change.old or _NOTHING, change.new or _NOTHING) for change in group)
                redefinition = Redefinition(_WHAT[part], row_id, key, label, words)
                first.setdefault(redefinition.key, redefinition)
    return tuple(first.values())


def revised_rows(differences: Iterable[StandardDifference]) -> tuple[RowRevised, ...]:
    """Every row that came, went, or asks something else, in printed order."""
    having: dict[str, list[tuple[str, RowDifference]]] = {}
    for difference in differences:
        for row in difference.rows:
            having.setdefault(row.id, []).append((difference.new.short_name, row))
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
    """Short enough to be told at the row: words, thresholds, what is newly asked."""
    if row.old is None or row.new is None:
        yield Revision("row", old=row.old.label if row.old else "", new=row.new.label if row.new else "")
    for change in row.changes:
        old, new, label = change.old or "", change.new or "", change.label
        told: dict[tuple[Part, str], tuple[RevisedPart, str, str]] = {
            ("statement", WHOLE): ("statement", *where_they_differ(old, new)),
            ("condition", WHOLE): ("condition", old, new),
            ("measure", THRESHOLD): ("threshold", old, new),
            ("measure", BUT_THRESHOLD): ("measure", *where_they_differ(old, new)),
            ("evidence", REQUIRED): ("evidence", old and label, new and label),
        }
        part, was, now = told.get((change.part, change.aspect), ("row", "", ""))
        if part == "threshold" and (change.old is None or change.new is None):
            part, was, now = "measure", "" if change.old is None else label, "" if change.new is None else new or label
        if was != now:
            yield Revision(part, change.id, label, was, now)
