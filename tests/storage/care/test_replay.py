"""The tables against the audit log: whoever changes a row past the program is found, a store in use is clean."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from storage import open_store
from storage.care.integrity import inspect_store
from storage.records import ReturnItem
from tests.storage.care.test_backup import fill


@pytest.fixture
def used(var: Path, now) -> Path:
    """A store with an account, a round, two submissions, returns and a file, each changed the proper way."""
    fill(var, now, "文字")
    with open_store(var=var) as store, store.write("admin", now + timedelta(days=1)) as tx:
        tx.accounts.change(1, display_name="张四", unit="甲县民政局")
        tx.accounts.set_password(1, "$y", must_change=False)
        tx.rounds.change("2018", quota_per_prefecture=2, apply_by=date(2018, 7, 1))
        tx.submissions.add(round_id="2018", division_code="990122", division_name="乙县", state="draft")
        tx.reviewers.put(tx.submissions.get(2), "prefecture", {"": "zhang", "5": "li"})
        tx.moves.add(1, move="hand_over", to_state="awaiting_government", expected_version=1)
        items = [ReturnItem(1, "3.3.2", "缺凭证")]
        first = tx.returns.add(1, level="prefecture", items=items, reason="补正", due=date(2018, 7, 20))
        tx.returns.extend(first.id, date(2018, 7, 25))
        tx.returns.close(first.id)
        tx.returns.add(1, level="province", items=items)
        tx.rounds.give("2018", "990000", "rate", Decimal("0.6"))
        tx.rounds.give("2018", "990100", "rate", 2)
        tx.rounds.give("2018", "990000", "rate", None)
        tx.rounds.close("2018")
    return var


def faults(var: Path) -> tuple[str, ...]:
    with open_store(var=var) as store:
        return inspect_store(store).faults


def tamper(var: Path, sql: str) -> None:
    connection = sqlite3.connect(var / "store.db")
    for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")
    assert connection.execute(sql).rowcount > 0
    connection.commit()
    connection.close()


def test_a_store_changed_by_the_program_alone_is_clean(used) -> None:
    assert faults(used) == ()


_INSERTED = (
    "insert into accounts select 9, 'ghost', display_name, password_hash, 'administrator', '000000', unit, 0, 0, 0,"
    " created_at, password_set_at, predecessors from accounts"
)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update submissions set state = 'province_recommended' where id = 2", "申报 2（乙县）：当前状态"),
        ("update submissions set division_code = '990181' where id = 2", "申报 2：行政区划"),
        ("update accounts set role = 'administrator'", "账号 1：角色现为“administrator”"),
        ("update accounts set division_code = '990100'", "账号 1：行政区划"),
        ("update accounts set disabled = 1", "账号 1：停用"),
        ("update accounts set unit = null", "账号 1：单位"),
        ("update accounts set must_change_password = 1", "账号 1：须改密码"),
        ("update accounts set password_set_at = '2019-01-01 00:00:00.000000'", "账号 1：密码设置时间"),
        (_INSERTED, "账号 9：表中有而审计没有记录"),
        ("update rounds set standards = '[\"national-2018\"]'", "批次 2018：标准"),
        ("update rounds set fingerprints = '{}'", "批次 2018：标准指纹"),
        ("update rounds set period_last = '2019-06-30'", "批次 2018：申报期止"),
        ("update rounds set apply_by = '2019-06-30'", "批次 2018：申报截止"),
        ("update rounds set quota_per_prefecture = 9", "批次 2018：推荐名额"),
        ("update rounds set second_reviewer = 1", "批次 2018：两人分别办理"),
        ("update submissions set reviewers = '{}' where id = 2", "申报 2：评审分工"),
        ("update rounds set closed_at = null", "批次 2018：关闭时间"),
        ("update rounds set given = null", "批次 2018：各级给出的数"),
        ("update returns set due = '2019-01-01' where number = 1", "申报 1 补正通知第 1 号：期限"),
        ("update returns set items = '[]' where number = 2", "申报 1 补正通知第 2 号：补正事项"),
        ("update returns set closed_at = null where number = 1", "申报 1 补正通知第 1 号：办结时间"),
        ("delete from returns where number = 2", "申报 1 补正通知第 2 号：审计有记录而表中缺失"),
        ("delete from files", "审计有记录而表中缺失"),
        ("update files set name = '另一份.pdf'", "文件名现为“另一份.pdf”"),
        ("update files set submission_id = 2", "申报 2 文件"),
    ],
)
def test_what_was_changed_past_the_program_is_named(used, sql, words) -> None:
    tamper(used, sql)
    found = faults(used)
    assert any(words in line for line in found), found
