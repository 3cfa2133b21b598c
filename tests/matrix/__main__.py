"""`make matrix`: every combination in a browser, and docs/matrix.md with what became of what was typed."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from pathlib import Path

import pytest

# Nothing of the product may be imported here: pytest's process stands at the tests' instant first.
from tests.matrix.cases import FORMS, LOST, PRESSES, WAYS, all_cases, of_every_run

PAGE = Path(__file__).parents[2] / "docs" / "matrix.md"
_FAILED = "没有走完"
_IDLE = "没有走"
_HEAD = """# Forms × ways out × presses

A sentence is typed, the page is left, the form is opened again in a new tab of the same account. Written by
`make matrix` on {machine}; {played} of {number} combinations played, {lost} lost. A choice of {daily}, each of which
tries the most pairs (form and way, form and press, way and press) not tried before, is played by
`python -m pytest tests/matrix/test_county_side.py tests/matrix/test_other_sides.py`.

{totals}

在原处: in its field (as a draft). 已保存: written. 在页上: shown on the page beside the form, for example as another
window's draft. 问过: the browser asked before it left the page. ·: not played. A cell has one letter for each press:
{presses}; on pages that are reloaded, closed or left by going back nothing is pressed, and 0 and 150 ms are the pause
after the last letter.

| form | {ways} |
|---|{rule}|
"""
_LETTERS = {"在原处": "k", "已保存": "s", "在页上": "p", "问过": "a", LOST: "**L**", _FAILED: "**?**", _IDLE: "·"}


class Table:
    """What each case came to, as it ends."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A case's call, or the setup that did not get as far."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.partition("[")[2].rstrip("]")
            name = name.encode("ascii").decode("unicode_escape") if name.isascii() else name
            self.found[name] = str(dict(report.user_properties).get("found", _FAILED))

    def page(self) -> str:
        """The document."""
        cases = all_cases()
        totals = Counter(self.found.values())
        lines = [_line(form.name, [self._cell(form.name, way) for way in WAYS]) for form in FORMS]
        return _HEAD.format(
            machine=f"{platform.system()} {platform.machine()}",
            played=len(self.found),
            number=len(cases),
            lost=totals[LOST] + totals[_FAILED],
            daily=len(of_every_run(FORMS)),
            totals="; ".join(f"{_LETTERS[found]} {found} {number}" for found, number in totals.most_common()) + ".",
            presses=", ".join(PRESSES),
            ways=" | ".join(WAYS),
            rule="|".join("---" for _ in WAYS),
        ) + "".join(lines)

    def _cell(self, form: str, way: str) -> str:
        found = [case for case in all_cases() if case.form.name == form and case.way == way]
        return " ".join(_LETTERS[self.found.get(case.name, _IDLE)] for case in found)


def _line(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |\n"


def main() -> int:
    """Play them, two browsers at once; the table is written whatever they say."""
    table = Table()
    every = str(Path(__file__).with_name("test_all.py"))
    code = int(pytest.main(["-m", "matrix", "-n", "2", every, *sys.argv[1:]], plugins=[table]))
    PAGE.write_text(table.page(), encoding="utf-8")
    sys.stdout.write(table.page())
    return code


if __name__ == "__main__":
    sys.exit(main())
