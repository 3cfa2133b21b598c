"""Migrations: an empty store gets what the tables say, and a store from the future is left alone."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import StoreMissing, StoreNewer, StoreOutdated, open_store
from storage.database import schema
from storage.database.engine import embedded_url, make_engine
from storage.database.tables import metadata
from tests.migrated import upgrade_in_earnest


@pytest.fixture(autouse=True)
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "upgrade", upgrade_in_earnest)


def test_the_migrated_schema_is_the_one_the_tables_declare(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_head_named_in_the_code_is_the_newest_migration():
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.HEAD]


def test_an_empty_database_is_migrated_and_a_second_time_left_alone(tmp_path: Path):
    engine = make_engine(embedded_url(tmp_path / "store.db"))
    with engine.connect() as connection:
        assert schema.revision_of(connection) is None
    schema.upgrade(engine)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert schema.revision_of(connection) == schema.HEAD


def test_several_that_start_at_once_make_one_store(var: Path, now):
    def start(name: int) -> None:
        with open_store(var=var) as store, store.write(f"p{name}", now) as tx:
            tx.audit.append("start", "store", {})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(start, range(6)))
    with open_store(var=var) as store, store.read() as tx:
        assert tx.audit.head().seq == 6
        assert tx.audit.verify() is None


def test_a_newer_store_is_refused_in_words_and_not_touched(var: Path):
    open_store(var=var).close()
    with sqlite3.connect(var / "store.db") as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()
    before = (var / "store.db").read_bytes()
    with pytest.raises(StoreNewer, match="较新版本的程序") as refused:
        open_store(var=var)
    assert "9999" in str(refused.value)
    assert "升级程序" in str(refused.value)
    assert (var / "store.db").read_bytes() == before


def test_a_shared_database_is_checked_not_migrated(tmp_path: Path):
    engine = make_engine(embedded_url(tmp_path / "shared.db"))
    with pytest.raises(StoreMissing, match="init"):
        schema.require_current(engine)
    schema.upgrade(engine)
    schema.require_current(engine)


def test_a_shared_database_behind_the_code_is_refused(tmp_path: Path, monkeypatch):
    engine = make_engine(embedded_url(tmp_path / "shared.db"))
    schema.upgrade(engine)
    monkeypatch.setattr(schema, "HEAD", "9999")
    with pytest.raises(StoreOutdated, match="先备份"):
        schema.require_current(engine)


def test_a_store_from_before_there_were_stamps_counts_what_was_written(tmp_path: Path, now) -> None:
    path = tmp_path / "store.db"
    schema.upgrade(make_engine(embedded_url(path)), to="0004")
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            insert into rounds (id, title, standards, fingerprints, period_first, period_last, demo, created_at)
              values ('2018', '演示批次', '[]', '{}', '2017-01-01', '2018-06-30', 1, '2018-06-01 08:00:00');
            insert into submissions
              (id, round_id, division_code, division_name, state, version, created_at, state_since)
              values (1, '2018', '990121', '甲县', 'draft', 1, '2018-06-01 08:00:00', '2018-06-01 08:00:00');
            insert into entry_versions (submission_id, kind, key, version, body, removed, by, at)
              values (1, 'form', 'narrative', 1, '"一"', 0, 'li', '2018-06-01 08:00:00'),
                     (1, 'form', 'narrative', 2, '"二"', 0, 'li', '2018-06-01 08:00:01');
            """
        )
    connection.close()
    with open_store(var=tmp_path) as store, store.read() as tx:
        assert tx.submissions.stamps(1) == (2, 0)
