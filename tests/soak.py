"""`make soak`: the long tests (marker `soak`), and a table of what they said as docs/soak.md.

`python -m tests.soak TESTS …` (what pytest takes) runs some of them and leaves the other lines of the table standing.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "soak.md"
_HEAD = """# Long tests

Power cuts, crawls and repetitions that take too long for `make test`, which keeps a small one of each. Written by
`make soak`, or line by line by `python -m tests.soak`; last run on {machine}.

The whole server was killed (-9) {kills} times while people typed and saved; every save it had acknowledged and every
draft acknowledged or older than two seconds was there afterwards. Turns that failed: {failed}.

| test | outcome | seconds | told |
|---|---|---|---|
"""


_SERVER = "e2e/test_server_kill.py"


class Table:
    """One line for each test, written down as it ends; ``lines``: what stands of tests that this run does not reach."""

    def __init__(self, lines: dict[str, str]) -> None:
        self.lines = lines

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test's call, or the setup that did not get as far."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.removeprefix("tests/").replace("|", "\\|")
            told = ", ".join(f"{name} {value}" for name, value in report.user_properties)
            self.lines[name] = f"| `{name}` | {report.outcome} | {report.duration:.1f} | {told} |"
            PAGE.write_text(self.page(), encoding="utf-8")

    def page(self) -> str:
        """The document, in the order of the tests, turns by their number."""
        lines = [self.lines[name] for name in sorted(self.lines, key=_in_order)]
        whole = [line for name, line in self.lines.items() if name.startswith(_SERVER) and "| passed |" in line]
        kills = sum(int(found[1]) for line in whole if (found := re.search(r"\bkills (\d+)", line)))
        machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        machine += f", Python {platform.python_version()}"
        failed = sum(name.startswith(_SERVER) for name in self.lines) - len(whole)
        return _HEAD.format(machine=machine, kills=kills, failed=failed) + "\n".join(lines) + "\n"


def _in_order(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]


def _standing() -> dict[str, str]:
    """The table's lines as they stand."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return {found[1]: line for line in lines if (found := re.match(r"\| `(.+?)` \|", line))}


def main(chosen: list[str]) -> int:
    """Run them one after another, or the chosen ones; the table is written whatever they say."""
    table = Table(_standing() if chosen else {})
    code = int(pytest.main(["-rs", "-m", "soak", *chosen], plugins=[table]))
    sys.stdout.write(table.page())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
