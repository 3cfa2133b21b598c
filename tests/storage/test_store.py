"""Transactions: all or nothing, nobody in between, and the database's refusals in words."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from storage import ReadOnly, SaveFailed, Store, StoreInUse, StoreMissing, open_store
from storage.database.lock import StoreLock
from tests.migrated import configure_in_earnest


def test_four_threads_that_read_then_write_fifty_times_lose_nothing(store, submission_id, now):
    with store.write("system", now) as tx:
        tx.entries.put(submission_id, "fact", "population", 0, 0)

    def count_up(name: str) -> None:
        for _ in range(50):
            with store.write(name, now) as tx:
                seen = tx.entries.get(submission_id, "fact", "population")
                tx.entries.put(submission_id, "fact", "population", seen.body + 1, seen.version)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, ["a", "b", "c", "d"]))
    with store.read() as tx:
        assert tx.entries.get(submission_id, "fact", "population").body == 200
        assert len(tx.entries.history(submission_id)) == 201
        assert tx.audit.verify() is None
        assert {e.actor for e in tx.audit.entries(action="entry.put", limit=500)} == {"system", "a", "b", "c", "d"}


def test_an_error_leaves_neither_entry_nor_history_nor_audit(store, submission_id, now):
    with store.read() as tx:
        before = tx.audit.head()

    def fail_in_mid_work() -> None:
        with store.write("zhang", now) as tx:
            tx.entries.put(submission_id, "answer", "1.1.1", {"claim": "met"}, 0)
            tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
            assert tx.audit.head().seq == before.seq + 2
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_in_mid_work()
    with store.read() as tx:
        assert tx.entries.all(submission_id) == ()
        assert tx.entries.history(submission_id) == ()
        assert tx.moves.all(submission_id) == ()
        assert tx.submissions.get(submission_id).state == "draft"
        assert tx.audit.head() == before
        assert tx.audit.verify() is None


def test_a_full_disk_leaves_the_store_as_it_was_and_says_so(store, submission_id, now):
    def no_more_pages(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with store.write("zhang", now) as tx:
        tx.entries.put(submission_id, "form", "narrative", "早先的文字", 0)
        head = tx.audit.head()
    store.engine.dispose()
    event.listen(store.engine, "connect", no_more_pages)
    with pytest.raises(SaveFailed, match="磁盘空间不足"), store.write("zhang", now) as tx:
        tx.entries.put(submission_id, "form", "narrative", "很长的文字" * 100_000, 1)
    event.remove(store.engine, "connect", no_more_pages)
    store.engine.dispose()
    with store.read() as tx:
        assert tx.entries.get(submission_id, "form", "narrative").body == "早先的文字"
        assert tx.audit.head() == head
        assert tx.audit.verify() is None
    with store.write("zhang", now) as tx:
        assert tx.entries.put(submission_id, "form", "narrative", "有空间了", 1).version == 2


def test_a_commit_that_fails_is_not_taken_for_a_save(store, submission_id, now):
    def refuse(_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    event.listen(store.engine, "commit", refuse)
    with pytest.raises((SaveFailed, sqlite3.OperationalError)), store.write("zhang", now) as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
    event.remove(store.engine, "commit", refuse)
    with store.read() as tx:
        assert tx.entries.all(submission_id) == ()


def test_a_reader_sees_one_moment_while_others_write(store, submission_id, now):
    with store.read() as reading:
        assert reading.entries.all(submission_id) == ()
        with store.write("zhang", now) as tx:
            tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
        assert reading.entries.all(submission_id) == ()
    with store.read() as reading:
        assert len(reading.entries.all(submission_id)) == 1


def test_nothing_can_be_written_while_only_reading(store, submission_id):
    with pytest.raises(ReadOnly), store.read() as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
    with pytest.raises(ReadOnly), store.read() as tx:
        tx.audit.append("x", "y", {})


def test_a_moment_without_zone_is_refused(store):
    with pytest.raises(ValueError, match="time zone"), store.write("zhang", datetime(2018, 6, 1)):  # noqa: DTZ001 - without its zone: what the test is about
        pass


def test_moments_are_kept_in_utc_to_the_microsecond(store, submission_id):
    at = datetime.fromisoformat("2018-06-01T08:00:00.000001+08:00")
    with store.write("zhang", at) as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
    with store.read() as tx:
        saved = tx.entries.get(submission_id, "answer", "1.1.1").updated_at
        assert tx.audit.verify() is None
    assert saved == at
    assert saved.tzinfo is UTC


def test_every_connection_has_the_settings_that_lose_nothing(var, monkeypatch):
    monkeypatch.setattr("storage.database.engine._configure_connection", configure_in_earnest)
    with open_store(var=var) as store:
        for engine in (store._reading, store._writing):
            with engine.connect() as connection:
                found = {
                    name: connection.execute(text(f"PRAGMA {name}")).scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
                }
            assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 8000}


def test_what_was_saved_is_there_after_opening_again(var, now):
    with open_store(var=var) as store, store.write("system", now) as tx:
        tx.audit.append("note", "store", {"text": "一"})
    with open_store(var=var) as store, store.read() as tx:
        assert tx.audit.entries()[0].detail == {"text": "一"}


def test_a_store_that_must_exist_is_not_made_by_looking_for_it(var):
    with pytest.raises(StoreMissing, match="init"):
        open_store(var=var, create=False)
    assert not var.exists()


def test_a_damaged_database_is_named_as_such(var: Path):
    open_store(var=var).close()
    (var / "store.db").write_bytes(b"not a database at all, " * 500)
    with pytest.raises(SaveFailed, match="已损坏"):
        open_store(var=var)
    StoreLock(var, alone=True).release()  # the failed opening left no lock behind


def test_nobody_opens_a_store_that_is_being_replaced(var: Path):
    alone = StoreLock(var, alone=True)
    with pytest.raises(StoreInUse):
        open_store(var=var)
    alone.release()
    open_store(var=var).close()


def test_a_store_in_use_is_not_replaced(store: Store, var: Path):
    with pytest.raises(StoreInUse, match="停止服务"):
        StoreLock(var, alone=True)


def test_another_url_than_the_embedded_store_may_be_named(tmp_path, now, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    with open_store(var=tmp_path / "var") as store, store.write("system", now) as tx:
        tx.audit.append("note", "store", {})
    assert (tmp_path / "elsewhere.db").is_file()
    assert not (tmp_path / "var" / "store.db").exists()


def test_one_transaction_may_write_in_several_names_and_at_several_moments(store, submission_id, now):
    earlier = now - timedelta(days=3)
    with store.write("zhang", now) as tx:
        tx.acting("li", earlier).entries.put(submission_id, "fact", "population", 1, 0)
        tx.entries.put(submission_id, "fact", "children", 2, 0)
        assert tx.acting("li", earlier).now == earlier
    with store.read() as tx:
        written = {line.key: (line.by, line.at) for line in tx.entries.history(submission_id)}
        assert written == {"population": ("li", earlier), "children": ("zhang", now)}
        assert tx.audit.verify() is None
        with pytest.raises(ReadOnly):
            tx.acting("li", now)
    with store.write("zhang", now) as tx, pytest.raises(ValueError, match="time zone"):
        tx.acting("li", now.replace(tzinfo=None))
