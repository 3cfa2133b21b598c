"""Backup and restore: whole or not at all, and what was is kept beside."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage import BackupRefused, SaveFailed, StoreInUse, StoreNewer, open_store
from storage.care.backup import make_backup
from storage.care.integrity import inspect_store
from storage.care.restore import restore_backup
from storage.file_store import FileStore
from storage.records import DraftField
from storage.repositories.drafts import Window
from tests.storage.conftest import with_submission

PDF = b"%PDF-1.7 " + bytes(range(256)) * 5000


def fill(var: Path, now: datetime, note: str) -> str:
    """A store with one submission, one answer and one file; the file's digest."""
    with open_store(var=var) as store:
        submission_id = with_submission(store)
        digest = store.files.put(io.BytesIO(PDF))
        with store.write("zhang", now) as tx:
            tx.entries.put(submission_id, "answer", "1.1.1", {"note": note}, 0)
            tx.files.register(submission_id, digest, name="通知.pdf", media_type="application/pdf")
            account = tx.accounts.add(
                username="zhang",
                display_name="张三",
                password_hash="$x",  # noqa: S106 - a hash of nothing
                role="county_coordinator",
                division_code="990121",
            )
            tx.sessions.add("a" * 64, account.id, now + timedelta(hours=8))
    return digest


def note_in(var: Path) -> str:
    with open_store(var=var, create=False) as store, store.read() as tx:
        return tx.entries.get(1, "answer", "1.1.1").body["note"]


@pytest.fixture
def archive(tmp_path: Path, now: datetime) -> Path:
    """A backup of a filled store."""
    fill(tmp_path / "source", now, "备份里的文字")
    with open_store(var=tmp_path / "source") as store:
        return make_backup(store, tmp_path / "backup.zip", now).path


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_what_is_typed_and_not_saved_is_in_no_backup(tmp_path, now):
    """Neither as rows nor on pages that were freed."""
    fill(tmp_path / "source", now, "备份里的文字")
    window = Window(1, "s1", "a")
    with open_store(var=tmp_path / "source") as store:
        for word, closed in (("FORMERDRAFT", True), ("STANDINGDRAFT", False)):
            text = f"{word} " * 2000
            with store.jot(now) as tx:
                tx.drafts.put([DraftField(1, "s1", "answer", "1.1.1", "a", "note", 1, 0, text, now, now)])
            if closed:
                with store.jot(now) as tx:
                    tx.drafts.close(window, [("answer", "1.1.1")])
        archive = make_backup(store, tmp_path / "backup.zip", now).path
        with store.read() as tx:
            assert len(tx.drafts.book(1, "s1")[0]) == 1
        assert not inspect_store(store).faults
    with zipfile.ZipFile(archive) as opened:
        database = opened.read("store.db")
    assert b"DRAFT" in (tmp_path / "source" / "store.db").read_bytes()
    assert b"DRAFT" not in database
    restore_backup(archive, tmp_path / "target", now)
    with open_store(var=tmp_path / "target", create=False) as target, target.read() as tx:
        assert tx.drafts.book(1, "s1")[0] == ()
        assert tx.drafts.closings(1, "s1") == {}


def test_a_backup_brought_back_elsewhere_is_the_same_store(tmp_path, now, archive):
    restored = restore_backup(archive, tmp_path / "target", now)
    assert (restored.files, restored.former, restored.missing) == (1, None, ())
    with open_store(var=tmp_path / "source") as source, open_store(var=tmp_path / "target", create=False) as target:
        with source.read() as before, target.read() as after:
            for name in ("entries", "moves", "returns", "files"):
                assert getattr(after, name).all(1) == getattr(before, name).all(1)
            assert after.entries.history(1) == before.entries.history(1)
            assert after.accounts.all() == before.accounts.all()
            assert after.rounds.all() == before.rounds.all()
            assert after.submissions.all() == before.submissions.all()
            assert after.audit.entries(before=before.audit.head().seq + 1) == before.audit.entries()
            assert after.audit.entries(limit=1)[0].action == "store.restore"
            with target.files.open(after.files.all()[0].sha256) as stream:
                assert stream.read() == PDF
        assert inspect_store(target).faults == ()


def test_everybody_is_signed_out_by_a_restore(tmp_path, now, archive):
    restore_backup(archive, tmp_path / "target", now)
    with open_store(var=tmp_path / "target") as store, store.read() as tx:
        assert tx.sessions.get("a" * 64).revoked_at == now


def test_a_backup_is_one_moment_while_others_go_on_writing(tmp_path, now):
    fill(tmp_path / "var", now, "此刻")
    with open_store(var=tmp_path / "var") as store:
        with store.write("li", now) as tx:
            tx.entries.put(1, "answer", "1.1.2", {"note": "未提交之前"}, 0)
            copied = sqlite3.connect(":memory:")
            raw = store.engine.raw_connection()
            raw.driver_connection.backup(copied)
            raw.close()
            assert copied.execute("select count(*) from entries").fetchone() == (1,)
            copied.close()
        make_backup(store, tmp_path / "b.zip", now)
    restore_backup(tmp_path / "b.zip", tmp_path / "target", now)
    with open_store(var=tmp_path / "target") as store, store.read() as tx:
        assert len(tx.entries.all(1)) == 2


def test_a_store_with_data_is_not_replaced_without_force(tmp_path, now, archive):
    fill(tmp_path / "target", now, "现有的文字")
    before = everything(tmp_path / "target")
    with pytest.raises(BackupRefused, match="--force"):
        restore_backup(archive, tmp_path / "target", now)
    assert everything(tmp_path / "target") == before


def test_with_force_the_old_database_stays_beside_and_opens(tmp_path, now, archive):
    fill(tmp_path / "target", now, "现有的文字")
    restored = restore_backup(archive, tmp_path / "target", now, force=True)
    assert note_in(tmp_path / "target") == "备份里的文字"
    assert restored.former.name == f"store.db.before-{now:%Y%m%dT%H%M%S}"
    again = restore_backup(archive, tmp_path / "target", now, force=True)
    assert again.former != restored.former
    old = tmp_path / "old"
    old.mkdir()
    (old / "store.db").write_bytes(restored.former.read_bytes())
    assert note_in(old) == "现有的文字"


def test_a_freshly_made_empty_store_is_replaced_without_asking(tmp_path, now, archive):
    open_store(var=tmp_path / "target").close()
    restore_backup(archive, tmp_path / "target", now)
    assert note_in(tmp_path / "target") == "备份里的文字"


def test_a_ruined_store_is_replaced_with_force_and_kept(tmp_path, now, archive):
    var = tmp_path / "target"
    fill(var, now, "现有的文字")
    (var / "store.db").write_bytes(b"ruined " * 1000)
    with pytest.raises(BackupRefused, match="--force"):
        restore_backup(archive, var, now)
    restored = restore_backup(archive, var, now, force=True)
    assert restored.former.read_bytes().startswith(b"ruined")
    assert note_in(var) == "备份里的文字"


def test_an_evidence_file_that_rotted_is_mended_by_a_restore(tmp_path, now, archive):
    var = tmp_path / "target"
    digest = fill(var, now, "现有的文字")
    FileStore(var / "files").path(digest).write_bytes(b"rot")
    restore_backup(archive, var, now, force=True)
    assert FileStore(var / "files").verify(digest) is None


def test_a_store_in_use_is_not_restored(tmp_path, now, archive):
    with open_store(var=tmp_path / "target"), pytest.raises(StoreInUse, match="停止服务"):
        restore_backup(archive, tmp_path / "target", now, force=True)


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with its contents changed by ``change`` (name → bytes), the zip itself in order."""
    with zipfile.ZipFile(archive) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    change(contents)
    out = archive.with_name("changed.zip")
    with zipfile.ZipFile(out, "w") as new:
        for name, data in contents.items():
            new.writestr(name, data)
    return out


def in_manifest(contents: dict[str, bytes], change: Callable[[dict], None]) -> None:
    manifest = json.loads(contents["manifest.json"])
    change(manifest)
    contents["manifest.json"] = json.dumps(manifest).encode()


def add(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[name] = b"x"
        in_manifest(contents, lambda m: m["contents"].update({name: {"size": 1, "sha256": "2d711642" + "0" * 56}}))

    return change


def rot(contents: dict[str, bytes]) -> None:
    name = next(name for name in contents if name.startswith("files/"))
    contents[name] = b"R" + contents[name][1:]


def rot_database(contents: dict[str, bytes]) -> None:
    """As a careful forger would: the manifest fits, the chain inside does not."""
    with tempfile.NamedTemporaryFile() as scratch:
        Path(scratch.name).write_bytes(contents["store.db"])
        connection = sqlite3.connect(scratch.name)
        connection.execute("drop trigger audit_no_update")
        connection.execute("update audit set actor = 'forger' where seq = 2")
        connection.commit()
        connection.close()
        data = contents["store.db"] = Path(scratch.name).read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    in_manifest(contents, lambda m: m["contents"].update({"store.db": {"size": len(data), "sha256": sha}}))


DAMAGES: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a rotten file": (rot, "不符"),
    "a shortened file": (lambda c: c.update({next(n for n in c if n.startswith("files/")): b"short"}), "大小"),
    "a missing file": (lambda c: c.pop(next(n for n in c if n.startswith("files/"))), "备份中缺失"),
    "a missing database": (lambda c: c.pop("store.db"), "备份中缺失"),
    "a missing manifest": (lambda c: c.pop("manifest.json"), "manifest.json"),
    "a manifest that is no JSON": (lambda c: c.update({"manifest.json": b"{"}), "manifest.json"),
    "a manifest that is a list": (lambda c: c.update({"manifest.json": b"[]"}), "manifest.json"),
    "a manifest of another format": (lambda c: in_manifest(c, lambda m: m.update(format=2)), "格式 2"),
    "a manifest of half a character's format": (lambda c: in_manifest(c, lambda m: m.update(format="\ud800")), "ud800"),
    "a manifest with an endless size": (
        lambda c: in_manifest(c, lambda m: m["contents"]["store.db"].update(size=1e999)),
        "manifest.json",
    ),
    "a file not in the manifest": (lambda c: c.update({"files/ab/" + "c" * 62: b"x"}), "清单中没有"),
    "a name that climbs out": (add("../../evil.txt"), "不允许的文件名"),
    "a name that climbs out below files": (add("files/ab/../../../evil"), "不允许的文件名"),
    "an absolute name": (add("/tmp/evil"), "不允许的文件名"),  # noqa: S108 - a hostile name, never written
    "a name with backslashes": (add("files\\ab\\evil"), "不允许的文件名"),
    "a name that is no digest": (add("files/ab/evil"), "不允许的文件名"),
    "a file under another's digest": (add("files/ab/" + "c" * 62), "文件名与其 SHA-256 不符"),
    "an audit head that is not the database's": (
        lambda c: in_manifest(c, lambda m: m["audit"].update(seq=1)),
        "审计链尾与清单不符",
    ),
    "a database that was tampered with": (rot_database, "审计记录第 2 条"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_hostile_backup_is_refused_and_nothing_changes(tmp_path, now, archive, damage):
    change, words = DAMAGES[damage]
    hostile = rewritten(archive, change)
    fill(tmp_path / "target", now, "现有的文字")
    before, outside = everything(tmp_path / "target"), {path.name for path in tmp_path.iterdir()}
    with pytest.raises(BackupRefused) as refused:
        restore_backup(hostile, tmp_path / "target", now, force=True)
    assert words in str(refused.value)
    assert everything(tmp_path / "target") == before
    assert {path.name for path in tmp_path.iterdir()} == outside
    assert not Path("/tmp/evil").exists()  # noqa: S108 - as above


@pytest.mark.parametrize("cut", [0, 10, 1000, -1, -30])
def test_a_backup_cut_short_is_refused_and_nothing_changes(tmp_path, now, archive, cut):
    archive.write_bytes(archive.read_bytes()[:cut])
    fill(tmp_path / "target", now, "现有的文字")
    before = everything(tmp_path / "target")
    with pytest.raises(BackupRefused):
        restore_backup(archive, tmp_path / "target", now, force=True)
    assert everything(tmp_path / "target") == before


@pytest.mark.parametrize("offset", [6, -4])  # in the directory: which version packed it; where the directory begins
def test_a_backup_with_a_damaged_directory_is_refused(tmp_path, now, archive, offset):
    content = bytearray(archive.read_bytes())
    content[offset if offset < 0 else content.index(b"PK\x01\x02") + offset] ^= 0x55
    archive.write_bytes(content)
    with pytest.raises(BackupRefused):
        restore_backup(archive, tmp_path / "target", now, force=True)


def test_one_flipped_byte_anywhere_is_noticed_or_harmless(tmp_path, now, archive):
    """Two dozen bytes flipped in turn: refused, or what comes back is whole (say, a date in the zip's directory)."""
    whole = archive.read_bytes()
    refused = 0
    for number, at in enumerate(range(37, len(whole), max(len(whole) // 24, 1))):
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        target = tmp_path / f"t{number}"
        try:
            restore_backup(archive, target, now)
        except BackupRefused:
            refused += 1
            assert not (target / "store.db").exists()
        else:
            assert note_in(target) == "备份里的文字"
    assert refused >= 20


def test_a_backup_of_a_newer_release_is_refused(tmp_path, now, archive):
    def newer(contents: dict[str, bytes]) -> None:
        path = tmp_path / "newer.db"
        path.write_bytes(contents["store.db"])
        connection = sqlite3.connect(path)
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
        connection.close()
        data = contents["store.db"] = path.read_bytes()
        sha = hashlib.sha256(data).hexdigest()
        in_manifest(contents, lambda m: m["contents"].update({"store.db": {"size": len(data), "sha256": sha}}))

    with pytest.raises(StoreNewer, match="升级程序"):
        restore_backup(rewritten(archive, newer), tmp_path / "target", now)
    assert not (tmp_path / "target" / "store.db").exists()


def test_a_disk_that_fills_up_while_restoring_leaves_the_old_store(tmp_path, now, archive, monkeypatch):
    fill(tmp_path / "target", now, "现有的文字")
    before = everything(tmp_path / "target").keys()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("storage.care.restore.sync_folder", full)
    with pytest.raises(SaveFailed, match="原数据没有改动"):
        restore_backup(archive, tmp_path / "target", now, force=True)
    monkeypatch.undo()
    assert before <= everything(tmp_path / "target").keys()
    assert note_in(tmp_path / "target") == "现有的文字"


def test_a_disk_that_fills_up_is_not_called_a_bad_backup(tmp_path, now, archive, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("storage.care.archive._content", full)
    with pytest.raises(BackupRefused, match=r"磁盘已满.*备份本身未必有问题"):
        restore_backup(archive, tmp_path / "elsewhere", now)


def test_a_disk_that_fills_up_ends_a_backup_in_words(tmp_path, now, monkeypatch):
    class FullDisk:
        def backup(self, _: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    with open_store(var=tmp_path / "var") as store:
        connection = SimpleNamespace(driver_connection=FullDisk(), close=lambda: None)
        monkeypatch.setattr(store.engine, "raw_connection", lambda: connection)
        with pytest.raises(BackupRefused, match="磁盘空间"):
            make_backup(store, tmp_path / "backup.zip", now)
    assert not (tmp_path / "backup.zip").exists()


def test_a_backup_is_never_written_over_another_file(tmp_path, now, archive):
    before = archive.read_bytes()
    with open_store(var=tmp_path / "source") as store:
        with pytest.raises(BackupRefused, match="已存在"):
            make_backup(store, archive, now)
        with pytest.raises(BackupRefused, match="不存在"):
            make_backup(store, tmp_path / "nowhere" / "b.zip", now)
    assert archive.read_bytes() == before


def test_a_backup_that_breaks_off_leaves_no_file(tmp_path, now, monkeypatch):
    fill(tmp_path / "var", now, "文字")

    def broken(_: Path) -> None:
        raise BackupRefused("坏了")

    monkeypatch.setattr("storage.care.backup.read_archive", broken)
    with open_store(var=tmp_path / "var") as store, pytest.raises(BackupRefused):
        make_backup(store, tmp_path / "b.zip", now)
    assert {path.name for path in tmp_path.iterdir()} == {"var"}


def test_a_file_already_lost_is_named_and_does_not_stop_the_backup_of_the_rest(tmp_path, now):
    digest = fill(tmp_path / "var", now, "文字")
    FileStore(tmp_path / "var" / "files").path(digest).unlink()
    with open_store(var=tmp_path / "var") as store:
        backup = make_backup(store, tmp_path / "b.zip", now)
    assert backup.files == 0
    assert digest in backup.faults[0]
    assert restore_backup(tmp_path / "b.zip", tmp_path / "target", now).missing == (digest,)
    assert note_in(tmp_path / "target") == "文字"
