"""Units as the rules name them become units that know their Chinese name and whether they take decimals."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from operator import is_
from typing import TYPE_CHECKING, TypeVar, cast

from indicators.model import Indicator, Policy, Standard, Vocabulary

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Part = TypeVar("_Part")


def standard_in_words(standard: Standard, vocabulary: Vocabulary) -> Standard:
    """The standard with the labels of a vocabulary; neither is part of its fingerprint."""
    return dataclasses.replace(
        standard,
        facts=_named(standard.facts, vocabulary),
        indicators=_rows(standard.indicators, vocabulary),
        vetoes=_rows(standard.vetoes, vocabulary),
        vocabulary=vocabulary,
    )


def policy_in_words(policy: Policy, vocabulary: Vocabulary) -> Policy:
    """The policy document with the units of its commitments known by name."""
    clauses = (
        dataclasses.replace(clause, commitments=_named(clause.commitments, vocabulary)) for clause in policy.clauses
    )
    return dataclasses.replace(policy, clauses=tuple(clauses))


def _rows(rows: tuple[Indicator, ...], vocabulary: Vocabulary) -> tuple[Indicator, ...]:
    return tuple(dataclasses.replace(row, measures=_named(row.measures, vocabulary)) for row in rows)


def _named(part: _Part, vocabulary: Vocabulary) -> _Part:
    """The part with every ``unit`` below it known by name; the part itself where there is none."""
    named: object = part
    if part is None or isinstance(part, (str, int)):
        return part
    if isinstance(part, tuple):
        inner = tuple(_named(one, vocabulary) for one in part)
        named = part if all(map(is_, inner, part)) else inner
    elif isinstance(part, Mapping):
        values = {key: _named(one, vocabulary) for key, one in part.items()}
        named = part if all(map(is_, values.values(), part.values())) else values
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        changed = _changed(part, vocabulary)
        named = dataclasses.replace(cast("DataclassInstance", part), **changed) if changed else part
    return cast("_Part", named)


def _changed(part: DataclassInstance, vocabulary: Vocabulary) -> dict[str, object]:
    """The fields that are others now."""
    changed: dict[str, object] = {}
    kind: type = type(part)
    for name in _names(kind):
        value = getattr(part, name)
        named = vocabulary.unit(value) if name == "unit" and value is not None else _named(value, vocabulary)
        if named is not value:
            changed[name] = named
    return changed


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
