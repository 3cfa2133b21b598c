"""A busy, full, read-only, replaced or absent store: named, nothing half-written, and the next try works."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storage import Store
from storage.database.engine import BUSY_SECONDS
from storage.errors import SaveFailed, StoreError, StoreMissing
from storage.store import DATABASE
from tests.ailing_store import AILMENTS

_TEXT = {"text": "字" * 100_000}  # larger than what may be free in the file


def _write(store: Store, now: datetime) -> None:
    with store.write("zhang", now) as tx:
        tx.audit.append("note", "first", {"text": "一"})
        tx.audit.append("note", "second", _TEXT)


def _kept(store: Store) -> int:
    with store.read() as tx:
        assert tx.audit.verify() is None
        return len(tx.audit.entries())


@pytest.mark.parametrize("ailment", AILMENTS)
def test_it_is_named_keeps_nothing_of_what_failed_and_the_next_try_works(store, now, ailment):
    with store.write("zhang", now) as tx:
        tx.audit.append("note", "before", {})
    before = _kept(store)
    with AILMENTS[ailment](store), pytest.raises(StoreError) as refused:
        _write(store, now)
    assert refused.value.trouble == ailment
    assert _kept(store) == before
    _write(store, now)
    assert _kept(store) == before + 2


@pytest.mark.parametrize("ailment", ["busy", "full", "read_only"])
def test_it_is_read_all_the_same(store, now, ailment):
    _write(store, now)
    with AILMENTS[ailment](store):
        assert _kept(store) == 2


@pytest.mark.soak
def test_nobody_waits_longer_than_ten_seconds(store, now):
    with closing(sqlite3.connect(store.var / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(SaveFailed, match="系统繁忙"):
            _write(store, now)
        waited = time.monotonic() - begun
        begun = time.monotonic()
        with pytest.raises(SaveFailed), store.write("zhang", now, patience=0.2):
            pass
        hurried = time.monotonic() - begun
        other.execute("ROLLBACK")
        # Who was in a hurry leaves no haste behind in the pool.
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(SaveFailed):
            _write(store, now)
        again = time.monotonic() - begun
    assert BUSY_SECONDS - 1 < waited < 10
    assert hurried < 2
    assert again > BUSY_SECONDS - 1


def test_a_writer_that_waits_its_turn_gets_it(store, now):
    with closing(sqlite3.connect(store.var / DATABASE, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
        release.start()
        _write(store, now)
        release.join()
    assert _kept(store) == 2


def test_a_file_put_in_the_place_of_the_opened_one_is_not_written(store, now, tmp_path: Path):
    _write(store, now)
    path = store.var / DATABASE
    shutil.copy(path, tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(path)
    with pytest.raises(StoreMissing, match="已被替换"):
        _write(store, now)


def test_a_store_that_goes_in_mid_save_says_so_and_makes_no_new_file(store, now):
    path = store.var / DATABASE

    def save() -> None:
        with store.write("zhang", now) as tx:
            tx.audit.append("note", "first", {})
            path.rename(path.with_name("away.db"))

    with pytest.raises(StoreMissing):
        save()
    with pytest.raises(StoreMissing), store.read():
        pass
    assert not path.exists()
    path.with_name("away.db").rename(path)
    assert _kept(store) == 0
