"""Engines: the embedded SQLite with the settings that lose nothing, or whatever DATABASE_URL names."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 30


def is_embedded(url: str) -> bool:
    """Is this a SQLite file of ours (and not a shared database server)?"""
    return make_url(url).get_backend_name() == "sqlite"


def embedded_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def make_engine(url: str) -> Engine:
    """An engine whose connections begin as their option ``begin`` says: IMMEDIATE to write, DEFERRED to read."""
    if not is_embedded(url):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, pool_size=20, max_overflow=20, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _settle_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _settle_connection(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN would be deferred and late: measured, three quarters of concurrent updates got lost.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _to_wal(connection)
    # FULL: a save that was acknowledged is on the disk, also after a power cut (NORMAL loses the last ones).
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switching to WAL does not wait for the busy timeout, so two processes starting at once need patience here."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as refusal:
            if "locked" not in str(refusal) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def for_reading(engine: Engine) -> Engine:
    """The same pool; what one transaction reads is one moment's state."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(begin="DEFERRED")
    return engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: Engine) -> Engine:
    """The same pool; on SQLite the write lock is taken at once."""
    return engine.execution_options(begin="IMMEDIATE")
