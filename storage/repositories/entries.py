"""Entries: the versioned pieces of a submission, and their append-only history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, select, tuple_, update

from storage.acts import ENTRY_PUT, ENTRY_REMOVE, EntryDetail
from storage.canonical import Json, digest
from storage.database.tables import entries, entry_versions
from storage.errors import NotThere, VersionConflict
from storage.records import Entry, EntryStep, EntryVersion
from storage.repositories.repository import Repository

Form = tuple[str, str]  # kind and key
Place = TypeVar("Place", bound=Form)
Step = TypeVar("Step", EntryStep, EntryVersion)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry to write: its body and the version it is to replace (0 = not there yet); ``removed`` takes it out."""

    kind: str
    key: str
    body: Json
    expected_version: int
    removed: bool = False


class Written(NamedTuple):
    """What a write made: the lines that the entries' histories got, and the submission's stamp since.

    ``links``: the numbers of their audit links.
    """

    lines: tuple[EntryVersion, ...]
    links: tuple[int, ...]
    stamp: int


class Entries(Repository):
    """``body`` is the exchange-file fragment under (kind, key); the store does not look inside."""

    def put(self, submission_id: int, kind: str, key: str, body: Json, expected_version: int) -> Entry:
        """Save a new version. ``expected_version`` 0 = not there yet. Raises VersionConflict, and TypeError or
        ValueError for a body that cannot be kept without loss (`storage.canonical`); then nothing is written.

        Versions go on counting after a removal, so that an old page cannot mistake a new entry for the one it knew.
        """
        self.write(submission_id, [EntryChange(kind, key, body, expected_version)])
        standing = self._standing(submission_id, kind, key)
        if standing is None:
            raise NotThere(f"{kind}/{key}")  # the database lost what it has just been given
        return standing

    def remove(self, submission_id: int, kind: str, key: str, expected_version: int) -> None:
        """Take it out; its texts stay in the history. Raises VersionConflict (also if it is gone already)."""
        self.write(submission_id, [EntryChange(kind, key, None, expected_version, removed=True)])

    def add_all(self, submission_id: int, bodies: Mapping[Place, Json]) -> None:
        """Entries by (kind, key) that never were there before, all of them in six statements.

        Raises as `put` does for a body that cannot be kept; SaveFailed where one was there.
        """
        by, at = self._writer()
        lines = [
            EntryVersion(submission_id, kind, key, 1, body, removed=False, by=by, at=at)
            for (kind, key), body in bodies.items()
        ]
        digests = [digest(line.body) for line in lines]
        if lines:
            self._connection.execute(entries.insert(), [_values(_entry(line)) for line in lines])
            self._tell(submission_id, lines, digests)

    def write(self, submission_id: int, changes: Collection[EntryChange]) -> Written:
        """Save these entries, each once, as one.

        Raises VersionConflict, and TypeError or ValueError for a body that cannot be kept without loss; then nothing is
        written. There are no more statements for many entries than for one.
        """
        by, at = self._writer()
        if not changes:
            raise ValueError("nothing to write")
        for change in changes:
            digest(change.body)  # first: a body that cannot be kept is refused before anything is written
        known = self._known(submission_id, [(change.kind, change.key) for change in changes])
        lines = [
            _line(submission_id, change, known.get((change.kind, change.key), (0, None)), by, at) for change in changes
        ]
        self._keep(lines, [place for place, (_, standing) in known.items() if standing is not None])
        return self._tell(submission_id, lines, [digest(line.body) for line in lines])

    def _tell(self, submission_id: int, lines: Collection[EntryVersion], digests: Collection[str]) -> Written:
        """The history, the audit log, and the submission's stamp."""
        self._connection.execute(entry_versions.insert(), [_values(line) for line in lines])
        links = self._scope.audit.append_all(
            (
                ENTRY_REMOVE if line.removed else ENTRY_PUT,
                f"{line.kind}/{line.key}",
                EntryDetail(version=line.version, body_sha256=body_sha256),
                submission_id,
            )
            for line, body_sha256 in zip(lines, digests, strict=True)
        )
        return Written(tuple(lines), tuple(link.seq for link in links), self._raise_stamp(submission_id))

    def _keep(self, lines: Collection[EntryVersion], stood: Collection[Form]) -> None:
        """What stands now: a statement for what is new, one for what changed, one for what is gone."""
        new = [line for line in lines if not line.removed and _form(line) not in stood]
        changed = [line for line in lines if not line.removed and _form(line) in stood]
        gone = [line for line in lines if line.removed]
        if new:
            self._connection.execute(entries.insert(), [_values(_entry(line)) for line in new])
        if changed:
            written: dict[str, Any] = {
                name: bindparam(f"new_{name}") for name in ("body", "version", "updated_by", "updated_at")
            }
            rows = [_place(line) | {f"new_{n}": v for n, v in _values(_entry(line)).items()} for line in changed]
            self._connection.execute(update(entries).where(_HERE).values(written), rows)
        if gone:
            self._connection.execute(delete(entries).where(_HERE), [_place(line) for line in gone])

    def bodies_at(self, submission_id: int, versions: Mapping[Form, int]) -> dict[Form, Json]:
        """What these entries said in these versions; one that never was, or was a removal, is left out."""
        if not versions:
            return {}
        table = entry_versions.c
        those = tuple_(table.kind, table["key"], table.version).in_(
            [(kind, key, version) for (kind, key), version in versions.items()]
        )
        query = select(table.kind, table["key"], table.body).where(
            table.submission_id == submission_id, those, table.removed.is_(False)
        )
        return {(kind, key): body for kind, key, body in self._connection.execute(query)}

    def _known(self, submission_id: int, forms: Collection[Form]) -> dict[Form, tuple[int, Entry | None]]:
        """Of each that ever was: its last version, and what stands of it."""
        table = entry_versions.c
        last = (
            select(table.kind, table["key"], func.max(table.version).label("last"))
            .where(table.submission_id == submission_id, tuple_(table.kind, table["key"]).in_(list(forms)))
            .group_by(table.kind, table["key"])
            .subquery()
        )
        here = (
            (entries.c.submission_id == submission_id)
            & (entries.c.kind == last.c.kind)
            & (entries.c["key"] == last.c["key"])
        )
        query = select(last.c.kind, last.c["key"], last.c.last, entries).select_from(last.outerjoin(entries, here))
        known: dict[Form, tuple[int, Entry | None]] = {}
        for kind, key, version, *columns in self._connection.execute(query):
            known[kind, key] = (version, None if columns[0] is None else Entry(*columns))
        return known

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

    def places(self, submission_ids: Collection[int], kinds: Collection[str]) -> tuple[tuple[int, str, str], ...]:
        """(submission, kind, key) of the entries of these kinds, without their bodies."""
        query = select(entries.c.submission_id, entries.c.kind, entries.c["key"]).where(
            entries.c.submission_id.in_(submission_ids), entries.c.kind.in_(kinds)
        )
        return tuple((row[0], row[1], row[2]) for row in self._connection.execute(query))

    def bodies(self, submission_ids: Collection[int], kinds: Collection[str]) -> tuple[tuple[int, str, str, Json], ...]:
        """The same with their bodies."""
        query = select(entries.c.submission_id, entries.c.kind, entries.c["key"], entries.c.body).where(
            entries.c.submission_id.in_(submission_ids), entries.c.kind.in_(kinds)
        )
        return tuple((row[0], row[1], row[2], row[3]) for row in self._connection.execute(query))

    def of_kinds(self, submission_ids: Collection[int], kinds: Collection[str]) -> tuple[Entry, ...]:
        """Whole entries of these kinds, of several submissions."""
        query = select(entries).where(entries.c.submission_id.in_(submission_ids), entries.c.kind.in_(kinds))
        return tuple(Entry(**row._mapping) for row in self._connection.execute(query))

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
        return oldest_first(EntryVersion(**row._mapping) for row in self._connection.execute(query))

    def writers(self, submission_ids: Collection[int], kinds: Collection[str]) -> set[tuple[int, str, str]]:
        """(submission, kind, username) of who wrote what stands of these kinds."""
        query = select(entries.c.submission_id, entries.c.kind, entries.c.updated_by).where(
            entries.c.submission_id.in_(submission_ids), entries.c.kind.in_(kinds)
        )
        return {(row[0], row[1], row[2]) for row in self._connection.execute(query.distinct())}

    def last_written(
        self, submission_ids: Collection[int], kinds: Collection[str]
    ) -> tuple[tuple[int, str, str, datetime], ...]:
        """(submission, kind, username, moment) of the last version that each wrote of these kinds, standing or not."""
        table = entry_versions.c
        query = select(table.submission_id, table.kind, table.by, func.max(table.at)).where(
            table.submission_id.in_(submission_ids), table.kind.in_(kinds), table.removed.is_(False)
        )
        grouped = query.group_by(table.submission_id, table.kind, table.by)
        return tuple((row[0], row[1], row[2], row[3]) for row in self._connection.execute(grouped))

    def written_by(self, username: str, submission_ids: Collection[int], kinds: Collection[str]) -> set[int]:
        """Those of these submissions of which the account ever wrote an entry of these kinds."""
        table = entry_versions.c
        query = select(table.submission_id).where(
            table.by == username, table.submission_id.in_(submission_ids), table.kind.in_(kinds)
        )
        return set(self._connection.execute(query.distinct()).scalars())

    def timeline(self, submission_id: int) -> tuple[EntryStep, ...]:
        """`history` without the bodies, oldest first: who touched what, for every page that is opened."""
        table = entry_versions.c
        query = select(table.kind, table["key"], table.version, table.removed, table.by, table.at).where(
            table.submission_id == submission_id
        )
        return oldest_first(EntryStep(*row) for row in self._connection.execute(query))

    def _standing(self, submission_id: int, kind: str, key: str) -> Entry | None:
        row = self._connection.execute(select(entries).where(_at(entries, submission_id, kind, key))).one_or_none()
        return None if row is None else Entry(**row._mapping)


def oldest_first(lines: Iterable[Step]) -> tuple[Step, ...]:
    """In the order of their moments, but no version before the one it took the place of: a clock may be set back."""
    latest: dict[tuple[str, str], datetime] = {}
    placed: list[tuple[datetime, Step]] = []
    for line in sorted(lines, key=lambda line: line.version):
        entry = line.kind, line.key
        latest[entry] = max(line.at, latest.get(entry, line.at))
        placed.append((latest[entry], line))
    placed.sort(key=lambda one: (one[0], one[1].kind, one[1].key, one[1].version))
    return tuple(line for _, line in placed)


_HERE = (
    (entries.c.submission_id == bindparam("of_submission"))
    & (entries.c.kind == bindparam("of_kind"))
    & (entries.c["key"] == bindparam("of_key"))
)


def _place(line: EntryVersion) -> dict[str, object]:
    return {"of_submission": line.submission_id, "of_kind": line.kind, "of_key": line.key}


def _form(line: EntryVersion) -> Form:
    return line.kind, line.key


def _line(
    submission_id: int, change: EntryChange, known: tuple[int, Entry | None], by: str, at: datetime
) -> EntryVersion:
    """The next line of the entry's history; what is taken out says what it was. Raises VersionConflict."""
    last, standing = known
    if (standing.version if standing else 0) != change.expected_version or (standing is None and change.removed):
        raise VersionConflict(f"{change.kind}/{change.key}", change.expected_version, standing)
    body = standing.body if change.removed and standing is not None else change.body
    return EntryVersion(submission_id, change.kind, change.key, last + 1, body, change.removed, by, at)


def _entry(line: EntryVersion) -> Entry:
    return Entry(line.submission_id, line.kind, line.key, line.body, line.version, line.by, line.at)


def _values(record: Entry | EntryVersion) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__slots__}


def _at(table: Table, submission_id: int, kind: str, key: str) -> ColumnElement[bool]:
    return (table.c.submission_id == submission_id) & (table.c.kind == kind) & (table.c["key"] == key)
