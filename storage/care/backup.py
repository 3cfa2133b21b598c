"""Making a backup while people work: one moment of the database, and every file it names."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from storage.acts import STORE_BACKUP, BackupDetail
from storage.care.archive import DATABASE, MANIFEST, Content, Manifest, file_name, read_archive
from storage.database.schema import HEAD
from storage.database.tables import NOT_BACKED_UP
from storage.errors import BackupRefused, NotThere
from storage.file_store import CHUNK, FileStore, sync_folder
from storage.repositories.audit import AuditHead
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished, verified backup. ``faults`` name registered files that could not be included whole."""

    path: Path
    size: int
    files: int
    head: AuditHead
    faults: tuple[str, ...]


def make_backup(store: Store, out: Path, now: datetime) -> Backup:
    """Write and verify a backup at ``out``; it appears under that name only when it is whole.

    Raises BackupRefused (not the embedded store; ``out`` exists) and SaveFailed.
    """
    if store.engine.dialect.name != "sqlite":
        raise BackupRefused("本命令只备份内置数据库。外部数据库请用其自带工具备份，并一并复制 files 目录。")
    if out.exists():
        raise BackupRefused(f"{out} 已存在，不会覆盖。请另取文件名。")
    if not out.parent.is_dir():
        raise BackupRefused(f"目录 {out.parent} 不存在。请先建立。")
    with store.write("system", now) as tx:
        tx.audit.append(STORE_BACKUP, "store", BackupDetail(file=out.name))
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".backup-") as scratch:
        copy, part = Path(scratch) / DATABASE, Path(scratch) / out.name
        _snapshot(store, copy)
        manifest, faults = _write(part, copy, store.files, now)
        if read_archive(part) != manifest:
            raise BackupRefused("备份写入后核对不符，已放弃。请检查磁盘后重试。")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        try:
            os.link(part, out)  # unlike a rename, never over a file that has appeared meanwhile
        except FileExistsError:
            raise BackupRefused(f"{out} 已存在，不会覆盖。请另取文件名。") from None
        except OSError:  # a file system without links
            part.replace(out)
    sync_folder(out.parent)
    return Backup(out, out.stat().st_size, len(manifest.contents) - 1, manifest.audit, faults)


def _snapshot(store: Store, copy: Path) -> None:
    """SQLite's own backup: one moment, also while others write."""
    source = store.engine.raw_connection()
    target = sqlite3.connect(copy)
    try:
        # `make_backup` has refused every other database
        cast("sqlite3.Connection", source.driver_connection).backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        for table in NOT_BACKED_UP:
            target.execute(f"delete from {table}")  # noqa: S608 - our own names
        target.commit()
        target.execute("VACUUM")  # pages once freed still hold what stood on them
    except sqlite3.OperationalError as failure:
        raise BackupRefused("备份没有做成：磁盘写不下去。请检查备份位置的磁盘空间后重试。") from failure
    finally:
        target.close()
        source.close()


def _named_in(copy: Path) -> tuple[AuditHead, list[str]]:
    connection = sqlite3.connect(copy)
    try:
        head = AuditHead(*connection.execute("select seq, hash from audit_head").fetchone())
        return head, [row[0] for row in connection.execute("select distinct sha256 from files order by sha256")]
    finally:
        connection.close()


def _write(part: Path, copy: Path, files: FileStore, now: datetime) -> tuple[Manifest, tuple[str, ...]]:
    head, digests = _named_in(copy)
    contents: dict[str, Content] = {}
    faults: list[str] = []
    missing: list[str] = []
    with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as archive:
        with copy.open("rb") as stream:
            contents[DATABASE] = _add(archive, DATABASE, stream, zipfile.ZIP_DEFLATED)
        for digest in digests:
            fault = files.verify(digest)
            if fault is None:
                try:
                    with files.open(digest) as stream:  # pdf, jpg, docx: packed already
                        contents[file_name(digest)] = _add(archive, file_name(digest), stream, zipfile.ZIP_STORED)
                except NotThere:
                    fault = "文件缺失"
            if fault is not None:
                missing.append(digest)
                faults.append(f"文件 {digest}：{fault}，未能备份")
        manifest = Manifest(now.astimezone(UTC).isoformat(), HEAD, head, contents, tuple(missing))
        archive.writestr(MANIFEST, manifest.as_json())
    return manifest, tuple(faults)


def _add(archive: zipfile.ZipFile, name: str, stream: BinaryIO, compression: int) -> Content:
    digest, size = sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = compression
    with archive.open(info, "w", force_zip64=True) as out:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Content(size, digest.hexdigest())
