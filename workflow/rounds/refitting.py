"""What of a submission other rules no longer ask: taken out when a round changes its rules, or it could not be read.

Nothing is lost: every version stays in the entry's history.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.model import Indicator, Library
from workflow.targets import Target

_ROWS = {"answer": "indicators", "veto": "vetoes"}


def drop_unasked(bodies: Mapping[Target, Any], old: Library, new: Library) -> dict[Target, Any]:
    """The entries that must change: their body without what ``new`` does not ask (or asks in another form); None =
    gone."""
    changed: dict[Target, Any] = {}
    for target, body in bodies.items():
        fitting = _fitting(target, body, old, new)
        if fitting != body:
            changed[target] = fitting
    return changed


def _fitting(target: Target, body: Any, old: Library, new: Library) -> Any:  # noqa: ANN401 - an entry's body
    kind, key = target
    if kind in _ROWS:
        rows = _rows(new, kind, key)
        return _answer(body, _rows(old, kind, key), rows) if rows else None
    if kind == "fact":
        facts = [_fact(library, key) for library in (old, new)]
        return body if facts[1] is not None and facts[0] in {None, facts[1]} else None
    if target.is_finding:
        rows = [*_rows(new, "answer", key), *_rows(new, "veto", key)]
        return _cited(body, rows) if rows else None
    return body


def _answer(body: Any, old_rows: list[Indicator], new_rows: list[Indicator]) -> Any:  # noqa: ANN401 - as above
    if not isinstance(body, Mapping):
        return body
    was, asked = ({m.id: m.form for row in rows for m in row.measures} for rows in (old_rows, new_rows))
    fitting = dict(body)
    for part in ("measures", "judgements"):
        if isinstance(answers := body.get(part), Mapping):
            fitting[part] = {k: v for k, v in answers.items() if k in asked and was.get(k, asked[k]) == asked[k]}
    return _cited(fitting, new_rows)


def _cited(body: Any, rows: list[Indicator]) -> Any:  # noqa: ANN401 - as above
    if not isinstance(body, Mapping) or not isinstance(cited := body.get("evidence"), Mapping):
        return body
    known = {requirement.id for row in rows for requirement in row.evidence} | {"other"}
    return {**body, "evidence": {k: v for k, v in cited.items() if k in known}}


def _rows(library: Library, kind: str, row_id: str) -> list[Indicator]:
    return [
        row for standard in library.standards.values() for row in getattr(standard, _ROWS[kind]) if row.id == row_id
    ]


def _fact(library: Library, fact_id: str) -> tuple[str, str | None] | None:
    fact = next((standard.facts[fact_id] for standard in library.standards.values() if fact_id in standard.facts), None)
    return None if fact is None else (fact.kind, fact.options)
