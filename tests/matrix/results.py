"""What each case came to, on a line of its own as it ends, so that a run that was stopped goes on from there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.matrix.cases import LOST, Case

RESULTS = Path(__file__).parents[2] / "var" / "matrix.jsonl"
UNFINISHED = "没有走完"


@dataclass(frozen=True, slots=True)
class Result:
    """A case played on a day, on a commit."""

    case: str
    found: str
    day: str
    commit: str

    @property
    def whole(self) -> bool:
        """Whether it came to its end with nothing lost."""
        return self.found not in {LOST, UNFINISHED}


def read(path: Path = RESULTS) -> dict[str, Result]:
    """The last of each case; a line that was cut off is none."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return {result.case: result for result in (Result(**json.loads(line)) for line in lines)}


def add(result: Result, path: Path = RESULTS) -> None:
    """One more line."""
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")


def left(cases: Iterable[Case], path: Path = RESULTS) -> tuple[Case, ...]:
    """Those that are not whole."""
    done = {name for name, result in read(path).items() if result.whole}
    return tuple(case for case in cases if case.name not in done)
