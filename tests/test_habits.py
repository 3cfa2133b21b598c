"""What is kept everywhere: modules stay small, names say something, nobody reads the clock, every test can fail."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.modules import ROOT, all_modules, modules, named, parsed

MAX_LINES = 300
MAX_MODULES = 20
MAX_SCREEN_LINES = 60


def test_modules_stay_small() -> None:
    long = {
        f"{named(path)}: {lines} lines"
        for path in all_modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert not long


def test_folders_stay_small() -> None:
    held = Counter(path.parent for path in all_modules())
    full = {f"{named(folder)}: {count} modules" for folder, count in held.items() if count > MAX_MODULES}
    assert not full


def test_screens_are_thin() -> None:
    thick = {
        f"{named(path)}: {lines} lines"
        for path in modules("ui/screens")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= MAX_SCREEN_LINES
    }
    assert not thick


def test_no_folder_is_called_pages() -> None:
    # Streamlit runs files of a `pages` folder beside the main script alone, past the sign-in gate.
    assert not {named(path) for path in all_modules() if "pages" in path.relative_to(ROOT).parts[:-1]}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "helper", "util", "manager", "misc", "common", "data2"}
    assert not {named(path) for path in all_modules() if path.stem in empty}


def test_nothing_mentions_a_workplace() -> None:
    # Split, so that this file does not find itself.
    words = ("../sha" + "red", "/wo" + "rk/")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("不在 git 工作区中：无法列出文件")
    found = set()
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".ttf", ".otf", ".woff2", ".png", ".pdf", ".jpg"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= {f"{name} mentions {word}" for word in words if word in text}
    assert not found


READINGS = """
from datetime import date
TODAY = date.today()
from datetime import UTC, datetime
AT = datetime.now(UTC)
import datetime
clock = datetime.datetime.utcnow
import time
AT = time.time()
from time import localtime
AT = localtime()
"""


@pytest.mark.parametrize("place", ["ui/x.py", "workflow/x.py", "tests/ui/x.py", "tests/x.py", "benchmarks/x.py"])
def test_the_lint_refuses_every_reading_of_the_machine_s_time(place: str) -> None:
    told = lint(READINGS, place)
    for reading in ("date.today", "datetime.now", "datetime.utcnow", "time.time", "time.localtime"):
        assert f"`datetime.{reading}`" in told or f"`{reading}`" in told


def test_the_lint_lets_the_clock_alone_read_it() -> None:
    clock = (ROOT / "storage" / "clock.py").read_text(encoding="utf-8")
    assert "datetime.now" in clock
    assert lint(clock, "storage/clock.py") == ""
    assert "datetime.now" in lint(clock, "storage/other.py")


def lint(source: str, place: str) -> str:
    """What ruff says against names that are not to be used, were this the content of that file."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", "--select", "TID251", "--stdin-filename", place, "-"],
        cwd=ROOT,
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_no_instant_is_cut_to_a_day_but_by_the_clock() -> None:
    # `now().date()` is UTC's day; the product's days are Beijing's.
    looked_at = [*all_modules(), *sorted((ROOT / "tests").rglob("*.py"))]
    assert len(looked_at) > 300
    cut = {
        f"{named(path)}:{node.lineno}"
        for path in looked_at
        if named(path) not in {"storage/clock.py", "tests/instant.py"}  # the tests' own, which checks the other
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
        if not node.args and not node.keywords
    }
    assert not cut


_ASSERTING = {"raises", "fail", "warns"}  # of pytest


def test_every_test_can_fail() -> None:
    # It asserts, or calls something of the tests that does: of its own module or imported by name, or a page's method.
    written = {
        (path, function): assertions_and_calls(function)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for function in functions(parsed(path))
    }
    assert sum(function.name.startswith("test_") for _, function in written) > 1000
    asserting = {(path, function.name) for (path, function), (asserts, _) in written.items() if asserts}
    near = {path: {path, *imported_tests(parsed(path))} for path, _ in written}
    while more := {
        (path, function.name)
        for (path, function), (_, called) in written.items()
        if (path, function.name) not in asserting
        and any((place, name) in asserting for place in near[path] for name in called)
    }:
        asserting |= more
    assert not {
        f"{named(path)}:{function.lineno} {function.name}"
        for path, function in written
        if function.name.startswith("test_") and (path, function.name) not in asserting
    }


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def assertions_and_calls(function: ast.FunctionDef) -> tuple[bool, set[str]]:
    """Whether an assertion stands in it, and the last names of what it calls."""
    asserts, called = False, set[str]()
    for node in ast.walk(function):
        asserts = asserts or isinstance(node, ast.Assert)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            asserts = asserts or node.func.id == "expect"
            called.add(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            asserts = asserts or (isinstance(of, ast.Name) and of.id == "pytest" and node.func.attr in _ASSERTING)
            called.add(node.func.attr)
    return asserts, called


def imported_tests(tree: ast.Module) -> set[Path]:
    """Modules of the tests a module imports from."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
            found.add(ROOT / f"{node.module.replace('.', '/')}.py")
    return found
