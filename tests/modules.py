"""The product's modules as the tests of their habits read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("indicators", "scoring", "storage", "templates", "workflow", "ui")


def modules(room: str) -> list[Path]:
    """All modules below a folder; a test that would look at none fails here."""
    there = sorted((ROOT / room).rglob("*.py"))
    assert there, f"{room} holds no module"
    return there


def all_modules() -> list[Path]:
    return [path for room in ROOMS for path in modules(room)] + [p for p in (ROOT / "app.py",) if p.exists()]


@cache
def parsed(path: Path) -> ast.Module:
    """A module's tree; not to be changed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """Where it stands in the project."""
    return path.relative_to(ROOT).as_posix()
