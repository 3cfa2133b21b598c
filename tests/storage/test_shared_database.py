"""The same store on a database server. Runs where TEST_DATABASE_URL names a PostgreSQL to play with (it is emptied)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import StoreMissing, open_store
from storage.__main__ import COMMANDS
from storage.cli import run
from storage.engine import make_engine
from storage.tables import metadata

from .conftest import with_submission

URL = os.environ.get("TEST_DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL, reason="TEST_DATABASE_URL 未设置")


@pytest.fixture
def empty(monkeypatch):
    engine = make_engine(URL)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", URL)


@pytest.fixture
def shared(empty, var):
    with pytest.raises(StoreMissing, match="init"):
        open_store(var=var)
    assert run(["init", "--var", str(var)], COMMANDS) == 0
    with open_store(var=var) as store:
        yield store


def test_the_migrated_schema_is_the_one_the_tables_declare(shared):
    with shared.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []


def test_four_threads_that_read_then_write_lose_nothing_and_the_chain_holds(shared, var, now, capsys):
    submission_id = with_submission(shared)
    with shared.write("system", now) as tx:
        tx.entries.put(submission_id, "fact", "population", 0, 0)

    def count_up(name: str) -> None:
        for _ in range(50):
            with shared.write(name, now) as tx:
                seen = tx.entries.get(submission_id, "fact", "population")
                tx.entries.put(submission_id, "fact", "population", seen.body + 1, seen.version)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, "abcd"))
    with shared.read() as tx:
        assert tx.entries.get(submission_id, "fact", "population").body == 200
        assert tx.audit.verify() is None
    assert run(["verify", "--var", str(var)], COMMANDS) == 0


@pytest.mark.parametrize("table", ["entry_versions", "moves", "audit"])
def test_the_server_refuses_to_rewrite_history(shared, now, table):
    submission_id = with_submission(shared)
    with shared.write("zhang", now) as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
        tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
    with pytest.raises(Exception, match="append-only"), shared.engine.begin() as connection:
        connection.execute(text(f"delete from {table}"))  # noqa: S608 - names from the list above


def test_backup_leaves_a_shared_database_to_its_own_tools(shared, var, tmp_path, capsys):
    assert run(["backup", str(tmp_path / "b.zip"), "--var", str(var)], COMMANDS) == 2
    assert "自带工具" in capsys.readouterr().err
