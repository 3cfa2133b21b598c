"""New embedded stores begin as copies of one that went through the migrations, which cost more than most tests.

Their engines share what one process of the program does once.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.database import engine as engines
from storage.database import schema
from storage.database.engine import embedded_url, make_engine
from storage.store import DATABASE

upgrade_in_earnest, configure_in_earnest = schema.upgrade, engines._configure_connection


@pytest.fixture(autouse=True, scope="session")
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For stores opened where no file is yet; who migrates an engine of their own does so in earnest."""
    made = tmp_path_factory.mktemp("migrated") / DATABASE

    def copied(engine: Engine, *, to: str = "head") -> None:
        path = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and to == "head" and path.parent.is_dir() and not path.exists():
            if not made.exists():
                new = make_engine(embedded_url(made))
                upgrade_in_earnest(new)
                new.dispose()
            shutil.copyfile(made, path)
        upgrade_in_earnest(engine, to=to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "upgrade", copied)
        yield


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """Nearly every test has an engine of its own, and each would put the same statements into SQL again."""
    model = create_engine("sqlite://", query_cache_size=2000)
    model.connect().close()  # its dialect has seen a database

    def made(url: str, **options: object) -> Engine:
        engine = create_engine(url, **options)
        if engine.dialect.name == model.dialect.name:
            engine.dialect, engine._compiled_cache = model.dialect, model._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", made)
        yield


@pytest.fixture(autouse=True, scope="session")
def commits_not_waited_for() -> Iterator[None]:
    """No test cuts the power: what a process wrote before it was killed is there without waiting for the disk."""

    def hurried(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        configure_in_earnest(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_configure_connection", hurried)
        yield
