"""Conditions over the county's facts, in Kleene's three values: True, False, and None for "not known yet"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeGuard

from indicators.model import Condition
from scoring.submission import FactValue, Judged, Number
from scoring.visible_text import has_visible_text


def fact_value(facts: Mapping[str, FactValue], fact: str) -> Number | str | bool | None:
    """The value that counts. A judged fact counts only with its reason (“较多”由人判断并写明理由)."""
    value = facts.get(fact)
    if isinstance(value, Judged):
        return value.value if has_visible_text(value.reason) else None
    return value


def fact_number(facts: Mapping[str, FactValue], fact: str) -> Number | None:
    """The fact as a number; None where it is absent or no number."""
    value = facts.get(fact)
    return value if is_number(value) else None


_NUMBERS = (int, Decimal)


def is_number(value: object) -> TypeGuard[Number]:
    """Whether it is a figure (True and False are not)."""
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def evaluate(condition: Condition | None, facts: Mapping[str, FactValue]) -> bool | None:
    """Whether the condition holds; no condition always does."""
    if condition is None:
        return True
    if condition.op in ("all", "any"):
        decisive = condition.op == "any"
        unknown = False
        for part in condition.parts:
            value = evaluate(part, facts)
            if value is decisive:
                return decisive
            unknown = unknown or value is None
        return None if unknown else not decisive
    return _test(condition, facts)


def _test(condition: Condition, facts: Mapping[str, FactValue]) -> bool | None:
    fact = condition.fact or ""
    if condition.op in ("at_least", "at_most"):
        number = fact_number(facts, fact)
        if number is None:
            return None
        return bool(number >= condition.value if condition.op == "at_least" else number <= condition.value)
    value = fact_value(facts, fact)
    if value is None:
        return None
    return bool(value in condition.value if condition.op == "in" else value == condition.value)


def unknown_facts(condition: Condition, facts: Mapping[str, FactValue]) -> Iterator[str]:
    """The facts that keep an undecided condition undecided; nothing for a decided one."""
    if evaluate(condition, facts) is not None:
        return
    if condition.fact is not None:
        yield condition.fact
    for part in condition.parts:
        yield from unknown_facts(part, facts)
