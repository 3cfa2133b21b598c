"""A store that is busy, full, read-only or gone for as long as a block runs, for tests of what people are then told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from hashlib import sha256

from sqlalchemy import event

from storage import Store
from storage.clock import now
from storage.errors import SaveFailed
from storage.store import DATABASE

_ROWS = 300
_PATIENCE = 0.3  # nobody wants to wait the real time in a test; one test measures that the real one is kept


@contextmanager
def busy(store: Store) -> Iterator[None]:
    """Another process writes and does not come to an end."""
    with closing(sqlite3.connect(store.var / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with _with_pragmas(store, f"busy_timeout = {int(_PATIENCE * 1000)}"):
            yield
        other.execute("ROLLBACK")


@contextmanager
def full(store: Store) -> Iterator[None]:
    """The database may not grow by a page, and the pages of what every sign-in writes have no room left."""
    with closing(sqlite3.connect(store.var / DATABASE, isolation_level=None)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    with _with_pragmas(store, f"max_page_count = {pages}"):
        for at in range(_ROWS):
            with suppress(SaveFailed), store.write("system", now()) as tx:
                tx.attempts.add(sha256(f"{at}".encode()).hexdigest(), "", succeeded=False)
        yield


@contextmanager
def read_only(store: Store) -> Iterator[None]:
    """Nothing may be written (file permissions would not stop root)."""
    with _with_pragmas(store, "query_only = ON"):
        yield


@contextmanager
def absent(store: Store) -> Iterator[None]:
    """The file has been moved away, and comes back."""
    path = store.var / DATABASE
    away = path.with_name("away.db")
    path.rename(away)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        away.rename(path)


@contextmanager
def _with_pragmas(store: Store, pragma: str) -> Iterator[None]:
    """Every connection of the store has the setting; afterwards connections are made anew."""

    def configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(store.engine, "connect", configure)
    store.engine.dispose()
    try:
        yield
    finally:
        event.remove(store.engine, "connect", configure)
        store.engine.dispose()


AILMENTS: dict[str, Callable[[Store], AbstractContextManager[None]]] = {
    "busy": busy,
    "full": full,
    "read_only": read_only,
    "absent": absent,
}
