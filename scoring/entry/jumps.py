"""Figures that moved far since the county's earlier submission: worth a look (ours, not the documents')."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.model import Fact, Measure
from scoring.entry.answer import fields, typed_from
from scoring.submission import TOTAL, Answer, FactValue

JUMP = Decimal("0.3")  # of the earlier figure


@dataclass(frozen=True, slots=True)
class Jump:
    """``change``: relative to the earlier figure, None where that was 0."""

    label: str
    before: Decimal
    now: Decimal
    change: Decimal | None


def jumps_in_row(measures: Iterable[Measure], before: Answer, now: Answer) -> tuple[Jump, ...]:
    """Figures of one row that both answers give."""
    asked = tuple(measures)
    years = sorted({year for answer in (before, now) for year in _years(answer)})
    were, are = typed_from(before, asked, years).figures, typed_from(now, asked, years).figures
    return tuple(
        jump
        for measure in asked
        for part in fields(measure, years if measure.yearly else ())
        if (jump := _jump(part.label, were.get(measure.id, {}).get(part.path), are.get(measure.id, {}).get(part.path)))
    )


def jumps_in_facts(
    facts: Iterable[Fact], before: Mapping[str, FactValue], now: Mapping[str, FactValue]
) -> tuple[Jump, ...]:
    """Numbers of 县情 that both give."""
    numbers = (fact for fact in facts if fact.kind == "number")
    return tuple(jump for fact in numbers if (jump := _jump(fact.label, before.get(fact.id), now.get(fact.id))))


def _years(answer: Answer) -> Iterator[str]:
    for figure in answer.measures.values():
        if isinstance(figure, Mapping):
            yield from (year for year in figure if year != TOTAL)


def _jump(label: str, before: object, now: object) -> Jump | None:
    was, is_now = _number(before), _number(now)
    if was is None or is_now is None or abs(is_now - was) <= JUMP * abs(was):
        return None
    return Jump(label, was, is_now, (is_now - was) / abs(was) if was else None)


def _number(value: object) -> Decimal | None:
    """What stands in a field, already read once: text of a number, or a number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str) or value == "":
        return None
    try:
        return Decimal(str(value).replace(",", ""))
    except ArithmeticError:
        return None
