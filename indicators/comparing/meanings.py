"""Where other rules ask something else under the same id: measures, documents and facts whose meaning changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from indicators.comparing.row_difference import Part, StandardDifference
from indicators.comparing.rule_lines import NOTHING
from indicators.model.rule_changes import Redefinition, What

_WHAT: dict[Part, What] = {"measure": "measure", "evidence": "evidence", "fact": "fact"}


def redefined(differences: Iterable[StandardDifference]) -> tuple[Redefinition, ...]:
    """Of every standard its rows' in printed order, then its facts'; what several standards share is told once."""
    first: dict[tuple[What, str, str], Redefinition] = {}
    for difference in differences:
        for redefinition in _redefined(difference):
            first.setdefault(redefinition.key, redefinition)
    return tuple(first.values())


def _redefined(difference: StandardDifference) -> Iterator[Redefinition]:
    for row_id, changes in (*((row.id, row.changes) for row in difference.rows), ("", difference.facts)):
        of_meaning = (change for change in changes if change.of_meaning)
        for (part, key, label), group in groupby(of_meaning, lambda change: (change.part, change.id, change.label)):
            words = tuple((change.aspect, change.old or NOTHING, change.new or NOTHING) for change in group)
            yield Redefinition(_WHAT[part], row_id, key, label, words)
