"""What a database suffers from when it refuses, by its own codes; and whether its file is still the one opened."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StoreMissing, Trouble

_SQLITE: dict[int, Trouble] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "absent",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
_PRIMARY = 0xFF  # the rest of an extended code says which kind of it
_SQLSTATE: dict[str, Trouble] = {
    "55P03": "busy",  # lock_not_available
    "40P01": "busy",  # deadlock_detected
    "40001": "busy",  # serialization_failure
    "53300": "busy",  # too_many_connections
    "53100": "full",
    "25006": "read_only",
    "3D000": "absent",  # no such database
    "XX001": "damaged",
}
_WORDS: dict[Trouble, str] = {
    "full": "磁盘空间不足，请清理后重试；此前已保存的内容没有受影响。",
    "busy": "系统繁忙，请稍候重试。",
    "read_only": "数据文件只能读取，不能写入，请检查其权限和所在磁盘；此前已保存的内容没有受影响。",
    "absent": "数据文件打不开，请检查数据目录是否还在。",
    "damaged": "数据文件已损坏，请用备份恢复（python -m storage restore）。",
}


def trouble_of(refusal: DBAPIError | PoolTimeout) -> Trouble:
    """By the driver's code; a server that cannot be reached gives none."""
    if isinstance(refusal, PoolTimeout):
        return "busy"
    raised = refusal.orig
    code = getattr(raised, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & _PRIMARY, "other")
    state = getattr(raised, "sqlstate", None)
    if isinstance(state, str):
        return _SQLSTATE.get(state, "other")
    return "unreachable" if "connection" in str(raised) else "other"


def words_of(trouble: Trouble, refusal: DBAPIError | PoolTimeout) -> str:
    """What is wrong and what to do, for whoever looks after the store."""
    text = " ".join(str(getattr(refusal, "orig", None) or refusal).split())
    if trouble == "unreachable":
        return f"连不上数据库，请检查 DATABASE_URL 中的主机、端口、用户名、密码，以及数据库服务是否已启动（{text}）。"
    return _WORDS.get(trouble) or f"数据库报错（{text}），请联系管理员；此前已保存的内容没有受影响。"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The embedded store's file as it was opened; a store on a server has none.

    SQLite goes on writing into a file that was deleted or replaced, and a new connection would make an empty one.
    """

    path: Path | None
    identity: tuple[int, int]

    @classmethod
    def of(cls, engine: Engine) -> OpenedFile:
        """The file of an engine that has been connected."""
        name = engine.url.database
        if engine.dialect.name != "sqlite" or name is None:
            return cls(None, (0, 0))
        path = Path(name).absolute()
        return cls(path, _identity(path))

    def must_be_there(self) -> None:
        """Raises StoreMissing."""
        if self.path is not None and _identity(self.path) != self.identity:
            raise StoreMissing(f"数据文件不在了或已被替换：{self.path}。请检查数据目录，放回后再试，或者重新启动服务。")


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1)
    return (found.st_dev, found.st_ino)
