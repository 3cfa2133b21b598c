"""Problems with a place: what is wrong with a file, in Chinese, at ``file:line:col``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indicators.reading.visible import one_line


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file. ``line`` and ``col`` count from 1; ``where`` names the key path for a person.

    ``in_text``: the text itself is at fault (quotes, a repeated key), before any question of what it says.
    """

    file: str
    line: int
    col: int
    where: str
    message: str
    in_text: bool = field(default=False, compare=False, repr=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.col}"
        # Messages quote the file: its text must neither steer a terminal nor forge a line.
        return one_line(f"{place} {self.where}: {self.message}" if self.where else f"{place}: {self.message}")


class ProblemsError(Exception):
    """All the problems of a reading, in order of place; raised once, when everything has been looked at."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(_without_echoes(dict.fromkeys(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Without the content problems at places whose text is itself at fault: they only follow from it."""
    listed = list(problems)
    places = {(problem.file, problem.line, problem.col) for problem in listed if problem.in_text}
    paths = {(problem.file, problem.where) for problem in listed if problem.in_text and problem.where}
    for problem in listed:
        if problem.in_text or (
            (problem.file, problem.line, problem.col) not in places and (problem.file, problem.where) not in paths
        ):
            yield problem
