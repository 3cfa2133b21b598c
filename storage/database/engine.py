"""Engines: the embedded SQLite with the settings that lose nothing, or whatever DATABASE_URL names."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from indicators.reading.visible import one_line
from storage.errors import BadDatabaseUrl

# A writer stands in line this long behind others before it is told that the store is busy: people wait for it.
BUSY_SECONDS = 8
_IN_MEMORY = {None, "", ":memory:"}


def is_embedded(url: str) -> bool:
    """Is this a SQLite file of ours (and not a shared database server)? Raises BadDatabaseUrl."""
    with _understood():
        return make_url(url).get_backend_name() == "sqlite"


@contextmanager
def _understood() -> Iterator[None]:
    """SQLAlchemy's complaints of a URL as ours. None repeats the URL: a password may stand in it."""
    try:
        yield
    except NoSuchModuleError as unknown:
        name = one_line(str(unknown).rpartition(":")[2])
        raise BadDatabaseUrl(f"不认识“{name}”这种数据库") from unknown
    except ImportError as absent:
        raise BadDatabaseUrl(f"没有安装驱动程序 {absent.name}") from absent
    except (ArgumentError, ValueError) as nonsense:
        raise BadDatabaseUrl("不是一个数据库地址") from nonsense


def embedded_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def make_engine(url: str) -> Engine:
    """An engine whose connections begin as their option ``begin`` says: IMMEDIATE to write, DEFERRED to read, and not
    at all where that is None.

    Raises BadDatabaseUrl; connects only when asked.
    """
    with _understood():
        if not is_embedded(url):
            return _on_a_server(url)
        if make_url(url).database in _IN_MEMORY:
            raise BadDatabaseUrl("没有写数据库文件，内容无处保存")
        engine = create_engine(
            url, pool_size=20, max_overflow=20, pool_timeout=BUSY_SECONDS, connect_args={"timeout": BUSY_SECONDS}
        )
    event.listen(engine, "connect", _configure_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _on_a_server(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=BUSY_SECONDS)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _wait_for_locks)
        event.listen(engine, "begin", _wait_less)
    return engine


def _wait_for_locks(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.cursor().execute(f"SET lock_timeout = {BUSY_SECONDS * 1000}")
    connection.commit()


def _wait_less(connection: Connection) -> None:
    patience = connection.get_execution_options().get("patience")
    if patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience * 1000)}")


def _configure_connection(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
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
    options = connection.get_execution_options()
    if (how := options.get("begin", "DEFERRED")) is None:
        return
    begin = f"BEGIN {how}"
    patience = options.get("patience")
    if patience is None:
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def for_reading(engine: Engine) -> Engine:
    """The same pool; what one transaction reads is one moment's state."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(begin="DEFERRED")
    return engine.execution_options(isolation_level="REPEATABLE READ")


def for_glancing(engine: Engine) -> Engine:
    """The same pool; each statement stands alone."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(begin=None)
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def for_writing(engine: Engine, patience: float | None = None) -> Engine:
    """The same pool; on SQLite the write lock is taken at once. ``patience``: seconds instead of `BUSY_SECONDS`."""
    return engine.execution_options(begin="IMMEDIATE", patience=patience)
