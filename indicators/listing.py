"""The rules as JSON-ready values: what ``python -m indicators list ID --json`` prints and other programs read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.building.build import VETO_SECTION
from indicators.checking.cross_checks import spelled
from indicators.model import (
    Condition,
    CrossCheck,
    DistinctDocuments,
    Indicator,
    Library,
    Measure,
    NeverTogether,
    Standard,
    Statement,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AnyCheck = CrossCheck | DistinctDocuments | NeverTogether


def standards_as_json(library: Library) -> dict[str, Any]:
    """Every standard in brief; ``indicators`` and ``vetoes`` are how many."""
    return {
        "standards": [
            {
                "id": standard.id,
                "title": standard.title,
                "issuer": standard.issuer,
                "date": standard.date,
                "extends": standard.extends,
                "fingerprint": standard.fingerprint,
                "indicators": len(standard.indicators),
                "vetoes": len(standard.vetoes),
            }
            for standard in library.standards.values()
        ]
    }


def standard_as_json(standard: Standard) -> dict[str, Any]:
    """One merged standard, whole; ``indicators`` holds the veto rows too, last."""
    whole = _fields(dataclasses.replace(standard, indicators=(), vetoes=()))
    del whole["vetoes"], whole["vocabulary"]
    titles = {section.id: section.title for section in standard.sections} | {"vetoes": VETO_SECTION}
    titles |= {topic.id: topic.title for section in standard.sections for topic in section.topics}
    whole["facts"] = list(whole["facts"].values())
    del whole["distinct_documents"], whole["never_together"]
    checks: tuple[AnyCheck, ...] = (*standard.cross_checks, *standard.never_together, *standard.distinct_documents)
    whole["cross_checks"] = [cross_check_as_json(check) for check in checks]
    whole["indicators"] = [_row(row, titles) for row in standard.rows()]
    return whole


def condition_as_json(condition: Condition | None) -> dict[str, Any] | None:
    """A condition in the words of the rules files; None where there is none."""
    if condition is None:
        return None
    if condition.op in {"all", "any"}:
        return {condition.op: [condition_as_json(part) for part in condition.parts]}
    return {"fact": condition.fact, condition.op: plain(condition.value)}


def cross_check_as_json(check: AnyCheck) -> dict[str, Any]:
    """A cross-check in the words of the rules files."""
    if isinstance(check, DistinctDocuments):
        return {
            "id": check.id,
            "documents": [f"{place.row}/{place.evidence}" for place in check.documents],
            "is": "distinct",
            "says": check.says,
            "applies_when": condition_as_json(check.applies_when),
        }
    if isinstance(check, NeverTogether):
        return {
            "id": check.id,
            "never": [_statement(statement) for statement in check.statements],
            "says": check.says,
            "effect": check.effect,
            "applies_when": condition_as_json(check.applies_when),
        }
    return {
        "id": check.id,
        "left": [spelled(ref) for ref in check.left],
        "is": check.test,
        "right": [spelled(ref) for ref in check.right],
        "says": check.says,
        "effect": check.effect,
        "applies_when": condition_as_json(check.applies_when),
    }


def _statement(said: Statement) -> dict[str, Any]:
    """A statement in the words of the rules files."""
    if said.subject == "any":
        return {"any": [_statement(part) for part in said.parts]}
    if said.subject == "fact":
        return condition_as_json(said.condition) or {}
    if said.subject == "claim":
        return {"claim": said.row, "is": said.word}
    if said.subject in {"nil_return", "review"}:
        return {said.subject: said.row or said.word}
    against = next(value for value in (said.yes, said.word, said.number) if value is not None)
    part = {"part": said.part} if said.part else {}
    return {"measure": f"{said.row}/{said.measure}", **part, said.test or "is": plain(against)}


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Dataclasses, tuples and Decimals as what JSON has: objects, arrays, numbers."""
    if isinstance(value, Condition):
        return condition_as_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        # JSON's own number type, at the very edge: nothing is computed with it here.
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _fields(value: DataclassInstance) -> dict[str, Any]:
    return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _row(row: Indicator, titles: Mapping[str, str]) -> dict[str, Any]:
    shown = _fields(row)
    shown |= {
        "section": titles[row.section],
        "section_id": row.section,
        "topic": titles[row.topic],
        "topic_id": row.topic,
        "measures": [_measure(measure) for measure in row.measures],
    }
    return shown


def _measure(measure: Measure) -> dict[str, Any]:
    shown = _fields(measure)
    if measure.of:
        first, *more = measure.of
        shown["of"] = {"sum": list(measure.of)} if more else {"fact": first}
    else:
        shown["of"] = None
    if measure.require is not None:
        bounds = {"at_least": measure.require.at_least, "at_most": measure.require.at_most}
        shown["require"] = {
            key: {"fact": bound.fact} if bound.fact is not None else plain(bound.number)
            for key, bound in bounds.items()
            if bound is not None
        } | {"unit": measure.require.unit or measure.unit}
    return shown
