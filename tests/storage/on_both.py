"""Fixture: the store on the embedded engine and on PostgreSQL, one after the other, for tests of what both must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Store, open_store
from storage.database import schema
from storage.database.engine import make_engine


@pytest.fixture(params=["embedded", "postgresql"])
def store(request: pytest.FixtureRequest, var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        emptied(url)
        schema.upgrade(make_engine(url))
        monkeypatch.setenv("DATABASE_URL", url)
    with open_store(var=var) as opened:
        yield opened


def emptied(url: str) -> None:
    """Nothing stands in the database any more."""
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engine.dispose()
