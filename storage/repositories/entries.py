"""Entries: the versioned pieces of a submission, and their append-only history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from storage.acts import ENTRY_PUT, ENTRY_REMOVE, EntryDetail
from storage.canonical import Json, digest
from storage.database.tables import entries, entry_versions
from storage.errors import VersionConflict
from storage.records import Entry, EntryStep, EntryVersion
from storage.repositories.repository import Repository

Place = TypeVar("Place", bound=tuple[str, str])  # kind and key


class Entries(Repository):
    """``body`` is the exchange-file fragment under (kind, key); the store does not look inside."""

    def put(self, submission_id: int, kind: str, key: str, body: Json, expected_version: int) -> Entry:
        """Save a new version. ``expected_version`` 0 = not there yet. Raises VersionConflict, and TypeError or
        ValueError for a body that cannot be kept without loss (`storage.canonical`); then nothing is written.

        Versions go on counting after a removal, so that an old page cannot mistake a new entry for the one it knew.
        """
        by, at = self._writer()
        body_sha256 = digest(body)  # first: a body that cannot be kept is refused before anything is written
        self._expect(submission_id, kind, key, expected_version)
        version = self._last_version(submission_id, kind, key) + 1
        entry = Entry(submission_id, kind, key, body, version, by, at)
        if expected_version == 0:
            self._connection.execute(entries.insert().values(_values(entry)))
        else:
            self._connection.execute(
                update(entries)
                .where(_at(entries, submission_id, kind, key))
                .values(body=body, version=version, updated_by=by, updated_at=at)
            )
        self._add_to_history(EntryVersion(submission_id, kind, key, version, body, removed=False, by=by, at=at))
        detail = EntryDetail(version=version, body_sha256=body_sha256)
        self._record(ENTRY_PUT, f"{kind}/{key}", detail, submission_id)
        # as it will be read back: tuples are lists, in this answer too
        return self._standing(submission_id, kind, key) or entry

    def add_all(self, submission_id: int, bodies: Mapping[Place, Json]) -> None:
        """Entries by (kind, key) that never were there before, all of them in six statements.

        Raises as `put` does for a body that cannot be kept; SaveFailed where one was there.
        """
        by, at = self._writer()
        digests = {place: digest(body) for place, body in bodies.items()}
        if not bodies:
            return
        first = [Entry(submission_id, kind, key, body, 1, by, at) for (kind, key), body in bodies.items()]
        lines = [EntryVersion(submission_id, e.kind, e.key, 1, e.body, removed=False, by=by, at=at) for e in first]
        self._connection.execute(entries.insert(), [_values(entry) for entry in first])
        self._connection.execute(entry_versions.insert(), [_values(line) for line in lines])
        self._scope.audit.append_all(
            ENTRY_PUT,
            (
                (f"{kind}/{key}", EntryDetail(version=1, body_sha256=digested), submission_id)
                for (kind, key), digested in digests.items()
            ),
        )
        self._raise_stamp(submission_id)

    def remove(self, submission_id: int, kind: str, key: str, expected_version: int) -> None:
        """Take it out; its texts stay in the history. Raises VersionConflict (also if it is gone already)."""
        by, at = self._writer()
        standing = self._expect(submission_id, kind, key, expected_version)
        if standing is None:
            raise VersionConflict(f"{kind}/{key}", expected_version, None)
        self._connection.execute(delete(entries).where(_at(entries, submission_id, kind, key)))
        version = standing.version + 1
        self._add_to_history(EntryVersion(submission_id, kind, key, version, standing.body, removed=True, by=by, at=at))
        detail = EntryDetail(version=version, body_sha256=digest(standing.body))
        self._record(ENTRY_REMOVE, f"{kind}/{key}", detail, submission_id)

    def get(self, submission_id: int, kind: str, key: str) -> Entry | None:
        """What stands now."""
        return self._standing(submission_id, kind, key)

    def all(self, submission_id: int) -> tuple[Entry, ...]:
        """Everything a submission holds, by kind and key (as text: the order of a standard is the reader's matter)."""
        return self.of_many((submission_id,)).get(submission_id, ())

    def of_many(self, submission_ids: Collection[int]) -> dict[int, tuple[Entry, ...]]:
        """`all` for several submissions in one query."""
        query = (
            select(entries)
            .where(entries.c.submission_id.in_(submission_ids))
            .order_by(entries.c.submission_id, entries.c.kind, entries.c["key"])
        )
        by_submission: dict[int, list[Entry]] = {number: [] for number in submission_ids}
        for row in self._connection.execute(query):
            by_submission[row.submission_id].append(Entry(**row._mapping))
        return {number: tuple(listed) for number, listed in by_submission.items()}

    def history(
        self, submission_id: int, kind: str | None = None, key: str | None = None, *, since: datetime | None = None
    ) -> tuple[EntryVersion, ...]:
        """Every version ever saved, oldest first; ``since`` = those saved after that moment."""
        query = select(entry_versions).where(entry_versions.c.submission_id == submission_id)
        if kind is not None:
            query = query.where(entry_versions.c.kind == kind)
        if key is not None:
            query = query.where(entry_versions.c["key"] == key)
        if since is not None:
            query = query.where(entry_versions.c.at > since)
        in_order = query.order_by(
            entry_versions.c.at, entry_versions.c.kind, entry_versions.c["key"], entry_versions.c.version
        )
        return tuple(EntryVersion(**row._mapping) for row in self._connection.execute(in_order))

    def timeline(self, submission_id: int) -> tuple[EntryStep, ...]:
        """`history` without the bodies, oldest first: who touched what, for every page that is opened."""
        table = entry_versions.c
        query = (
            select(table.kind, table["key"], table.version, table.removed, table.by, table.at)
            .where(table.submission_id == submission_id)
            .order_by(table.at, table.kind, table["key"], table.version)
        )
        return tuple(EntryStep(*row) for row in self._connection.execute(query))

    def _standing(self, submission_id: int, kind: str, key: str) -> Entry | None:
        row = self._connection.execute(select(entries).where(_at(entries, submission_id, kind, key))).one_or_none()
        return None if row is None else Entry(**row._mapping)

    def _expect(self, submission_id: int, kind: str, key: str, expected_version: int) -> Entry | None:
        standing = self._standing(submission_id, kind, key)
        if (standing.version if standing else 0) != expected_version:
            raise VersionConflict(f"{kind}/{key}", expected_version, standing)
        return standing

    def _last_version(self, submission_id: int, kind: str, key: str) -> int:
        query = select(func.max(entry_versions.c.version)).where(_at(entry_versions, submission_id, kind, key))
        return self._connection.execute(query).scalar() or 0

    def _add_to_history(self, line: EntryVersion) -> None:
        self._connection.execute(entry_versions.insert().values(_values(line)))


def _values(record: Entry | EntryVersion) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__slots__}


def _at(table: Table, submission_id: int, kind: str, key: str) -> ColumnElement[bool]:
    return (table.c.submission_id == submission_id) & (table.c.kind == kind) & (table.c["key"] == key)
