"""Composition root of ``python -m scoring``."""

from __future__ import annotations

import os
import sys

from scoring.cli import FAULT, REFUSED, main


def _start() -> int:
    # A pipe or console in another encoding must not fail on a rare character in a county's own text.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return main(sys.argv[1:], sys.stdout, sys.stderr)
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
