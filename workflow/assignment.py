"""Who answers a row, as the body of an `assignment` entry says it.

``{units: [lead, helper, …], measures: {helper: [measure ids]}, due: "2018-06-01"}``; older entries hold ``units``
alone. A helper with measures fills in those and what proves them; one without them the whole row, as the lead does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from storage.canonical import Json
from storage.records import Entry
from workflow.targets import Target

KEYS = frozenset({"units", "measures", "due"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """``units``: the lead first. ``due``: the county's own deadline, which no verdict knows."""

    units: tuple[str, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due: date | None = None

    @property
    def lead(self) -> str:
        """Who answers the row; empty where nobody does."""
        return self.units[0] if self.units else ""

    def part_of(self, unit: str) -> tuple[str, ...] | None:
        """The measures a helper fills in; None: the whole row."""
        return self.measures.get(unit) or None

    def named(self, name_of: Callable[[str], str]) -> Assignment:
        """With the departments called as the county's list has them."""
        return Assignment(
            tuple(dict.fromkeys(map(name_of, self.units))),
            {name_of(unit): measures for unit, measures in self.measures.items()},
            self.due,
        )

    def without(self, units: Collection[str]) -> Assignment:
        """As if it had not been given to these."""
        return self.given_to(unit for unit in self.units if unit not in units) if units else self

    def given_to(self, units: Iterable[str]) -> Assignment:
        """To others: who stays a helper keeps their measures, and the deadline stands."""
        now = tuple(dict.fromkeys(units))
        kept = {unit: self.measures[unit] for unit in now[1:] if unit in self.measures}
        return Assignment(now, kept, self.due if now else None)

    def with_parts(self, parts: Mapping[str, Iterable[str]]) -> Assignment:
        """``parts``: by helper the measures it fills in; none: the whole row."""
        named = {unit: tuple(ids) for unit, ids in parts.items() if unit in self.units[1:]}
        return replace(self, measures={unit: ids for unit, ids in named.items() if ids})

    @property
    def body(self) -> Json:
        """As it is kept; None takes the entry out."""
        if not self.units:
            return None
        kept: dict[str, Any] = {"units": list(self.units)}
        if self.measures:
            kept["measures"] = {unit: list(measures) for unit, measures in self.measures.items()}
        return kept | ({"due": self.due.isoformat()} if self.due else {})


def assignment_of(body: Json) -> Assignment:
    """What an entry's body says; what cannot be read of it is left out."""
    if not isinstance(body, Mapping):
        return Assignment()
    measures, due = body.get("measures"), body.get("due")
    parts = measures if isinstance(measures, Mapping) else {}
    try:
        day = date.fromisoformat(due) if isinstance(due, str) else None
    except ValueError:
        day = None
    return Assignment(tuple(body.get("units", ())), {unit: tuple(ids) for unit, ids in parts.items()}, day)


def standing_assignments(entries: Mapping[Target, Entry], name_of: Callable[[str], str]) -> dict[str, Assignment]:
    """Every assignment by its key, departments named as the county's list has them, without those that sent it back."""
    given = {t.key: assignment_of(e.body).named(name_of) for t, e in entries.items() if t.kind == "assignment"}
    back = {
        target.key: frozenset(map(name_of, entry.body))
        for target, entry in entries.items()
        if target.kind == "sent_back" and isinstance(entry.body, Mapping)
    }
    return {key: one.without(back.get(key, frozenset())) for key, one in given.items()}


def parts_of(unit: str, given: Mapping[str, Assignment]) -> dict[str, frozenset[str]]:
    """By key the measures a department fills in, where it only helps with them."""
    parts = ((key, assignment.part_of(unit)) for key, assignment in given.items())
    return {key: frozenset(part) for key, part in parts if part is not None}
