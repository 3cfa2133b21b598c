"""The rooms: imports run one way, between rooms and their corridors, and the inner rooms are pure."""

from __future__ import annotations

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.modules import ROOMS, ROOT, all_modules, modules, named, parsed

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
        "archive": frozenset(),
        "fonts": frozenset({"text"}),
        "word": frozenset({"text"}),
        "application_form": frozenset({"text", "archive", "word"}),
        "composing": frozenset({"text", "archive"}),
        "books": frozenset({"text", "application_form", "composing"}),
        "binding": frozenset({"text"}),
        "documents": frozenset({"text", "archive", "application_form", "composing", "word", "binding"}),
        "commands": frozenset({"text", "application_form", "books", "documents", "binding"}),
    },
    "workflow": {
        "entries": frozenset(),
        "drafting": frozenset(),
        "verdicts": frozenset(),
        "file_text": frozenset(),
        "remarks": frozenset({"entries", "visiting"}),
        "visiting": frozenset({"entries"}),
        "printed": frozenset(),
        "submission": frozenset({"entries", "drafting", "verdicts", "file_text", "remarks", "visiting", "printed"}),
        "words": frozenset({"entries", "remarks", "submission"}),
        "accounts": frozenset(),
        "reviewing": frozenset({"accounts", "submission"}),
        "procedure": frozenset({"submission", "verdicts", "remarks", "visiting"}),
        "rounds": frozenset({"submission", "verdicts"}),
        "overview": frozenset({"submission", "procedure", "rounds", "drafting", "verdicts", "remarks", "reviewing"}),
        "carrying": frozenset({"submission", "rounds", "verdicts"}),
        "offline": frozenset(
            {"entries", "remarks", "visiting", "submission", "procedure", "rounds", "verdicts", "file_text"}
        ),
        "tables": frozenset(
            {"words", "accounts", "log", "overview", "procedure", "remarks", "reviewing", "rounds", "submission"}
        ),
        "analysis": frozenset({"tables", "overview", "procedure", "verdicts"}),
        "log": frozenset({"submission", "procedure"}),
        "papers": frozenset(
            {
                "submission",
                "procedure",
                "rounds",
                "overview",
                "remarks",
                "visiting",
                "verdicts",
                "log",
                "printed",
                "tables",
                "analysis",
                "commands",
            }
        ),
        "demo": frozenset({"accounts", "submission", "procedure", "rounds", "verdicts", "remarks", "visiting"}),
        "commands": frozenset(
            {
                "accounts",
                "submission",
                "rounds",
                "overview",
                "demo",
                "drafting",
                "verdicts",
                "offline",
                "carrying",
                "analysis",
            }
        ),
    },
    "ui/components": {
        "rows": frozenset(),
        "forms": frozenset({"rows"}),
        "case": frozenset({"rows", "forms"}),
        "opinion": frozenset({"forms", "case"}),
        "register": frozenset({"forms", "case", "review"}),
        "trial": frozenset({"rows", "forms", "case"}),
        "rules": frozenset({"rows"}),
        "admin": frozenset({"rules", "forms"}),
        "rehearsing": frozenset({"rules"}),
        "printing": frozenset({"case", "trial"}),
        "local": frozenset({"forms", "case", "trial", "printing"}),
        "assigning": frozenset({"forms", "case", "local"}),
        "remarks": frozenset({"rows", "forms", "case"}),
        "checks": frozenset({"rows", "forms", "case"}),
        "consistency": frozenset({"case"}),
        "review": frozenset(
            {"rows", "forms", "case", "local", "opinion", "remarks", "checks", "consistency", "printing"}
        ),
        "county": frozenset({"rows", "forms", "case", "local", "opinion", "review", "register", "checks"}),
        "matrix": frozenset({"review", "consistency", "printing"}),
        "dividing": frozenset({"forms"}),
        "workbench": frozenset(
            {
                "rows",
                "forms",
                "case",
                "local",
                "assigning",
                "county",
                "opinion",
                "review",
                "register",
                "remarks",
                "checks",
                "dividing",
            }
        ),
    },
    "ui/web": {"sign_in": frozenset(), "papers": frozenset({"sign_in"})},
    "ui/screens": {"trial": frozenset(), "reviewing": frozenset()},
}


def test_every_room_is_in_the_table() -> None:
    assert set(BELOW) == set(ROOMS)


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Full dotted names of what a module imports, wherever in it the import stands."""
    found: list[str] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            found += (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
    return tuple(found)


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
