"""Servers that a measurement starts and ends, on this machine only, and what they use of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 120
_SCHEDULED = 2  # Linux: the clock of what the scheduler gave a process, in nanoseconds


@dataclass(frozen=True)
class Server:
    """One running process that serves."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        return time.clock_gettime((~self.process.pid << 3) | _SCHEDULED)

    def memory(self) -> int:
        """Bytes resident now."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024


@contextmanager
def serving(script: str, log: Path, **environment: str) -> Iterator[Server]:
    """A fresh server of ``script`` (below the project), with the project's own Streamlit settings."""
    port = _free_port()
    known = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEMO", "DATA_DIR"}}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=known | environment)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield Server(address, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def all_serving(scripts: dict[str, str], folder: Path, **environment: str) -> Iterator[dict[str, Server]]:
    """Several, by name."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(serving(script, folder / f"{name}.log", **environment))
            for name, script in scripts.items()
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + _START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            if httpx.get(f"{address}/_stcore/health", timeout=2).status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}")
