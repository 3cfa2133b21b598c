"""What one press of 保存 costs the store: statements, readings of a submission and judgings, counted in the server.

``python benchmarks/statements.py [--list]`` starts the product on a new demonstration, opens a row as its clerk over a
real websocket and counts what each message to the server sets off, the gate's own questions and every BEGIN included.
``--list`` prints the statements.

Before the save was worked out ahead of its transaction a press cost 63 statements, 5 readings of the whole submission
and 4 judgings. A reading is of the entries written now; the judging was done when the field was left.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.load import CLERK, PREFECTURE, ROW, prepared  # noqa: E402 - run as a script from anywhere
from benchmarks.servers import Server, serving  # noqa: E402 - as above
from benchmarks.websocket_session import Session, Widget, signed_in  # noqa: E402 - as above
from workflow.demo.seed import DEMO_PASSWORD  # noqa: E402 - as above

_SETTLES = 1.5  # seconds for what follows an answer


@dataclass(frozen=True)
class Cost:
    """What one act set off; ``writing``: statements of its audited writing transaction, its BEGIN included."""

    statements: int
    writing: int
    readings: int
    judgings: int

    @classmethod
    def of(cls, lines: list[tuple[str, str]]) -> Cost:
        """From what the server wrote: what happened, and its words."""
        happened = Counter(what for what, _ in lines)
        statements = [words for what, words in lines if what == "statement"]
        return cls(len(statements), _audited(lines), happened["reading"], happened["judging"])


def _audited(lines: list[tuple[str, str]]) -> int:
    transactions: list[list[str]] = [[]]
    for what, words in lines:
        if what == "end" or words.startswith("BEGIN"):
            transactions.append([])
        if what == "statement":
            transactions[-1].append(words)
    return max((len(t) for t in transactions if any(w.startswith("INSERT INTO audit ") for w in t)), default=0)


@dataclass
class Counting:
    """Reads what the server wrote since it was last asked."""

    file: Path
    costs: dict[str, Cost] = field(default_factory=dict)
    statements: dict[str, list[str]] = field(default_factory=dict)
    read: int = 0

    async def of(self, name: str, act: Awaitable[object]) -> None:
        """What this act sets off."""
        self._new()
        await act
        await asyncio.sleep(_SETTLES)
        lines = self._new()
        self.costs[name] = Cost.of(lines)
        self.statements[name] = [words or what for what, words in lines]

    def _new(self) -> list[tuple[str, str]]:
        lines = self.file.read_text(encoding="utf-8").splitlines()
        new, self.read = lines[self.read :], len(lines)
        return [(what, words) for what, _, words in (line.partition("\t") for line in new)]


async def typed(session: Session, text: str) -> None:
    """Another text in the first long field."""
    area = session.find(lambda widget: widget.kind == "text_area")
    if area is None:
        raise LookupError("no field to type in")
    await session.change(area, text)


async def saved(session: Session) -> None:
    """Press 保存."""
    button = session.find(_saves)
    if button is None:
        raise LookupError("nothing to save with")
    await session.press(button)


def _saves(widget: Widget) -> bool:
    return widget.kind == "button" and widget.proto.label.startswith("保存")


PRESS, UNCHANGED = "row, 保存", "row, its form again without a change"
ROW_PAGE, APPRAISAL, WORKBENCH = "row, the whole page again", "appraisal, the whole page again", "workbench, again"


async def counted(server: Server, counting: Counting) -> None:
    """A clerk fills in and saves; a reviewer looks."""
    cookie = signed_in(server.address, CLERK, DEMO_PASSWORD)
    async with Session(server.address, "assess", {"row": ROW}, cookie) as form:
        await asyncio.sleep(_SETTLES)
        await counting.of(ROW_PAGE, form.rerun())
        await counting.of("row, a field changed", typed(form, "补充说明：已核对台账。"))
        await counting.of(UNCHANGED, typed(form, "补充说明：已核对台账。"))
        await counting.of(PRESS, saved(form))
    async with Session(server.address, "", {}, cookie) as workbench:
        await asyncio.sleep(_SETTLES)
        await counting.of(WORKBENCH, workbench.rerun())
    reviewer = signed_in(server.address, PREFECTURE, DEMO_PASSWORD)
    async with Session(server.address, "appraisal", {"row": ROW, "view": "row"}, reviewer) as appraisal:
        await asyncio.sleep(_SETTLES)
        await counting.of(APPRAISAL, appraisal.rerun())
        await counting.of("appraisal, a field changed", typed(appraisal, "经核对，材料齐全。"))


def counting_in(folder: Path) -> Counting:
    """Count on a new demonstration below that folder."""
    data, file = folder / "data", folder / "counts"
    prepared(data, None)
    file.touch()
    counting, script = Counting(file), "benchmarks/counted_app.py"
    with serving(script, folder / "server.log", DATA_DIR=str(data), DEMO="1", COUNT_FILE=str(file)) as server:
        asyncio.run(counted(server, counting))
    return counting


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every statement")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counting = counting_in(Path(folder))
    print("| one act | statements | in the writing transaction | readings | judgings |\n|---|---:|---:|---:|---:|")
    for name, cost in counting.costs.items():
        print(f"| {name} | {cost.statements} | {cost.writing or ''} | {cost.readings} | {cost.judgings} |")
        if given.list:
            print("\n".join(f"    {words}" for words in counting.statements[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
