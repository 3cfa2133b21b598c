"""What must be there before the first request, and what is said when it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage import open_store
from storage.errors import StoreError
from tests.ui.made import LIBRARY
from tests.ui.web.conftest import Clock
from ui.office import office, replace_office
from ui.settings import BadSetting, settings
from ui.web import startup
from workflow.accounts.accounts import NewAccount, add_account
from workflow.demo.seed import DEMO_ACCOUNTS, DEMO_PASSWORD
from workflow.office import Office
from workflow.people import Role

_ADMINISTRATOR = NewAccount("guanli", "管理员", Role.ADMINISTRATOR, "000000")


@pytest.fixture
def empty_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An empty_office on an empty store."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with open_store(var=tmp_path / "var") as store:
        made = Office(store, LIBRARY)
        replace_office(made)
        yield made
        replace_office(None)


def test_in_earnest_it_does_not_start_without_an_administrator(empty_office):
    with pytest.raises(startup.NotReady) as refused:
        startup.ready(demo=False)
    assert f"python -m storage user add 用户名 --name 姓名 --role administrator --var {empty_office.store.var}" in str(
        refused.value
    )
    with empty_office.store.read() as tx:
        assert tx.accounts.all() == ()


@pytest.mark.parametrize("flaw", ["disabled", "demo", "another role"])
def test_an_administrator_who_cannot_sign_in_does_not_count(empty_office, flaw):
    now = Clock().instant
    if flaw == "demo":
        add_account(empty_office, None, _ADMINISTRATOR, now, password=DEMO_PASSWORD, demo=True)
    elif flaw == "another role":
        add_account(empty_office, None, NewAccount("guancha", "观察员", Role.OBSERVER, "000000"), now)
    else:
        account, _ = add_account(empty_office, None, _ADMINISTRATOR, now)
        with empty_office.store.write("system", now) as tx:
            tx.accounts.change(account.id, disabled=True)
    with pytest.raises(startup.NotReady):
        startup.ready(demo=False)


def test_with_an_administrator_it_starts_and_adds_nothing(empty_office):
    add_account(empty_office, None, _ADMINISTRATOR, Clock().instant)
    startup.ready(demo=False)
    with empty_office.store.read() as tx:
        assert [account.username for account in tx.accounts.all()] == ["guanli"]
        assert tx.rounds.all() == ()


@pytest.mark.day
def test_demonstration_fills_an_empty_store_once(empty_office):
    startup.ready(demo=True)
    with empty_office.store.read() as tx:
        head = tx.audit.head()
        assert {new.username for new in DEMO_ACCOUNTS} <= {account.username for account in tx.accounts.all()}
    startup.ready(demo=True)
    with empty_office.store.read() as tx:
        assert tx.audit.head() == head


def test_demonstration_leaves_a_store_in_use_alone(empty_office):
    add_account(empty_office, None, _ADMINISTRATOR, Clock().instant)
    startup.ready(demo=True)
    with empty_office.store.read() as tx:
        assert [account.username for account in tx.accounts.all()] == ["guanli"]


def test_store_that_cannot_be_opened_is_one_sentence(monkeypatch):
    def broken():
        raise StoreError("数据打不开：磁盘空间不足。")

    monkeypatch.setattr(startup, "office", broken)
    with pytest.raises(startup.NotReady, match=r"^数据打不开"):
        startup.ready(demo=True)


def test_the_program_does_not_start_where_it_must_not_and_says_why_and_nothing_else(tmp_path):
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    known |= {"DATA_DIR": str(tmp_path / "var"), "DEMO": "0"}
    ended = subprocess.run(
        command, check=False, cwd=startup.PROJECT, env=known, capture_output=True, encoding="utf-8", timeout=300
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("未启动：还没有系统管理员账号。")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEMO": "maybe"}, "未启动：环境变量 DEMO 的值“maybe”无法识别。请写 1（是）或 0（否）。\n"),
        ({"DATABASE_URL": "nonsense"}, "未启动：环境变量 DATABASE_URL 不能用：不是一个数据库地址。"),
        ({"DEMO": "1", "SCHEME": "none"}, "未启动：环境变量 SCHEME："),
    ],
)
def test_by_a_wrong_setting_no_service_starts(tmp_path, monkeypatch, capsys, environment, sentence):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in {"DATA_DIR": str(tmp_path / "var"), **environment}.items():
        monkeypatch.setenv(name, value)
    replace_office(None)
    with pytest.raises(SystemExit) as ended:
        startup.prepare()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith(sentence)
    assert not (tmp_path / "var").exists()


def test_a_service_that_starts_says_where(empty_office, monkeypatch, capsys):
    add_account(empty_office, None, _ADMINISTRATOR, Clock().instant)
    monkeypatch.setenv("DEMO", "0")
    startup.prepare()
    assert "http://127.0.0.1:8501 " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("demo", "address", "expected"),
    [
        ("1", "0.0.0.0", True),  # noqa: S104 - the case that matters
        ("0", "127.0.0.1", False),
        ("", "127.0.0.1", True),
        ("", "localhost", True),
        ("", "0.0.0.0", False),  # noqa: S104 - refused: what the test is about
        ("", "10.1.2.3", False),
        ("", None, False),
    ],
)
def test_public_passwords_are_never_offered_to_a_network_unasked(monkeypatch, demo, address, expected):
    monkeypatch.setenv("DEMO", demo)
    monkeypatch.setattr("ui.settings.config.get_option", lambda _: address)
    assert settings().demo is expected


def test_setting_that_is_neither_yes_nor_no_is_named(monkeypatch):
    monkeypatch.setenv("DEMO", "maybe")
    with pytest.raises(BadSetting, match=r"DEMO.*maybe"):
        settings()


def test_one_office_per_process(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "here"))
    monkeypatch.setenv("DEMO", "0")
    replace_office(None)
    try:
        made = office()
        assert office() is made
        assert made.store.var == tmp_path / "here"
        assert made.demo_accounts is False
        made.store.close()
    finally:
        replace_office(None)
