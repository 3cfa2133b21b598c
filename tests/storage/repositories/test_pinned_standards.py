"""What a round judges by is kept in the store, whole, under the digest of its own text."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from hashlib import sha256

import pytest

from storage import ReadOnly, SaveFailed, open_store
from storage.care.backup import make_backup
from storage.care.integrity import inspect_store
from storage.care.restore import restore_backup
from storage.database.engine import embedded_url, make_engine
from storage.database.schema import upgrade
from tests.storage.care.test_replay import faults, tamper
from tests.storage.conftest import with_submission

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


def test_a_round_of_before_documents_were_kept_is_migrated_and_has_none(var, now):
    var.mkdir()
    engine = make_engine(embedded_url(var / "store.db"))
    upgrade(engine, to="0002")
    engine.dispose()
    with sqlite3.connect(var / "store.db") as connection:
        connection.execute(
            "insert into rounds (id, title, standards, fingerprints, period_first, period_last, demo, created_at)"
            " values ('2017', '往年批次', '[]', '{}', '2016-01-01', '2017-06-30', 0, '2017-07-01 00:00:00')"
        )
    connection.close()
    with open_store(var=var) as store, store.read() as tx:
        assert tx.rounds.get("2017").policies == {}
        assert tx.pinned_policies.all() == {}


@pytest.fixture
def documented(var, now):
    """A round that keeps a document, and has taken another edition of it."""
    other = sha256(b"{}").hexdigest()
    with open_store(var=var) as store:
        with_submission(store)
        with store.write("admin", now) as tx:
            tx.pinned_policies.keep("xuchang-2017-38", FINGERPRINT, TEXT)
            tx.rounds.repin("2018", {"national-2018": "a" * 64}, "文件更正", {"xuchang-2017-38": FINGERPRINT})
            tx.pinned_policies.keep("xuchang-2017-38", other, "{}")
            tx.rounds.repin("2018", {"national-2018": "a" * 64}, "再次更正", {"xuchang-2017-38": other})
            tx.rounds.repin("2018", {"national-2018": "c" * 64}, "只换标准")
    return var


def test_a_round_takes_other_documents_and_keeps_them_when_only_standards_change(documented):
    with open_store(var=documented) as store, store.read() as tx:
        assert tx.rounds.get("2018").policies == {"xuchang-2017-38": sha256(b"{}").hexdigest()}
        assert tx.pinned_policies.text(FINGERPRINT) == TEXT
    assert faults(documented) == ()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update rounds set policies = '{}'", "批次 2018：政策文件指纹"),
        ("update pinned_policies set text = '{}1'", "批次采用的政策文件"),
        ("update pinned_policies set policy_id = 'x'", "政策文件编号现为“x”"),
        ("delete from pinned_policies", "审计有记录而表中缺失"),
    ],
)
def test_verify_finds_a_document_that_was_changed_past_the_program(documented, sql, words):
    tamper(documented, sql)
    assert any(words in line for line in faults(documented))


def test_the_database_refuses_to_change_a_kept_document(documented, now):
    with open_store(var=documented) as store, pytest.raises(SaveFailed), store.write("admin", now) as tx:
        tx.audit.connection.exec_driver_sql("delete from pinned_policies")
