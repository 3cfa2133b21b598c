"""Canonical text of a merged standard or a policy document, and reading it back; rounds store it and judge by it.

The text alone vouches for itself: its SHA-256 is the fingerprint, whatever fields the program's model has gained since.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from indicators.building.fingerprint import canonical, canonical_policy
from indicators.model import Condition, Policy, Standard

_Data = typing.TypeVar("_Data")


class UnreadableRulesError(ValueError):
    """A kept text that is not the standard its fingerprint names, or that this program can no longer read."""


def kept_text(standard: Standard) -> str:
    """The canonical text of a merged standard; its SHA-256 is ``standard.fingerprint``."""
    return canonical(standard)


def standard_from(text: str, fingerprint: str) -> Standard:
    """The standard again, whole, under the fingerprint it was kept by. Raises UnreadableRulesError.

    Fields the model has gained since have their defaults; a field it no longer has makes the text unreadable.
    """
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != fingerprint:
        raise UnreadableRulesError("the text does not have this fingerprint")
    try:
        standard: Standard = _built(Standard, json.loads(text))
    except (TypeError, ValueError, KeyError, InvalidOperation) as error:
        raise UnreadableRulesError(str(error)) from error
    return dataclasses.replace(standard, fingerprint=fingerprint)


def kept_policy(policy: Policy) -> tuple[str, str]:
    """A policy document's fingerprint and the text it is taken of, words and our reading of them alike."""
    text = canonical_policy(policy)
    return hashlib.sha256(text.encode("utf-8")).hexdigest(), text


def policy_from(text: str, fingerprint: str) -> Policy:
    """The policy document again. Raises UnreadableRulesError as `standard_from`."""
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != fingerprint:
        raise UnreadableRulesError("the text does not have this fingerprint")
    try:
        policy: Policy = _built(Policy, json.loads(text))
    except (TypeError, ValueError, KeyError, InvalidOperation) as error:
        raise UnreadableRulesError(str(error)) from error
    return policy


def read_back(shape: type[_Data], value: object) -> _Data:
    """A dataclass from the JSON of its fields; those not there have their defaults. Raises TypeError, ValueError."""
    made: _Data = _built(shape, value)
    return made


def _built(shape: Any, value: Any) -> Any:  # noqa: ANN401 - any field's type, any JSON value
    """A JSON value as the field's declared type."""
    if dataclasses.is_dataclass(shape):
        return _dataclass(shape, value)
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if origin in {typing.Union, types.UnionType}:
        return _one_of(inner, value)
    if origin is tuple:
        return tuple(_built(inner[0], item) for item in value)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {_built(inner[0], key): _built(inner[1], item) for key, item in value}
    return value


def _one_of(shapes: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401 - as above
    if value is None:
        return None
    if Decimal in shapes and isinstance(value, str):
        return Decimal(value)  # broken numbers are kept as text, whole ones as numbers
    several = [choice for choice in shapes if choice not in {type(None), Decimal, int, str, bool}]
    return _built(several[0], value) if len(several) == 1 else value


def _dataclass(shape: Any, value: Any) -> Any:  # noqa: ANN401 - as above
    hints = _hints(shape)
    made = shape(**{name: _built(hints[name], item) for name, item in value.items()})
    return _condition(made) if isinstance(made, Condition) else made


@functools.cache
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def _condition(read: Condition) -> Condition:
    """Its value is typed by its test (`indicators.building.schema_types`), not by the field."""
    if isinstance(read.value, list):
        return dataclasses.replace(read, value=tuple(read.value))
    if read.op in {"at_least", "at_most"} and isinstance(read.value, str):
        return dataclasses.replace(read, value=Decimal(read.value))
    return read
