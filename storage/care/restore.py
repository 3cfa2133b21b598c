"""Bringing a backup back: checked whole before anything is touched, then swapped in by one rename.

Files go first (they are named by their content, so adding them changes nothing), the database last: whatever moment the
machine stops at, the old store or the new one stands whole. The old database stays beside the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.acts import STORE_RESTORE, RestoreDetail
from storage.care.archive import DATABASE, Manifest, read_archive
from storage.care.integrity import inspect_store
from storage.database import schema
from storage.database.engine import embedded_url, make_engine
from storage.database.lock import StoreLock
from storage.errors import BackupRefused, SaveFailed
from storage.file_store import FileStore, sync_folder
from storage.store import FILES, Store, in_words


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. ``former`` is where the former database lies now; ``missing`` files the backup lacked."""

    made_at: str
    files: int
    former: Path | None
    missing: tuple[str, ...]


def restore_backup(
    archive: Path, var: Path, now: datetime, *, force: bool = False, called: str | None = None
) -> Restored:
    """Replace the embedded store in ``var`` by the backup's; messages name it as ``called``, else by its path.

    Nothing is changed when it raises.

    Raises BackupRefused (damaged, strange names, from a newer release, the store is not empty and ``force`` is not
    given), StoreNewer, StoreInUse, SaveFailed. Everybody is signed out: a session revoked since must not live again.
    """
    if not archive.is_file():
        raise BackupRefused(f"没有找到备份文件：{archive}")
    lock = StoreLock(var, alone=True)
    try:
        if not force and not _is_empty(var / DATABASE):
            raise BackupRefused(f"{var} 中已有数据，未作任何改动。确要以备份替换，请加 --force（原数据会保留在旁边）。")
        with tempfile.TemporaryDirectory(dir=var, prefix=".restoring-") as scratch:
            unpacked = Path(scratch)
            manifest = read_archive(archive, unpacked, called)
            _check(unpacked, manifest, called or str(archive), now)
            count = _install_files(unpacked, FileStore(var / FILES))
            former = _swap(unpacked / DATABASE, var / DATABASE, f"{now:%Y%m%dT%H%M%S}")
        return Restored(manifest.made_at, count, former, manifest.missing)
    except OSError as failure:
        raise SaveFailed(f"恢复未完成：{failure.strerror or failure}。原数据没有改动。") from failure
    finally:
        lock.release()


def _is_empty(path: Path) -> bool:
    if not path.is_file():
        return True
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("select seq from audit_head").fetchone() == (0,))
    except sqlite3.DatabaseError:
        return False  # unreadable is not empty


def _check(unpacked: Path, manifest: Manifest, called: str, now: datetime) -> None:
    """The unpacked store must itself be sound; it is brought to this code's schema, and says that it was restored."""
    engine = make_engine(embedded_url(unpacked / DATABASE))
    # the lock file is its own: nobody else knows this folder
    store = Store(engine, FileStore(unpacked / FILES), unpacked, StoreLock(unpacked, alone=False))
    with in_words(f"{called}：备份中的数据库打不开"), store:
        schema.upgrade(engine)
        inspection = inspect_store(store)
        known = tuple(fault for fault in inspection.faults if not any(digest in fault for digest in manifest.missing))
        if inspection.head != manifest.audit:
            known = (*known, "审计链尾与清单不符")
        if known:
            raise BackupRefused(f"{called}：备份中的数据不完好，未作任何改动。", known)
        with store.write("system", now) as tx:
            for account in tx.accounts.all():
                tx.sessions.revoke_all(account.id)
            detail = RestoreDetail(file=Path(called).name, made_at=manifest.made_at)
            tx.audit.append(STORE_RESTORE, "store", detail)
    _single_file(unpacked / DATABASE)


def _single_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("rb") as database:
        os.fsync(database.fileno())


def _install_files(unpacked: Path, files: FileStore) -> int:
    """Through `FileStore.put`, so a file that rotted here is mended from the backup."""
    count = 0
    for path in sorted((unpacked / FILES).glob("??/*")):
        with path.open("rb") as stream:
            files.put(stream)
        count += 1
    return count


def _swap(new: Path, path: Path, stamp: str) -> Path | None:
    former = _keep_beside(path, stamp) if path.exists() else None
    new.replace(path)
    with suppress(OSError):  # done; should the power fail now, the old store may come back, whole
        sync_folder(path.parent)
    return former


def _keep_beside(path: Path, stamp: str) -> Path:
    """A second name for the old database; its unfinished log, if it could not be folded in, goes along."""
    with suppress(sqlite3.DatabaseError):  # a damaged database is kept as it is
        _single_file(path)
    former, number = path.with_name(f"{path.name}.before-{stamp}"), 1
    while former.exists():
        number += 1
        former = path.with_name(f"{path.name}.before-{stamp}-{number}")
    for suffix in ("", "-wal", "-shm"):
        old = Path(f"{path}{suffix}")
        if old.exists():
            _second_name(old, Path(f"{former}{suffix}"))
    sync_folder(path.parent)
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return former


def _second_name(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copy2(old, new)
