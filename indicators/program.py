"""What the four command-line programs share: their door, ``--version``, and ``-`` for standard input and output."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from indicators.arguments import UsageError
from indicators.installation import VERSION
from indicators.reading.folder import why

REFUSED, FAULT, INTERRUPTED = 2, 3, 130
STANDARD_INPUT = "标准输入"
_STREAM = "-"


def start(run: Callable[[Sequence[str]], int]) -> int:
    """Run a program on the command line's arguments; its exit status.

    Nothing that goes wrong is a traceback: a file or an output that refuses ends with `REFUSED`, a fault of ours with
    `FAULT`, Ctrl+C with `INTERRUPTED`; a reader that went away (``| head``) is no error.
    """
    if sys.stderr is None:  # closed by the caller (``2>&-``): the exit status says it alone
        sys.stderr = io.StringIO()
    if sys.stdout is None:  # closed by the caller (``>&-``)
        return _end("没有标准输出可写；请不要关闭它，不需要的写作 >/dev/null", REFUSED)
    for stream in (sys.stdout, sys.stderr):  # 重定向到文件时，系统的编码可能写不出汉字
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_output()
        return 0
    except OSError as error:
        if error.filename is not None:
            return _end(f"{error.filename}：无法读写（{why(error)}）；请检查路径和权限", REFUSED)
        _abandon_output()
        return _end(f"输出写不下去（{why(error)}）；请检查输出位置和磁盘空间，再重新运行", REFUSED)
    except KeyboardInterrupt:
        _abandon_output()
        return _end("已中断", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last door: a fault of ours is one line to the user
        fault = f"{type(error).__name__}：{error}"
        return _end(f"程序内部错误（{fault}）；没有输出结果，请把所用的文件和这一行交给维护人员", FAULT)
    return status


def _abandon_output() -> None:
    """Keep the interpreter from flushing once more what cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(line: str, status: int) -> int:
    sys.stderr.write(f"{line}\n")
    return status


def called(module: str, command: str) -> str:
    """How this process was called, for usage lines: the console command, else ``python -m MODULE``."""
    return command if Path(sys.argv[0]).stem == command else f"python -m {module}"


def add_version(parser: argparse.ArgumentParser) -> None:
    """Declare ``--version``."""
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}", help="显示版本，然后退出")


def is_stream(path: str | Path) -> bool:
    """Is it ``-``: standard input where a file is read, standard output where one is written?"""
    return str(path) == _STREAM


def standard_input() -> BinaryIO:
    """Standard input, as bytes. Raises UsageError where the caller has closed it (``<&-``)."""
    if sys.stdin is None:
        raise UsageError("没有标准输入可读；请用管道或 < 给出内容，或写文件名")
    return sys.stdin.buffer


def write_whole(path: Path, content: bytes, *, replace: bool = True) -> None:
    """The whole file or none: written beside its place, then moved there. Standard output and devices take it as it is.

    Raises OSError; FileExistsError where something stands at ``path`` and ``replace`` is false.
    """
    if is_stream(path):
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
    if path.exists() and not replace:
        raise FileExistsError(errno.EEXIST, "exists", str(path))
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()  # a link stays a link: what it points to is replaced
    handle, name = tempfile.mkstemp(prefix=".part-", suffix=target.suffix, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)  # mkstemp makes it private; this is a file like any other
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
