"""The fingerprint of a merged standard: what a round pins and documents print."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from indicators.model import Commitment, CrossCheck, EvidenceRequirement, Fact, FigureRef, Measure, Policy, Standard


def fingerprint(standard: Standard) -> str:
    """SHA-256 (hex) of the standard's canonical JSON: comments, whitespace, key order and files do not count."""
    return hashlib.sha256(canonical(standard).encode("utf-8")).hexdigest()


def canonical(standard: Standard) -> str:
    """The canonical JSON itself, its own ``fingerprint`` left empty."""
    content = {
        field.name: _plain(getattr(standard, field.name)) for field in dataclasses.fields(standard) if field.compare
    }
    content["fingerprint"] = ""
    for since in ("cross_checks", "distinct_documents", "never_together", "short_title", "at_end_days"):
        # A standard without them keeps the fingerprint it had before they existed: rounds have pinned it.
        if not content[since]:
            del content[since]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_policy(policy: Policy) -> str:
    """The canonical JSON of a policy document, words and our reading; what has its default is left out, so that a field
    the model gains later does not make it another document.
    """
    return json.dumps(_sparse(policy), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sparse(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: (field, getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: _sparse(inner) for name, (field, inner) in fields.items() if inner != _default(field)}
    if isinstance(value, (tuple, list)):
        return [_sparse(inner) for inner in value]
    return _plain(value)


def _default(field: dataclasses.Field[object]) -> object:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


# Fields that parts of a standard have gained: with its default a field does not count, for the same reason.
_SINCE: Mapping[type, frozenset[str]] = {
    Commitment: frozenset({"each_year_by"}),
    CrossCheck: frozenset({"effect"}),
    Fact: frozenset({"judged_as", "given_by"}),
    FigureRef: frozenset({"number"}),
    Measure: frozenset({"replaces", "noted", "whole_above_zero", "in_table"}),
    EvidenceRequirement: frozenset({"only_kind", "also_kinds"}),
}


@cache
def _fields(kind: type) -> tuple[tuple[dataclasses.Field[object], bool], ...] | None:
    """The fields of a dataclass, each with whether it was gained; None for another type."""
    if not dataclasses.is_dataclass(kind):
        return None
    since = _SINCE.get(kind, frozenset())
    return tuple((field, field.name in since) for field in dataclasses.fields(kind))


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, int)):
        return value
    kind: type = type(value)
    fields = _fields(kind)
    if fields is not None:
        told = ((field, gained, getattr(value, field.name)) for field, gained in fields)
        return {field.name: _plain(inner) for field, gained, inner in told if not gained or inner != _default(field)}
    if isinstance(value, Mapping):
        # Items and facts are shown in their written order: the order is content, so it is kept as pairs.
        return [[key, _plain(inner)] for key, inner in value.items()]
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        # 70 and 70.0 are the same threshold.
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    return value


def text_fingerprint(policy: Policy) -> str:
    """SHA-256 (hex) of a document's printed words alone: how we read them (commitments, relations) does not count."""
    words = [[clause.id, clause.heading, clause.text] for clause in policy.clauses]
    content = [policy.id, policy.title, policy.number, policy.issuer, policy.date, _plain(policy.sections), words]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
