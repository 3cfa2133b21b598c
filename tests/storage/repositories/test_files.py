"""Evidence files: by content, written once, durable before they are named, never half there."""

from __future__ import annotations

import errno
import io
import os
from hashlib import sha256
from pathlib import Path

import pytest

from storage import FileStore, FileTooLarge, NotThere, SaveFailed

BYTES = b"%PDF-1.7 " + bytes(range(256)) * 10_000
DIGEST = sha256(BYTES).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_digest_and_comes_back(files):
    assert files.put(io.BytesIO(BYTES)) == DIGEST
    assert files.exists(DIGEST)
    assert files.size(DIGEST) == len(BYTES)
    assert files.verify(DIGEST) is None
    with files.open(DIGEST) as stream:
        assert stream.read() == BYTES
    assert everything_in(files.folder) == [files.folder / DIGEST[:2] / DIGEST[2:]]


def test_the_same_bytes_twice_are_one_file_and_not_written_again(files):
    files.put(io.BytesIO(BYTES))
    before = files.path(DIGEST).stat()
    assert files.put(io.BytesIO(BYTES)) == DIGEST
    after = files.path(DIGEST).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_rotted_is_mended_by_putting_it_again(files):
    files.put(io.BytesIO(BYTES))
    files.path(DIGEST).write_bytes(b"rot")
    assert "不符" in files.verify(DIGEST)
    files.put(io.BytesIO(BYTES))
    assert files.verify(DIGEST) is None


def test_too_large_a_file_is_refused_and_leaves_nothing(files):
    with pytest.raises(FileTooLarge, match="2 MB"):
        files.put(io.BytesIO(BYTES), max_bytes=2 << 20)
    assert everything_in(files.folder) == []
    assert files.put(io.BytesIO(BYTES), max_bytes=len(BYTES)) == DIGEST


@pytest.mark.parametrize("fails", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_nothing_and_says_so(files, monkeypatch, fails):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if fails == "write":
        stream = io.BytesIO(BYTES)
        stream.read = full  # the copy breaks off in the middle
    else:
        stream = io.BytesIO(BYTES)
        monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[fails], full)
    with pytest.raises(SaveFailed, match=r"未保存.*磁盘空间") as refused:
        files.put(stream)
    assert refused.value.trouble == "full"
    monkeypatch.undo()
    assert everything_in(files.folder) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "0", "g" * 64, DIGEST[:63] + "\n"])
def test_only_a_digest_becomes_a_path(files, name):
    for ask in (files.open, files.exists, files.size, files.verify):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_a_file_that_is_not_there_is_named(files):
    for ask in (files.open, files.size):
        with pytest.raises(NotThere, match=DIGEST):
            ask(DIGEST)
    assert not files.exists(DIGEST)
    assert files.verify(DIGEST) == "文件缺失"


def test_a_file_belongs_to_the_submission_that_registered_it_only(store, submission_id, now):
    digest = store.files.put(io.BytesIO(BYTES))
    with store.write("zhang", now) as tx:
        other = tx.submissions.add(round_id="2018", division_code="990122", division_name="乙县", state="draft").id
        record = tx.files.register(submission_id, digest, name="../通知.pdf", media_type="application/pdf")
        assert (record.name, record.size, record.added_by, record.added_at) == ("../通知.pdf", len(BYTES), "zhang", now)
        assert tx.files.get(other, digest) is None
        assert tx.files.all(submission_id) == (record,)
        assert tx.files.all(other) == ()
        again = tx.files.register(submission_id, digest, name="另名.pdf", media_type="application/pdf")
        assert again == record
        tx.files.register(other, digest, name="乙.pdf", media_type="application/pdf")
        assert len(tx.files.all()) == 2


def test_bytes_that_were_never_kept_cannot_be_registered(store, submission_id, now):
    with pytest.raises(NotThere, match="重新上传"), store.write("zhang", now) as tx:
        tx.files.register(submission_id, DIGEST, name="a.pdf", media_type="application/pdf")


def test_a_registration_rolled_back_leaves_a_harmless_orphan(store, submission_id, now):
    digest = store.files.put(io.BytesIO(BYTES))

    def fail_after_registering() -> None:
        with store.write("zhang", now) as tx:
            tx.files.register(submission_id, digest, name="a.pdf", media_type="application/pdf")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        fail_after_registering()
    with store.read() as tx:
        assert tx.files.all() == ()
    assert store.files.verify(digest) is None
