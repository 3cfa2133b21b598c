"""Composition root of ``python -m scoring``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indicators.arguments import UsageError
from indicators.comparing.replacement import Replacement
from indicators.model import Library
from scoring.cli import FAULT, REFUSED, main
from scoring.rehearsal.rehearse import RehearsalInput, Skipped


def _stored(library: Library, var: Path, change: Replacement) -> tuple[Sequence[RehearsalInput], Sequence[Skipped]]:
    """Every submission of the store in ``var``, or of DATABASE_URL: the operator at the machine reads them all."""
    from storage import StoreError, open_store  # noqa: PLC0415 - judging one file needs no store
    from workflow.errors import Refused  # noqa: PLC0415
    from workflow.office import Office  # noqa: PLC0415
    from workflow.rounds.rehearsing import cases_of_store  # noqa: PLC0415

    try:
        with open_store(var=var, create=False) as store:
            return cases_of_store(Office(store, library), change)
    except (StoreError, Refused) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{error.filename or var}：{error.strerror or error}；请检查数据目录") from error


def _start() -> int:
    # A pipe or console in another encoding must not fail on a rare character in a county's own text.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return main(sys.argv[1:], sys.stdout, sys.stderr, _stored)
    except BrokenPipeError:
        # The reader of our output went away; leave quietly, and keep the interpreter from flushing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # 磁盘满、输出设备不可写：不是程序的错，也不能留下半截输出当作结论。
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr.write(f"输出写不下去（{error.strerror or error}）；请检查输出位置和磁盘空间，再重新运行\n")
        return REFUSED
    except Exception as error:  # noqa: BLE001 — the last door: a fault of ours is one line to the user, never a traceback
        sys.stderr.write(
            f"程序内部错误（{type(error).__name__}：{error}）；没有输出结果，请把申报文件和这一行交给维护人员\n"
        )
        return FAULT


if __name__ == "__main__":
    sys.exit(_start())
