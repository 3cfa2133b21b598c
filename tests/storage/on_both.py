"""Fixture: the store on the embedded engine and on PostgreSQL, one after the other, for tests of what both must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Store, open_store
from storage.database import schema
from storage.database.engine import make_engine
from storage.database.tables import metadata

_NUMBERS_FROM_ONE = """
    select setval(oid, 1, false) from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
"""
# URL → the rows that stand in a database straight after the migrations, table by table.
_beginnings: dict[str, dict[str, list[dict[str, object]]]] = {}


@pytest.fixture(params=["embedded", "postgresql"])
def store(request: pytest.FixtureRequest, var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        _begin(url)
        monkeypatch.setenv("DATABASE_URL", url)
    with open_store(var=var) as opened:
        yield opened


def _begin(url: str) -> None:
    """As after the migrations. Those of one database cost more than most tests: they are gone through once."""
    engine = make_engine(url)
    if url in _beginnings:
        with engine.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))  # append-only: not now
            for table in metadata.sorted_tables:  # truncating makes new files: for a few rows it costs far more
                connection.execute(table.delete())
            connection.execute(text(_NUMBERS_FROM_ONE))
            for table in metadata.sorted_tables:
                if rows := _beginnings[url][table.name]:
                    connection.execute(table.insert(), rows)
    else:
        emptied(url)
        schema.upgrade(engine)
        with engine.connect() as connection:
            _beginnings[url] = {
                table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in metadata.sorted_tables
            }
    engine.dispose()


def emptied(url: str) -> None:
    """Nothing stands in the database any more."""
    _beginnings.pop(url, None)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engine.dispose()
