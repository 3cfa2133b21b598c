"""What one press of 保存 costs the store: statements, readings of a submission and judgings, counted in the server.

``python benchmarks/statements.py [--list]`` starts the product on a new demonstration, opens a row as its clerk over a
real websocket and counts what each message to the server sets off, the gate's own questions and every BEGIN included.
``--list`` prints the statements.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.load import CLERK, PREFECTURE, ROW, prepared  # noqa: E402 - run as a script from anywhere
from benchmarks.servers import Server, serving  # noqa: E402 - as above
from benchmarks.websocket_session import Session, Widget, signed_in  # noqa: E402 - as above
from workflow.demo.seed import DEMO_PASSWORD  # noqa: E402 - as above

_SETTLES = 1.5  # seconds for what follows an answer


@dataclass
class Counting:
    """Reads what the server wrote since it was last asked."""

    file: Path
    shown: bool
    read: int = 0

    async def of(self, name: str, act: Awaitable[object]) -> None:
        """A row of the table: what this act set off."""
        await asyncio.sleep(_SETTLES)
        self._new()
        await act
        await asyncio.sleep(_SETTLES)
        lines = [line.partition("\t") for line in self._new()]
        counts = Counter(what for what, _, _ in lines)
        writing = _longest_writing([words for what, _, words in lines if what == "statement"])
        print(f"| {name} | {counts['statement']} | {writing or ''} | {counts['reading']} | {counts['judging']} |")
        if self.shown:
            print("\n".join(f"    {what}: {words}" for what, _, words in lines))

    def _new(self) -> list[str]:
        lines = self.file.read_text(encoding="utf-8").splitlines()
        new, self.read = lines[self.read :], len(lines)
        return new


def _longest_writing(statements: list[str]) -> int:
    """Statements of the longest writing transaction that the audit chain saw, its BEGIN included."""
    lengths, current = [0], 0
    for statement in statements:
        if statement.startswith("BEGIN"):
            current = 0
        current += 1
        if statement.startswith("UPDATE audit_head"):
            current += 100
        lengths.append(current - 100 if current > 100 else 0)
    return max(lengths)


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


async def count(server: Server, counting: Counting) -> None:
    """The table."""
    cookie = signed_in(server.address, CLERK, DEMO_PASSWORD)
    print("| one act | statements | of these in the writing transaction | readings | judgings |")
    print("|---|---:|---:|---:|---:|")
    async with Session(server.address, "assess", {"row": ROW}, cookie) as form:
        await counting.of("row, run again without a change", form.rerun())
        await counting.of("row, a field changed", typed(form, "补充说明：已核对台账。"))
        await counting.of("row, 保存", saved(form))
        await counting.of("row, run again without a change", form.rerun())
        await counting.of("row, a field changed", typed(form, "补充说明：再次核对台账。"))
        await counting.of("row, 保存 again", saved(form))
    async with Session(server.address, "", {}, cookie) as workbench:
        await counting.of("workbench, run again", workbench.rerun())
    reviewer = signed_in(server.address, PREFECTURE, DEMO_PASSWORD)
    async with Session(server.address, "appraisal", {"row": ROW, "view": "row"}, reviewer) as appraisal:
        await counting.of("appraisal, run again", appraisal.rerun())
        await counting.of("appraisal, a field changed", typed(appraisal, "经核对，材料齐全。"))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every statement")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder) / "data", Path(folder) / "counts"
        prepared(data, None)
        file.touch()
        log = Path(folder) / "server.log"
        script = "benchmarks/counted_app.py"
        with serving(script, log, DATA_DIR=str(data), DEMO="1", COUNT_FILE=str(file)) as server:
            asyncio.run(count(server, Counting(file, given.list)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
