"""What the store refuses or cannot do. Every message is a whole Chinese sentence: what, where, what to do."""

from __future__ import annotations

from typing import Literal

from storage.records import Entry, SubmissionRecord

Trouble = Literal["busy", "full", "read_only", "absent", "damaged", "unreachable", "other"]


class StoreError(Exception):
    """Base of all errors below; ``str()`` may be shown to a user. ``trouble``: what the store itself suffers from."""

    trouble: Trouble = "other"


class SaveFailed(StoreError):
    """The database refused (disk full, locked too long, a broken reference). Nothing of the transaction was kept.

    ``writing``: False where it was only to be read or opened.
    """

    def __init__(self, message: str, trouble: Trouble = "other", *, writing: bool = True) -> None:
        self.trouble, self.writing = trouble, writing
        super().__init__(message)


class BadDatabaseUrl(StoreError):
    """DATABASE_URL cannot be used as it is written here; nothing was opened."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"环境变量 DATABASE_URL 不能用：{why}。请写成 postgresql+psycopg://用户名:密码@主机:5432/数据库名"
            "（驱动程序：pip install -r requirements-postgresql.txt）；用内置数据库的，请删去这个环境变量。"
        )


class VersionConflict(StoreError):
    """Someone saved first. ``current`` is what stands now (an `Entry`, a `SubmissionRecord`), None if removed."""

    def __init__(self, what: str, expected: int, current: Entry | SubmissionRecord | None) -> None:
        self.what, self.expected, self.current = what, expected, current
        stands = "已被删除" if current is None else f"现为第 {current.version} 版"
        super().__init__(f"{what}：您依据的是第 {expected} 版，{stands}。请对照后再保存。")


class AlreadyExists(StoreError):
    """A name or code that must be unique is taken."""


class NotThere(StoreError):
    """The row that was to be changed does not exist."""


class ReadOnly(StoreError):
    """A writing method was called inside ``Store.read()``: a fault of the caller."""


class StoreNewer(StoreError):
    """The store was written by a later release: this code must not touch it."""


class StoreOutdated(StoreError):
    """The schema of a shared database is behind the code; migrating it is the administrator's act."""


class StoreMissing(StoreError):
    """There is no store where one was expected, or no longer the one that was opened."""

    trouble = "absent"


class StoreInUse(StoreError):
    """Another process has the store open (or is restoring it)."""


class FileTooLarge(StoreError):
    """An upload went past the limit given; nothing was kept."""


class BackupRefused(StoreError):
    """A backup that cannot be made or must not be restored. ``problems`` are located lines; nothing was changed."""

    def __init__(self, summary: str, problems: tuple[str, ...] = ()) -> None:
        self.problems = problems
        super().__init__("\n".join((summary, *problems)))
