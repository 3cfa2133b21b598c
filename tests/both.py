"""`make test`: the browser tests and all others at the same time, each to its end; red if either was.

A browser waits much of its time. The others use what it leaves, a little behind it, so that it waits for nothing else.
Bytecode is kept even where the environment says not to: workers, servers and commands would each compile every file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
OTHERS, BROWSER = "其他测试", "浏览器测试"
_PYTEST = [sys.executable, "-m", "pytest", "-rs", "-n", "2", "--dist", "loadfile"]
_BEHIND = [nice, "-n", "5"] if (nice := shutil.which("nice")) else []
STAGES = {
    OTHERS: [*_BEHIND, *_PYTEST, "--no-loadscope-reorder", "-m", "not browser and not soak"],
    BROWSER: [*_PYTEST, "-m", "browser and not soak and not matrix"],
}
BROWSER_TESTS = ["tests/e2e", "tests/matrix"]  # the only folders that are read for them


def main(more: list[str]) -> int:
    """The one stage as it goes, the other's words when both have ended. ``more``: for both, for example folders."""
    begun = time.monotonic()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        browser = subprocess.Popen(
            [*STAGES[BROWSER], *(more or BROWSER_TESTS)], cwd=ROOT, env=kept, stdout=told, stderr=subprocess.STDOUT
        )
        others = subprocess.run([*STAGES[OTHERS], *more], cwd=ROOT, env=kept, check=False).returncode
        ended = {OTHERS: others, BROWSER: browser.wait()}
        told.seek(0)
        sys.stdout.write(told.read())
    failed = [stage for stage, code in ended.items() if code]
    sys.stdout.write(f"共 {time.monotonic() - begun:.0f} 秒\n")
    if failed:
        sys.stdout.write(f"未通过：{'、'.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
