"""Problems with a place: what is wrong with a file, in Chinese, at ``file:line:col``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file. ``line`` and ``col`` count from 1; ``where`` names the key path for a person."""

    file: str
    line: int
    col: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.col}"
        return f"{place} {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


class ProblemsError(Exception):
    """All the problems of a reading, in order of place; raised once, when everything has been looked at."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
