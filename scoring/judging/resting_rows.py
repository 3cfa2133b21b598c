"""Which rows rest on what a cross-check finds at odds: only these can be contradicted by it.

A row rests on a check that names a measure of it which is asked of the county, its nil return or its claim; and on a
fact that an asked measure of it takes as its whole or as its limit. A check that names facts alone also touches the
rows in which such a fact decides what is asked, unless another fact has decided that already; what a person judged
(较多) decides nothing here, since it is judged in the light of the figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from indicators.model import Bound, Condition, Indicator, Measure, Standard
from scoring.conditions import evaluate
from scoring.submission import FactValue, Judged


def rows_resting_on(
    named: Collection[str], facts: Collection[str], given: Mapping[str, FactValue], standard: Standard
) -> tuple[Indicator, ...]:
    """The rows, in the standard's order, that rest on these rows' own figures or on these facts."""
    deciding = () if named else facts
    return tuple(
        row
        for row in standard.rows()
        if row.id in named or _reads(row, facts, given) or any(_decided_by(row, fact, given) for fact in deciding)
    )


def facts_named(row: Indicator) -> set[str]:
    """Every fact on which the row can rest, whatever the county says."""
    conditions = (row.applies_when, *(measure.applies_when for measure in row.measures))
    deciding = (fact for condition in conditions if condition is not None for fact in condition.facts())
    return {*deciding, *(fact for measure in row.measures for fact in _read_by(measure))}


def _read_by(measure: Measure) -> set[str]:
    return {*measure.of, *(limit.fact for limit in _limits(measure) if limit is not None and limit.fact is not None)}


def _limits(measure: Measure) -> tuple[Bound | None, ...]:
    return (measure.require.at_least, measure.require.at_most) if measure.require else ()


def _reads(row: Indicator, facts: Collection[str], given: Mapping[str, FactValue]) -> bool:
    """Whether a measure that is asked takes one of the facts as its whole or its limit."""
    reading = [measure for measure in row.measures if _takes(measure, facts)]
    return (
        bool(reading)
        and evaluate(row.applies_when, given) is True
        and any(evaluate(measure.applies_when, given) for measure in reading)
    )


def _takes(measure: Measure, facts: Collection[str]) -> bool:
    """As `_read_by` says, which would be put together anew for every row of every check."""
    for fact in measure.of:
        if fact in facts:
            return True
    return any(limit is not None and limit.fact in facts for limit in _limits(measure))


def _decided_by(row: Indicator, fact: str, given: Mapping[str, FactValue]) -> bool:
    """Whether it is this fact that decides if something of the row is asked."""
    own = _names(row.applies_when, fact)
    asking = [measure.applies_when for measure in row.measures if _names(measure.applies_when, fact)]
    if not own and not asking:
        return False
    others = {name: value for name, value in given.items() if name != fact and not isinstance(value, Judged)}
    if own and evaluate(row.applies_when, others) is None:
        return True
    return bool(evaluate(row.applies_when, given)) and any(evaluate(condition, others) is None for condition in asking)


def _names(condition: Condition | None, fact: str) -> bool:
    return condition is not None and fact in condition.facts()
