"""The audit chain: whoever changes a line is found, at the line."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage import Store
from storage.acts import ENTRY_PUT, ENTRY_REMOVE, STORE_BACKUP, BackupDetail
from storage.database.tables import APPEND_ONLY


def tamper(store: Store, sql: str) -> None:
    """As someone with the database file would: triggers off first."""
    with store.engine.begin() as connection:
        for table in APPEND_ONLY:
            for act in ("update", "delete"):
                connection.execute(text(f"drop trigger if exists {table}_no_{act}"))
        connection.execute(text(sql))


@pytest.fixture
def chain(store, submission_id, now):
    """Five lines: a round, a submission, and three saves."""
    with store.write("zhang", now) as tx:
        for version in range(3):
            tx.entries.put(submission_id, "answer", "1.1.1", {"note": str(version)}, version)
        assert tx.audit.verify() is None
        assert tx.audit.head().seq == 5
    return store


@pytest.mark.parametrize(
    ("sql", "seq", "words"),
    [
        ("update audit set actor = 'li' where seq = 3", 3, "内容与其摘要不符"),
        ("update audit set at = '2018-06-02 08:00:00.000000' where seq = 3", 3, "内容与其摘要不符"),
        ("update audit set action = 'entry.remove' where seq = 5", 5, "内容与其摘要不符"),
        ("update audit set submission_id = 7 where seq = 4", 4, "内容与其摘要不符"),
        ("""update audit set detail = '{"version"\\:1}' where seq = 4""", 4, "内容与其摘要不符"),
        ("update audit set hash = previous_hash where seq = 2", 2, "内容与其摘要不符"),
        ("update audit set previous_hash = hash where seq = 4", 4, "不相接"),
        ("delete from audit where seq = 1", 1, "缺失"),
        ("delete from audit where seq = 3", 3, "缺失"),
        ("delete from audit where seq = 5", 5, "末尾被删改"),
        ("delete from audit", 1, "末尾被删改"),
        ("update audit set seq = 9 where seq = 5", 5, "缺失"),
        (
            "insert into audit select 6, at, actor, action, subject, 1, detail, hash, hash from audit where seq = 5",
            6,
            "内容与其摘要不符",
        ),
    ],
)
def test_tampering_is_found_at_its_line(chain, sql, seq, words):
    tamper(chain, sql)
    with chain.read() as tx:
        fault = tx.audit.verify()
    assert fault.seq == seq
    assert words in fault.message


def test_an_untouched_chain_holds_and_each_line_says_who_when_what(chain, submission_id, now):
    with chain.read() as tx:
        assert tx.audit.verify() is None
        newest = tx.audit.entries(limit=1)[0]
        assert (newest.actor, newest.at, newest.action, newest.subject, newest.submission_id) == (
            "zhang",
            now,
            "entry.put",
            "answer/1.1.1",
            submission_id,
        )
        assert newest.detail["version"] == 3


def test_the_log_is_read_page_by_page_and_by_who_and_what(chain, submission_id):
    with chain.read() as tx:
        assert [e.seq for e in tx.audit.entries(limit=2)] == [5, 4]
        assert [e.seq for e in tx.audit.entries(limit=2, before=4)] == [3, 2]
        assert [e.seq for e in tx.audit.entries(actor="system")] == [2, 1]
        assert [e.seq for e in tx.audit.entries(action="round.add")] == [1]
        assert [e.seq for e in tx.audit.entries(submission_id=submission_id)] == [5, 4, 3, 2]


def test_an_empty_log_holds(store):
    with store.read() as tx:
        assert tx.audit.verify() is None
        assert tx.audit.head().seq == 0


def test_a_links_detail_is_read_by_its_own_act_only(chain):
    with chain.read() as tx:
        newest = tx.audit.entries(limit=1)[0]
    assert newest.detail_as(ENTRY_PUT)["version"] == 3
    with pytest.raises(ValueError, match=r"entry\.put"):
        newest.detail_as(ENTRY_REMOVE)


def test_an_act_is_kept_as_plain_text_and_found_by_its_name(chain, now):
    with chain.write("zhang", now) as tx:
        assert type(tx.audit.append(STORE_BACKUP, "store", BackupDetail(file="a.zip")).action) is str
        assert tx.audit.entries(action=STORE_BACKUP) == tx.audit.entries(action="store.backup")
        assert tx.audit.verify() is None
