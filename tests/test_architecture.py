"""The house rules: imports run one way, the inner rooms are pure, modules stay small, nothing names a workplace."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A room may import itself and what stands below it. `ui → workflow → storage, templates → scoring → indicators`
BELOW: dict[str, frozenset[str]] = {
    "indicators": frozenset(),
    "scoring": frozenset({"indicators"}),
    "storage": frozenset({"scoring", "indicators"}),
    "templates": frozenset({"scoring", "indicators"}),
    "workflow": frozenset({"storage", "templates", "scoring", "indicators"}),
    "ui": frozenset({"workflow", "storage", "templates", "scoring", "indicators"}),
}
# Within a room a corridor may import, besides the modules at the room's door, only the corridors named here.
CORRIDORS: dict[str, dict[str, frozenset[str]]] = {
    "indicators": {
        "model": frozenset(),
        "reading": frozenset(),
        "building": frozenset({"model", "reading"}),
        "checking": frozenset({"model", "reading", "building"}),
        "comparing": frozenset({"model", "reading", "checking"}),
    },
    "scoring": {
        "kinds": frozenset(),
        "judging": frozenset({"kinds"}),
        "entry": frozenset({"kinds"}),
        "exchange": frozenset({"entry", "kinds"}),
        "archives": frozenset(),
        "spreadsheets": frozenset({"archives"}),
        "workbook": frozenset({"spreadsheets", "exchange", "entry", "kinds"}),
        "local": frozenset({"judging"}),
        "checks": frozenset({"judging"}),
        "rehearsal": frozenset({"judging", "exchange", "kinds"}),
    },
    "storage": {
        "database": frozenset(),
        "migrations": frozenset({"database"}),
        "repositories": frozenset({"database"}),
        "care": frozenset({"database", "repositories"}),
    },
    "templates": {
        "text": frozenset(),
        "fonts": frozenset({"text"}),
        "application_form": frozenset({"text"}),
        "books": frozenset({"text", "application_form"}),
    },
    "workflow": {
        "drafting": frozenset(),
        "verdicts": frozenset(),
        "file_text": frozenset(),
        "remarks": frozenset({"visiting"}),
        "visiting": frozenset(),
        "submission": frozenset({"drafting", "verdicts", "file_text", "remarks", "visiting"}),
        "accounts": frozenset(),
        "procedure": frozenset({"submission", "verdicts", "remarks", "visiting"}),
        "rounds": frozenset({"submission", "verdicts"}),
        "overview": frozenset({"submission", "procedure", "rounds", "drafting", "verdicts", "remarks"}),
        "carrying": frozenset({"submission", "rounds", "verdicts"}),
        "offline": frozenset({"submission", "procedure", "rounds", "verdicts", "file_text"}),
        "log": frozenset({"submission", "procedure"}),
        "demo": frozenset({"accounts", "submission", "procedure", "rounds", "verdicts"}),
        "commands": frozenset(
            {"accounts", "submission", "rounds", "overview", "demo", "drafting", "verdicts", "offline", "carrying"}
        ),
    },
    "ui/components": {
        "rows": frozenset(),
        "forms": frozenset({"rows"}),
        "case": frozenset({"rows", "forms"}),
        "register": frozenset({"forms", "case", "review"}),
        "trial": frozenset({"rows", "forms", "case"}),
        "rules": frozenset({"rows"}),
        "admin": frozenset({"rules", "forms"}),
        "rehearsing": frozenset({"rules"}),
        "local": frozenset({"forms", "case", "trial"}),
        "assigning": frozenset({"forms", "case", "local"}),
        "remarks": frozenset({"rows", "forms", "case"}),
        "checks": frozenset({"rows", "forms", "case"}),
        "review": frozenset({"rows", "forms", "case", "local", "remarks", "checks"}),
        "county": frozenset({"rows", "forms", "case", "local", "review", "register", "checks"}),
        "matrix": frozenset({"review"}),
        "workbench": frozenset(
            {"rows", "forms", "case", "local", "assigning", "county", "review", "register", "remarks", "checks"}
        ),
    },
    "ui/web": {"sign_in": frozenset(), "papers": frozenset({"sign_in"})},
    "ui/screens": {"trial": frozenset()},
}
MAX_LINES = 300
MAX_MODULES = 20
MAX_SCREEN_LINES = 60


def modules(room: str) -> list[Path]:
    """All modules below a folder; a test that would look at none fails here."""
    there = sorted((ROOT / room).rglob("*.py"))
    assert there, f"{room} holds no module"
    return there


def all_modules() -> list[Path]:
    return [path for room in BELOW for path in modules(room)] + [p for p in (ROOT / "app.py",) if p.exists()]


@cache
def parsed(path: Path) -> ast.Module:
    """A module's tree; not to be changed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of what a module imports, wherever in it the import stands."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("room", BELOW)
def test_imports_run_one_way(room: str) -> None:
    upward = {
        f"{named(path)} imports {name}"
        for path in modules(room)
        if path.name != "__main__.py"
        for name in imports(path)
        if (other := name.partition(".")[0]) in BELOW and other != room and other not in BELOW[room]
    }
    assert not upward


def corridors_in(room: str) -> set[str]:
    return {path.parent.name for path in (ROOT / room).glob("*/__init__.py")} | {
        path.parent.name for path in (ROOT / room).glob("*/*.py")
    }


@pytest.mark.parametrize("room", CORRIDORS)
def test_every_corridor_of_a_room_is_in_the_table(room: str) -> None:
    assert corridors_in(room) == set(CORRIDORS[room])


@pytest.mark.parametrize(("room", "corridor"), [(room, one) for room, those in CORRIDORS.items() for one in those])
def test_corridors_import_only_what_the_table_allows(room: str, corridor: str) -> None:
    dotted = room.replace("/", ".")
    sideways = {
        f"{named(path)} imports {name}"
        for path in modules(f"{room}/{corridor}")
        for name in imports(path)
        if name.startswith(f"{dotted}.")
        and (other := name.removeprefix(f"{dotted}.").partition(".")[0]) in CORRIDORS[room]
        and other not in CORRIDORS[room][corridor] | {corridor}
    }
    assert not sideways


def test_corridors_and_the_modules_at_the_door_import_in_no_circle() -> None:
    doors = {*BELOW, *CORRIDORS}
    files = {
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in all_modules()
    }

    def place(path: Path) -> str:
        folder = path.relative_to(ROOT).parent.as_posix()
        return named(path) if folder in doors else folder

    leads: dict[str, set[str]] = {}
    for path in files.values():
        if path.name != "__main__.py":
            there = {place(files[name]) for name in imports(path) if name in files}
            leads.setdefault(place(path), set()).update(there - {place(path)})
    assert len(leads) > len(doors)
    TopologicalSorter(leads).prepare()  # raises CycleError with the circle


def test_the_model_of_the_rules_imports_the_standard_library_only() -> None:
    foreign = {
        f"{named(path)} imports {name}"
        for path in modules("indicators/model")
        for name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("indicators.model.")
    }
    assert not foreign


def judging() -> list[Path]:
    """The pure part of `scoring`: without its edge (files read and written, the command line)."""
    edge = {"cli", "__main__"}
    files = {"archives", "exchange", "spreadsheets", "workbook"}
    pure = [path for path in modules("scoring") if path.stem not in edge and path.parent.name not in files]
    assert {"judging", "kinds", "local", "entry", "rehearsal", "scoring"} <= {path.parent.name for path in pure}
    return pure


def test_judging_imports_the_standard_library_and_the_model_only() -> None:
    foreign = {
        f"{named(path)} imports {name}"
        for path in judging()
        for name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names | {"scoring"}
        and not name.startswith("indicators.model")
    }
    assert not foreign


def test_judging_never_leans_on_its_own_edge() -> None:
    outward = {
        f"{named(path)} imports {name}"
        for path in judging()
        for name in imports(path)
        if name.startswith("scoring.exchange") or name.split(".")[-1] == "cli"
    }
    assert not outward


IMPURE = {"now", "today", "utcnow", "time", "time_ns", "open", "read_text", "read_bytes", "print"}


def test_judging_reads_no_clock_and_opens_nothing() -> None:
    found = set()
    for path in judging():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if name in IMPURE:
                    found.add(f"{named(path)}:{node.lineno} calls {name}")
    assert not found


def test_only_the_screens_know_streamlit() -> None:
    outside = {
        named(path)
        for path in all_modules()
        if path.relative_to(ROOT).parts[0] not in {"ui", "app.py"}
        for name in imports(path)
        if name.partition(".")[0] == "streamlit"
    }
    assert not outside


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


READINGS = {
    "from datetime import date\n\nTODAY = date.today()\n": "date.today",
    "from datetime import UTC, datetime\n\nAT = datetime.now(UTC)\n": "datetime.now",
    "import datetime\n\nclock = datetime.datetime.utcnow\n": "datetime.utcnow",
    "import time\n\nAT = time.time()\n": "time.time",
    "from time import localtime\n\nAT = localtime()\n": "time.localtime",
}


@pytest.mark.parametrize("place", ["ui/x.py", "workflow/x.py", "tests/ui/x.py", "tests/x.py", "benchmarks/x.py"])
def test_the_lint_refuses_every_reading_of_the_machine_s_time(place: str) -> None:
    for source, words in READINGS.items():
        assert words in lint(source, place), source


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


_ASSERTING = {"pytest.raises", "pytest.fail", "pytest.warns", "expect"}


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
    called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    asserts = any(isinstance(node, ast.Assert) for node in ast.walk(function)) or not called.isdisjoint(_ASSERTING)
    return asserts, {name.rpartition(".")[2] for name in called}


def imported_tests(tree: ast.Module) -> set[Path]:
    """Modules of the tests a module imports from."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
            found.add(ROOT / f"{node.module.replace('.', '/')}.py")
    return found
