"""Who has the store open: everyone who works shares a lock, whoever replaces the store needs it alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from storage.errors import StoreInUse

if sys.platform != "win32":
    import fcntl


class StoreLock:
    """A lock on ``<var>/.lock``, held until `release`; the kernel drops it when the process dies."""

    def __init__(self, var: Path, *, alone: bool) -> None:
        """Raises StoreInUse at once if it cannot be had."""
        var.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] | None = (var / ".lock").open("a")
        if sys.platform != "win32":  # there the administrator's care replaces the lock
            try:
                fcntl.flock(self._file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except OSError as taken:
                self.release()
                what = "系统正在运行，请先停止服务再操作" if alone else "正在恢复备份，请稍候再启动"
                raise StoreInUse(f"{var}：{what}。") from taken

    def release(self) -> None:
        """Let go; may be called twice."""
        if self._file is not None:
            self._file.close()
            self._file = None
