"""What a round judges by is kept in the store, whole, under the digest of its own text."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from hashlib import sha256

import pytest

from storage import ReadOnly, SaveFailed, open_store
from storage.backup import make_backup
from storage.engine import embedded_url, make_engine
from storage.integrity import inspect_store
from storage.restore import restore_backup
from storage.schema import upgrade

from .conftest import with_submission
from .test_replay import faults, tamper

TEXT = '{"id":"national-2018","title":"标准"}'
FINGERPRINT = sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def kept(var, now):
    with open_store(var=var) as store:
        with_submission(store)
        with store.write("admin", now) as tx:
            tx.pinned_standards.keep("national-2018", FINGERPRINT, TEXT)
    return var


def test_what_is_kept_is_there_and_keeping_it_again_changes_nothing(kept, now):
    with open_store(var=kept) as store:
        with store.write("admin", now + timedelta(days=1)) as tx:
            head = tx.audit.head()
            tx.pinned_standards.keep("national-2018", FINGERPRINT, TEXT)
            assert tx.audit.head() == head
        with store.read() as tx:
            assert tx.pinned_standards.all() == {FINGERPRINT: TEXT}
            assert tx.pinned_standards.text("0" * 64) is None


def test_a_text_is_kept_under_its_own_digest_only(store, now):
    with store.write("admin", now) as tx, pytest.raises(ValueError, match="fingerprint"):
        tx.pinned_standards.keep("national-2018", "0" * 64, TEXT)


def test_reading_writes_nothing(store):
    with store.read() as tx, pytest.raises(ReadOnly):
        tx.pinned_standards.keep("national-2018", FINGERPRINT, TEXT)


@pytest.mark.parametrize("sql", ["update pinned_standards set text = 'x'", "delete from pinned_standards"])
def test_the_database_refuses_to_change_what_is_kept(kept, now, sql):
    with open_store(var=kept) as store, pytest.raises(SaveFailed), store.write("admin", now) as tx:
        tx.audit.connection.exec_driver_sql(sql)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update pinned_standards set text = '{}'", "内容与指纹不符"),
        ("update pinned_standards set standard_id = 'x'", "标准编号现为“x”"),
        ("delete from pinned_standards", "审计有记录而表中缺失"),
    ],
)
def test_verify_finds_what_was_changed_past_the_program(kept, sql, words):
    assert faults(kept) == ()
    tamper(kept, sql)
    assert any(words in line for line in faults(kept))


def test_a_round_takes_other_contents_with_a_reason_and_verify_follows(kept, now):
    with open_store(var=kept) as store:
        with store.write("admin", now) as tx:
            changed = tx.rounds.repin("2018", {"national-2018": FINGERPRINT, "yunnan-2018": "b" * 64}, "规则更正")
        assert changed.fingerprints["national-2018"] == FINGERPRINT
        with store.read() as tx:
            told = tx.audit.entries(action="round.repin")[0].detail
        assert told["reason"] == "规则更正"
        assert told["fingerprints"]["from"]["national-2018"] == "a" * 64
    assert faults(kept) == ()
    tamper(kept, "update rounds set fingerprints = '{}'")
    assert any("批次 2018：标准指纹" in line for line in faults(kept))


def test_backup_and_restore_bring_it_along(kept, tmp_path, now):
    with open_store(var=kept) as store:
        archive = make_backup(store, tmp_path / "backup.zip", now).path
    restore_backup(archive, tmp_path / "other", now)
    with open_store(var=tmp_path / "other") as store:
        assert inspect_store(store).faults == ()
        with store.read() as tx:
            assert tx.pinned_standards.text(FINGERPRINT) == TEXT


def test_a_store_of_before_is_migrated_with_its_rounds(var, now):
    var.mkdir()
    engine = make_engine(embedded_url(var / "store.db"))
    upgrade(engine, to="0001")
    engine.dispose()
    with sqlite3.connect(var / "store.db") as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("0001",)
    connection.close()
    with open_store(var=var) as store:
        with_submission(store)
        with store.read() as tx:
            assert tx.pinned_standards.all() == {}
        assert inspect_store(store).faults == ()
