"""Verdicts as they were judged, for lists, tables and exports to read.

Not audited: they follow from the entries, whose writing is. `storage verify` has them judged anew and compares.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database.tables import verdicts
from storage.records import KeptVerdicts
from storage.repositories.repository import Repository

_PLACE = ("submission_id", "level", "standard")
_NAMES = tuple(field.name for field in fields(KeptVerdicts))


class Verdicts(Repository):
    """One row for each submission, level and standard."""

    def keep(self, kept: Collection[KeptVerdicts]) -> None:
        """Put each in the place of what was kept there; one statement."""
        self._writer()
        if not kept:
            return
        insert = (sqlite if self._connection.dialect.name == "sqlite" else postgresql).insert(verdicts)
        written = {name: insert.excluded[name] for name in _NAMES if name not in _PLACE}
        rows = [{name: getattr(one, name) for name in _NAMES} for one in kept]
        self._connection.execute(insert.values(rows).on_conflict_do_update(index_elements=_PLACE, set_=written))

    def drop(self, submission_id: int, places: Iterable[tuple[str, str]]) -> None:
        """Those at these (level, standard)."""
        self._writer()
        for level, standard in places:
            self._connection.execute(
                delete(verdicts).where(
                    verdicts.c.submission_id == submission_id,
                    verdicts.c.level == level,
                    verdicts.c.standard == standard,
                )
            )

    def of(self, submission_id: int) -> tuple[KeptVerdicts, ...]:
        """All of one submission."""
        query = select(verdicts).where(verdicts.c.submission_id == submission_id)
        return tuple(_kept_of(row) for row in self._connection.execute(query))

    def among(self, level: str, submission_ids: Collection[int]) -> tuple[KeptVerdicts, ...]:
        """Those of these submissions at one level, in one query; asks nothing for none."""
        if not submission_ids:
            return ()
        query = (
            select(verdicts)
            .where(verdicts.c.level == level, verdicts.c.submission_id.in_(submission_ids))
            .order_by(verdicts.c.submission_id)
        )
        return tuple(_kept_of(row) for row in self._connection.execute(query))

    def by(self) -> dict[int, dict[tuple[str, str], tuple[str, str, str]]]:
        """By submission and (level, standard), by what they were judged: rules, code and scheme."""
        table = verdicts.c
        query = select(table.submission_id, table.level, table.standard, table.rules, table.code, table.scheme)
        found: dict[int, dict[tuple[str, str], tuple[str, str, str]]] = {}
        for number, level, standard, *judged_by in self._connection.execute(query):
            found.setdefault(number, {})[level, standard] = tuple(judged_by)
        return found


def _kept_of(row: Row[Any]) -> KeptVerdicts:
    kept = KeptVerdicts(**row._mapping)
    shaped = isinstance(kept.verdicts, dict) and isinstance(kept.blocking, dict) and isinstance(kept.score, list)
    if not shaped:
        raise ValueError(f"申报 {kept.submission_id} {kept.standard}：保存的结论不成样子")
    return kept
