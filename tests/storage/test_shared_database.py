"""The same store on a database server: PostgreSQL, where there is one to play with (`tests.postgresql_server`)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import StoreMissing, StoreOutdated, open_store
from storage.__main__ import COMMANDS
from storage.cli import run
from storage.database import schema
from storage.database.engine import BUSY_SECONDS, make_engine
from storage.database.tables import APPEND_ONLY, metadata
from storage.errors import SaveFailed
from tests.storage.conftest import with_submission
from tests.storage.on_both import emptied
from workflow.accounts.throttling import FIRST_WAIT, NO_WAIT, pair_wait, strangers_wait


@pytest.fixture
def empty(postgresql_url, monkeypatch):
    emptied(postgresql_url)
    monkeypatch.setenv("DATABASE_URL", postgresql_url)


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


def test_a_writer_behind_others_is_told_that_the_store_is_busy(shared, now):
    with shared.write("zhang", now), pytest.raises(SaveFailed) as refused, shared.write("li", now, patience=0.3):
        pass
    assert refused.value.trouble == "busy"
    with shared.engine.connect() as connection:
        assert connection.execute(text("show lock_timeout")).scalar() == f"{BUSY_SECONDS}s"


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


@pytest.mark.parametrize("act", ["delete from {}", "update {} set {} = {}"])
@pytest.mark.parametrize("table", ["entry_versions", "moves", "audit", "pinned_standards"])
def test_the_server_refuses_to_rewrite_history(shared, now, table, act):
    submission_id = with_submission(shared)
    with shared.write("zhang", now) as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
        tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
        tx.pinned_standards.keep("national-2018", sha256(b"{}").hexdigest(), "{}")
    column = metadata.tables[table].columns.keys()[0]
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), shared.engine.begin() as connection:
        connection.execute(text(act.format(table, column, column)))


def test_every_append_only_table_is_guarded_on_the_server(shared):
    with shared.engine.connect() as connection:
        guarded = connection.execute(
            text("select event_object_table, event_manipulation from information_schema.triggers")
        ).all()
    assert {tuple(row) for row in guarded} == {(table, act) for table in APPEND_ONLY for act in ("UPDATE", "DELETE")}


def test_a_database_of_an_earlier_release_is_refused_until_it_is_migrated_and_then_keeps_rules(
    empty, postgresql_url, var, now
):
    engine = make_engine(postgresql_url)
    schema.upgrade(engine, to="0001")
    engine.dispose()
    with pytest.raises(StoreOutdated, match="init"):
        open_store(var=var)
    assert run(["init", "--var", str(var)], COMMANDS) == 0
    with open_store(var=var) as store:
        with store.write("system", now) as tx:
            tx.pinned_standards.keep("national-2018", sha256("规则".encode()).hexdigest(), "规则")
        with store.read() as tx:
            assert tx.pinned_standards.all() == {sha256("规则".encode()).hexdigest(): "规则"}


def test_a_round_keeps_its_rules_takes_the_installed_ones_and_is_verified(shared, var, now, capsys):
    period = ("--from", "2017-01-01", "--to", "2018-06-30", "--var", str(var))
    add = ["round", "add", "2018", "--title", "演示批次", "--standard", "national-2018", *period]
    assert run(add, COMMANDS) == 0
    with shared.write("system", now) as tx:
        assert set(tx.pinned_standards.all()) == set(tx.rounds.get("2018").fingerprints.values())
        tx.rounds.repin("2018", {"national-2018": "0" * 64}, "试")
    assert run(["round", "repin", "2018", "--reason", "规则更正", "--var", str(var)], COMMANDS) == 0
    assert run(["verify", "--var", str(var)], COMMANDS) == 0
    assert "完好" in capsys.readouterr().out


def test_wrong_passwords_wait_as_they_do_on_the_embedded_store(shared, now):
    with shared.write("anonymous", now) as tx:
        for number in range(12):
            tx.attempts.add("zhang", f"203.0.113.{number}", succeeded=False)
        tx.attempts.add("zhang", "10.0.0.1", succeeded=True)
    with shared.read() as tx:
        assert strangers_wait(tx, "zhang", now) == 4 * FIRST_WAIT
        assert pair_wait(tx, "zhang", "203.0.113.1", now) == NO_WAIT


def test_backup_leaves_a_shared_database_to_its_own_tools(shared, var, tmp_path, capsys):
    assert run(["backup", str(tmp_path / "b.zip"), "--var", str(var)], COMMANDS) == 2
    assert "自带工具" in capsys.readouterr().err
