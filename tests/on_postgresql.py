"""Runs tests written for the embedded store on PostgreSQL: every data folder they open gets a schema of its own there.

    TEST_DATABASE_URL=postgresql+psycopg://… pytest -p tests.on_postgresql tests/workflow

By hand, before a release (ten minutes); `--ignore tests/workflow/submission/test_kill.py`. Tests that look into
the SQLite file itself, or that start further processes, do not belong here: most of tests/storage. A copied data folder
is copied with its rows.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from storage import store
from storage.database import schema
from storage.database.engine import make_engine
from storage.database.tables import metadata

URL = os.environ["TEST_DATABASE_URL"]
_server = create_engine(URL, isolation_level="AUTOCOMMIT")
_KEYS_THAT_COUNT = [table.name for table in metadata.sorted_tables if table.name not in {"rounds", "audit_head"}]


def _schema_of(database: Path) -> str:
    return f"test_{sha256(str(database.resolve()).encode()).hexdigest()[:24]}"


def _url_of(name: str) -> str:
    return f"{URL}?options=-csearch_path%3D{name}"


def url_in_place_of(database: Path) -> str:
    """The URL of the folder's schema. The file tells whose rows it stands for: after a copy another's, to be copied."""
    own = _schema_of(database)
    told = database.read_text() if database.exists() else None
    if told != own:
        with _server.connect() as connection:
            connection.execute(text(f"drop schema if exists {own} cascade"))
            connection.execute(text(f"create schema {own}"))
        if told is not None:
            _copy(told, own)
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_text(own)
    return _url_of(own)


def _copy(source: str, target: str) -> None:
    engine = make_engine(_url_of(target))
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))  # append-only and references: not now
        for table in metadata.sorted_tables:
            columns = ", ".join(f'"{column.name}"' for column in table.c)
            connection.execute(text(f"delete from {table.name}"))  # noqa: S608 - our own tables
            taken = f"select {columns} from {source}.{table.name}"  # noqa: S608 - our own tables
            connection.execute(text(f"insert into {table.name} ({columns}) {taken}"))
            if "id" in table.c and table.name in _KEYS_THAT_COUNT:
                connection.execute(
                    text(
                        f"select setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - our own tables' names
                        f"coalesce((select max(id) from {table.name}), 0) + 1, false)"
                    )
                )
    engine.dispose()


def migrated(engine: Engine) -> None:
    """As the embedded store is: when opened."""
    schema.upgrade(engine)


store.embedded_url = url_in_place_of
schema.require_current = migrated
