"""Units as the rules name them become units that know their Chinese name and whether they take decimals."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
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
    """The part with every ``unit`` below it known by name."""
    named: object = part
    if isinstance(part, tuple):
        named = tuple(_named(inner, vocabulary) for inner in part)
    elif isinstance(part, Mapping):
        named = {key: _named(inner, vocabulary) for key, inner in part.items()}
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        named = dataclasses.replace(cast("DataclassInstance", part), **_fields(part, vocabulary))
    return cast("_Part", named)


def _fields(part: DataclassInstance, vocabulary: Vocabulary) -> dict[str, object]:
    values = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
    return {
        name: vocabulary.unit(value) if name == "unit" and value is not None else _named(value, vocabulary)
        for name, value in values.items()
    }
