"""``python -m storage``: what it does, what it says, and how it ends."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage import open_store
from storage.__main__ import COMMANDS
from storage.cli import run
from storage.file_store import FileStore
from tests.instant import python_at
from tests.storage.care.test_backup import fill, note_in
from tests.storage.conftest import with_submission


def storage(capsys: pytest.CaptureFixture, *arguments: str | Path) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments], COMMANDS)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_init_makes_the_store_and_may_be_said_twice(capsys, var):
    for _ in range(2):
        code, out, err = storage(capsys, "init", "--var", var)
        assert (code, err) == (0, "")
        assert str(var / "store.db") in out
    with open_store(var=var, create=False) as store, store.read() as tx:
        assert tx.audit.head().seq == 0


def test_the_folder_may_be_named_before_or_after_the_command(capsys, tmp_path):
    assert storage(capsys, "--var", tmp_path / "a", "init")[0] == 0
    assert storage(capsys, "init", "--var", tmp_path / "b")[0] == 0
    assert (tmp_path / "a" / "store.db").is_file()
    assert (tmp_path / "b" / "store.db").is_file()


def test_backup_restore_and_verify_go_round(capsys, tmp_path, now):
    fill(tmp_path / "a", now, "文字")
    code, out, err = storage(capsys, "backup", tmp_path / "b.zip", "--var", tmp_path / "a")
    assert (code, err) == (0, "")
    assert "佐证文件 1 个" in out
    code, out, err = storage(capsys, "restore", tmp_path / "b.zip", "--var", tmp_path / "c")
    assert (code, err) == (0, "")
    assert "重新登录" in out
    code, out, err = storage(capsys, "verify", "--var", tmp_path / "c")
    assert (code, err) == (0, "")
    assert "申报 1 件，内容 1 版，佐证文件 1 个" in out
    code, _, err = storage(capsys, "restore", tmp_path / "b.zip", "--var", tmp_path / "c")
    assert code == 2
    assert "--force" in err
    code, out, _ = storage(capsys, "restore", tmp_path / "b.zip", "--force", "--var", tmp_path / "c")
    assert code == 0
    assert "store.db.before-" in out
    assert note_in(tmp_path / "c") == "文字"


@pytest.mark.parametrize(
    "flaw",
    [
        ("postgresql+psycopg://zhang:geheim@127.0.0.1/x", "没有安装驱动程序 psycopg"),
        ("postgresql+pg8000://zhang:geheim@127.0.0.1/x", "没有安装驱动程序 pg8000"),
        ("mysql://zhang:geheim@127.0.0.1/x", "没有安装驱动程序 MySQLdb"),
        ("postgres://zhang:geheim@127.0.0.1/x", "不认识“postgres”这种数据库"),
        ("geheim", "不是一个数据库地址"),
        (" ", "不是一个数据库地址"),
        ("postgresql+psycopg://zhang:geheim@127.0.0.1:port/x", "不是一个数据库地址"),
        ("sqlite:///x.db?timeout=long", "不是一个数据库地址"),
        ("sqlite://", "没有写数据库文件，内容无处保存"),
    ],
)
@pytest.mark.parametrize("command", [("init",), ("verify",), ("user", "list")], ids=" ".join)
def test_a_database_url_that_cannot_be_used_is_one_line_with_what_to_write(capsys, monkeypatch, var, command, flaw):
    url, why = flaw
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    code, out, err = storage(capsys, *command, "--var", var)
    assert (code, out) == (2, "")
    assert err == (
        f"环境变量 DATABASE_URL 不能用：{why}。请写成 postgresql+psycopg://用户名:密码@主机:5432/数据库名"
        "（驱动程序：pip install -r requirements-postgresql.txt）；用内置数据库的，请删去这个环境变量。\n"
    )
    assert not var.exists()


def test_a_database_that_does_not_answer_is_one_line_too(capsys, monkeypatch, var):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://zhang:geheim@127.0.0.1:1/x")
    code, out, err = storage(capsys, "init", "--var", var)
    assert (code, out) == (2, "")
    assert err.startswith("数据库打不开：连不上数据库，请检查 DATABASE_URL 中的主机、端口")
    assert (err.count("\n"), err.count("geheim")) == (1, 0)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update audit set actor = 'x' where seq = 2", "审计链：审计记录第 2 条"),
        ("""update entry_versions set body = '{"note":"改"}'""", "answer/1.1.1 第 1 版：内容与审计记录不符"),
        ("""update entries set body = '{"note":"改"}'""", "answer/1.1.1：现有内容与历史记录的最后一版不符"),
        ("update entries set version = 2", "answer/1.1.1：现有内容与历史记录的最后一版不符"),
        ("delete from entries", "answer/1.1.1：现有内容与历史记录的最后一版不符"),
        ("delete from entry_versions", "审计有记录而历史缺失"),
        ("update submissions set state = 'province_recommended'", "状态"),
        ("update files set submission_id = 77", "引用的 submissions 不存在"),
        ("update entries set body = 'not json'", "数据库："),
    ],
)
def test_verify_names_what_was_tampered_with(capsys, tmp_path, now, sql, words):
    var = tmp_path / "var"
    fill(var, now, "文字")
    with open_store(var=var) as store, store.write("zhang", now) as tx:
        tx.moves.add(1, move="hand_over", to_state="awaiting_government", expected_version=1)
    connection = sqlite3.connect(var / "store.db")
    for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")
    connection.execute(sql)
    connection.commit()
    connection.close()
    code, out, err = storage(capsys, "verify", "--var", var)
    assert (code, out) == (1, "")
    assert words in err
    assert "备份恢复" in err


@pytest.mark.parametrize(("damage", "words"), [("rot", "不符"), ("loss", "缺失")])
def test_verify_names_the_file_that_is_not_what_it_was(capsys, tmp_path, now, damage, words):
    digest = fill(tmp_path / "var", now, "文字")
    path = FileStore(tmp_path / "var" / "files").path(digest)
    path.unlink()
    if damage == "rot":
        path.write_bytes(b"rot")
    code, _, err = storage(capsys, "verify", "--var", tmp_path / "var")
    assert code == 1
    assert digest in err
    assert "通知.pdf" in err
    assert words in err


def test_verify_finds_damaged_pages(capsys, tmp_path, now):
    var = tmp_path / "var"
    with open_store(var=var) as store:
        submission_id = with_submission(store)
        with store.write("zhang", now) as tx:
            for number in range(200):
                tx.entries.put(submission_id, "answer", f"{number}", {"note": "文字" * 50}, 0)
    path = var / "store.db"
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = delete")
    size = connection.execute("pragma page_size").fetchone()[0]
    root = connection.execute("select rootpage from sqlite_master where name = 'entry_versions'").fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    code, _, err = storage(capsys, "verify", "--var", var)
    assert code == 1
    assert "数据库" in err


def test_verify_of_what_is_no_database_says_so(capsys, var):
    var.mkdir()
    (var / "store.db").write_bytes(b"no database " * 500)
    code, out, err = storage(capsys, "verify", "--var", var)
    assert (code, out) == (2, "")
    assert "已损坏" in err


@pytest.mark.parametrize("command", [("verify",), ("backup", "b.zip")])
def test_what_needs_a_store_does_not_make_one(capsys, var, command):
    code, _, err = storage(capsys, *command, "--var", var)
    assert code == 2
    assert "init" in err
    assert not var.exists()


def test_a_backup_that_is_not_there_is_named(capsys, var):
    code, _, err = storage(capsys, "restore", "nothing.zip", "--var", var)
    assert code == 2
    assert "nothing.zip" in err


def test_a_backup_with_a_lost_file_is_written_and_ends_with_1(capsys, tmp_path, now):
    digest = fill(tmp_path / "var", now, "文字")
    FileStore(tmp_path / "var" / "files").path(digest).unlink()
    code, out, err = storage(capsys, "backup", tmp_path / "b.zip", "--var", tmp_path / "var")
    assert code == 1
    assert "已备份" in out
    assert digest in err


def test_restore_keeps_off_a_shared_database(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nowhere/x")
    code, _, err = storage(capsys, "restore", "b.zip", "--var", tmp_path)
    assert code == 2
    assert "DATABASE_URL" in err


def test_a_folder_that_cannot_be_written_ends_with_a_line_not_a_traceback(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        python_at("storage", "init", "--var", str(tmp_path / "file" / "var")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "file" in done.stderr


def test_the_command_line_starts_as_a_module():
    done = subprocess.run(python_at("storage", "--help"), capture_output=True, text=True, check=True)
    for command in COMMANDS:
        assert command.name in done.stdout


def test_a_backup_goes_through_pipes(capsysbinary, monkeypatch, tmp_path, now):
    fill(tmp_path / "a", now, "文字")
    assert run(["backup", "-", "--var", str(tmp_path / "a")], COMMANDS) == 0
    said = capsysbinary.readouterr()
    assert said.out.startswith(b"PK")
    assert "已备份并核对：-" in said.err.decode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.out)))
    assert run(["restore", "-", "--var", str(tmp_path / "c")], COMMANDS) == 0
    assert note_in(tmp_path / "c") == "文字"
    assert {path.name for path in tmp_path.iterdir()} == {"a", "c"}


def test_a_backup_through_a_pipe_that_is_none_is_called_standard_input(capsys, monkeypatch, var):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"no zip")))
    code, out, err = storage(capsys, "restore", "-", "--var", var)
    assert (code, out) == (2, "")
    assert err == "标准输入：不是完整的备份文件。请换一份备份。\n"


def test_verify_tells_other_programs_what_it_found(capsys, tmp_path, now):
    digest = fill(tmp_path / "var", now, "文字")
    code, out, _ = storage(capsys, "verify", "--json", "--var", tmp_path / "var")
    whole = json.loads(out)
    assert (code, whole["faults"], whole["submissions"], whole["files"]) == (0, [], 1, 1)
    assert set(whole["head"]) == {"seq", "hash"}
    FileStore(tmp_path / "var" / "files").path(digest).unlink()
    code, out, err = storage(capsys, "verify", "--json", "--var", tmp_path / "var")
    assert (code, err) == (1, "")
    assert digest in json.loads(out)["faults"][0]
