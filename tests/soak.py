"""`make soak`: the long tests (marker `soak`), and a table of what they said as docs/soak.md."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "soak.md"
_HEAD = """# Long tests

Power cuts, crawls and repetitions that take too long for `make test`, which keeps a small one of each. Written by
`make soak`; last run on {machine}.

| test | outcome | seconds | told |
|---|---|---|---|
"""


class Table:
    """One line for each test, as it ends."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test's call, or the setup that did not get as far."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.removeprefix("tests/").replace("|", "\\|")
            told = ", ".join(f"{name} {value}" for name, value in report.user_properties)
            self.lines.append(f"| `{name}` | {report.outcome} | {report.duration:.1f} | {told} |")


def main() -> int:
    """Run them one after another; the table is written whatever they say."""
    table = Table()
    code = int(pytest.main(["-rs", "-m", "soak"], plugins=[table]))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    PAGE.write_text(_HEAD.format(machine=machine) + "\n".join(table.lines) + "\n", encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main())
