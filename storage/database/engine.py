"""Engines: the embedded SQLite with the settings that lose nothing, or whatever DATABASE_URL names."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from indicators.reading.visible import one_line
from storage.errors import BadDatabaseUrl

BUSY_SECONDS = 30
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
    """An engine whose connections begin as their option ``begin`` says: IMMEDIATE to write, DEFERRED to read.

    Raises BadDatabaseUrl; connects only when asked.
    """
    with _understood():
        if not is_embedded(url):
            return create_engine(url, pool_pre_ping=True)
        if make_url(url).database in _IN_MEMORY:
            raise BadDatabaseUrl("没有写数据库文件，内容无处保存")
        engine = create_engine(url, pool_size=20, max_overflow=20, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure_connection)
    event.listen(engine, "begin", _begin)
    return engine


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
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def for_reading(engine: Engine) -> Engine:
    """The same pool; what one transaction reads is one moment's state."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(begin="DEFERRED")
    return engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: Engine) -> Engine:
    """The same pool; on SQLite the write lock is taken at once."""
    return engine.execution_options(begin="IMMEDIATE")
