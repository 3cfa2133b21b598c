"""A tiny, valid, invented rules folder (``tiny/``) to break, one mistake at a time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from indicators import Problem, ProblemsError, load_library
from indicators.model import Library

TINY = Path(__file__).parent / "tiny"


@dataclass(frozen=True)
class RulesFolder:
    root: Path

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace words that occur exactly once, so that a test says precisely what it changes."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old!r} occurs {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def load(self) -> Library:
        return load_library(self.root)

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the folder; files named relative to it."""
        try:
            load_library(self.root)
        except ProblemsError as error:
            return error.problems
        return ()

    def lines(self) -> list[str]:
        return [str(problem).removeprefix(f"{self.root}/") for problem in self.problems()]


def tiny_rules(folder: Path) -> RulesFolder:
    """A fresh copy of the tiny rules."""
    return RulesFolder(Path(shutil.copytree(TINY, folder / "rules")))
