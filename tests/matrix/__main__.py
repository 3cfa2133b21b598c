"""`make matrix`: every combination in a browser, and docs/matrix.md with what became of what was typed.

Results lie in var/matrix.jsonl as they come. `python -m tests.matrix --again` plays only what is not whole there (after
a stop, or after a mend); `--table` plays nothing and writes the table; anything else is for pytest.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

# Nothing of the product may be imported here: pytest's process stands at the tests' instant first.
from tests.matrix import results
from tests.matrix.cases import FORMS, LOST, PRESSES, WAYS, all_cases, of_every_run
from tests.matrix.results import UNFINISHED, Result

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "matrix.md"
_PRODUCT = ("app.py", "ui", "workflow", "storage", "scoring", "indicators", "templates", "sample_submissions")
AGAIN, TABLE = "--again", "--table"
_IDLE = "没有走"
_HEAD = """# Forms × ways out × presses

A sentence is typed, the page is left, the form is opened again in a new tab of the same account. Written by
`make matrix`; {played} of {number} combinations played, {lost} lost, {unfinished} unfinished.

{machine}. Combinations played by commit: {commits}.

The last column says it of each row. Each commit was the last one that had changed the product when they were played; a
row says nothing of what later ones changed.

A choice of {daily}, each of which tries the most pairs (form and way, form and press, way and press) not tried before,
is played by `make test`.

{totals}

在原处: in its field (as a draft). 已保存: written. 在页上: shown on the page beside the form, for example as another
window's draft. 问过: the browser asked before it left the page. ·: not played. A cell has one letter for each press:
{presses}; on pages that are
reloaded, closed or left by going back nothing is pressed, and 0 and 150 ms are the pause after the last letter. An
empty cell: the page has no such way out. 保存 and k: nothing was saved by that press, mostly because the form asks for
more than was typed; the text stays as a draft.

| form | {ways} | at commit |
|---|{rule}|---|
"""
_LETTERS = {"在原处": "k", "已保存": "s", "在页上": "p", "问过": "a", LOST: "**L**", UNFINISHED: "**?**", _IDLE: "·"}


class Recorder:
    """Writes down each case as it ends."""

    def __init__(self) -> None:
        self._day, self._commit = time.strftime("%Y-%m-%d"), _commit()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A case's call, or the setup that did not get as far."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.partition("[")[2].rstrip("]")
            name = name.encode("ascii").decode("unicode_escape") if name.isascii() else name
            found = str(dict(report.user_properties).get("found", UNFINISHED))
            results.add(Result(name, found, self._day, self._commit))


def _commit() -> str:
    """The last commit that changed the product, which is what is tried; and whether something was changed since."""
    git = partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=False)
    found = git(["git", "log", "-1", "--format=%h", "--", *_PRODUCT]).stdout.strip()
    changed = git(["git", "status", "--porcelain", "--", *_PRODUCT]).stdout.strip()
    return f"{found or 'no commit'}{' and changes' if changed else ''}"


def page(found: dict[str, Result]) -> str:
    """The document."""
    cases = all_cases()
    played = [found[case.name] for case in cases if case.name in found]
    totals = Counter(result.found for result in played)
    lines = [
        _line(form.name, [*(_cell(found, form.name, way) for way in WAYS), _at(found, form.name)]) for form in FORMS
    ]
    return _HEAD.format(
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        commits=_commits(played),
        played=len(played),
        number=len(cases),
        lost=totals[LOST],
        unfinished=totals[UNFINISHED],
        daily=len(of_every_run(FORMS)),
        totals="; ".join(f"{_LETTERS[found]} {found} {number}" for found, number in totals.most_common()) + ".",
        presses=", ".join(PRESSES),
        ways=" | ".join(WAYS),
        rule="|".join("---" for _ in WAYS),
    ) + "".join(lines)


def _cell(found: dict[str, Result], form: str, way: str) -> str:
    names = [case.name for case in all_cases() if case.form.name == form and case.way == way]
    return " ".join(_LETTERS[found[name].found if name in found else _IDLE] for name in names)


def _at(found: dict[str, Result], form: str) -> str:
    return _commits(found[case.name] for case in all_cases() if case.form.name == form and case.name in found)


def _commits(played: Iterable[Result]) -> str:
    """The commits, the most played at first, each with its day and how many were played at it."""
    counted = Counter((result.commit, result.day) for result in played)
    return ", ".join(f"{commit} ({day}): {number}" for (commit, day), number in counted.most_common())


def _line(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |\n"


def main(more: list[str]) -> int:
    """Play them, two browsers at once; the table is written whatever they say."""
    code = 0
    if TABLE not in more:
        results.RESULTS.parent.mkdir(exist_ok=True)
        if AGAIN not in more:
            results.RESULTS.unlink(missing_ok=True)
        every = str(Path(__file__).with_name("test_all.py"))
        rest = [word for word in more if word != AGAIN]
        code = int(pytest.main(["-m", "matrix", "-n", "2", every, *rest], plugins=[Recorder()]))
    PAGE.write_text(page(results.read()), encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
