"""A PostgreSQL to try the store on: the one TEST_DATABASE_URL names (it is emptied), else a throwaway server of its own
where the machine has PostgreSQL's programs. Without either those that ask are told what to install.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DRIVER = "postgresql+psycopg"
_START_SECONDS = 120


class NoServer(Exception):
    """``str()`` says in Chinese what is missing."""


@contextmanager
def server() -> Iterator[str]:
    """The database's URL. Raises NoServer."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = _programs()
    if importlib.util.find_spec("psycopg") is None:
        raise NoServer("没有安装 psycopg：pip install 'psycopg[binary]'")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        with _running(programs, folder) as port:
            yield f"{_DRIVER}://tester@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of initdb and postgres; the newest where Debian has several."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoServer(
        "没有 PostgreSQL 的服务程序，外部数据库没有试。"
        "请安装（Debian：apt-get install postgresql），或以 TEST_DATABASE_URL 指明一个可以清空的数据库。"
    )


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[int]:
    owner = _owner(folder)
    data, log = folder / "data", folder / "log"
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        user=owner, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        raise NoServer(f"PostgreSQL 建不起来：{made.stderr.strip()[-200:]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *options],
            user=owner, cwd=folder, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.send_signal(signal.SIGINT)  # 不等还开着的连接
            process.wait(timeout=_START_SECONDS)


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: there the folder is given to another account."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - not on Windows

    name = next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), "nobody")
    shutil.chown(folder, name)
    return name


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + _START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0 and "ready to accept" in log.read_text(errors="replace"):
                return
        time.sleep(0.05)
    raise NoServer(f"PostgreSQL 启动不了：{log.read_text(errors='replace').strip()[-200:]}")
