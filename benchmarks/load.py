"""What a click costs the server, and how many people it holds: real websocket sessions against bare Streamlit pages.

``python benchmarks/load.py [--rounds N] [--people 50,100] [--seconds S] [--processes P] [--store FOLDER]`` prints
Markdown tables.
The product runs on a new demonstration (or a copy of the one in FOLDER); beside it runs a server of bare pages with as
many widgets of the same kinds as the row that is filled in (`benchmarks/bare_page.py`). Each is asked in turn, so that
a busy moment of the machine meets all alike: compare ratios, not milliseconds. The workbench has few widgets of its
own; it is compared with the row's bare page.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.crowd import crowded, writers  # noqa: E402 - run as a script from anywhere
from benchmarks.servers import Server, all_serving  # noqa: E402 - as above
from benchmarks.websocket_session import Answer, Session, signed_in  # noqa: E402 - as above
from indicators import load_library  # noqa: E402 - as above
from storage import open_store  # noqa: E402 - as above
from storage.clock import now  # noqa: E402 - as above
from workflow.demo.seed import DEMO_PASSWORD, seed_demo  # noqa: E402 - as above
from workflow.office import Office  # noqa: E402 - as above

ROW = "3.3.2"
PAGE, FRAGMENT = "bare page, a change", "bare fragment, a change"
CLERK, PREFECTURE, PROVINCE = "jiaxian_minzheng", "yanshizhou", "yanshisheng"
_WARM = 3
_CLICKS = 5  # in one turn

Click = Callable[[int], Awaitable[Answer]]


@dataclass
class Step:
    """Something a person does again and again: its name, how it is done, where, and what bounds it."""

    name: str
    click: Click
    server: Server
    beside: str = ""
    most: float | None = None
    cpu: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    received: int = 0

    async def turn(self, number: int, clicks: int) -> None:
        """Some clicks in a row; the first turn only warms up."""
        for at in range(clicks):
            before = self.server.cpu()
            answer = await self.click(number * _CLICKS + at)
            if number:
                self.cpu.append(self.server.cpu() - before)
                self.seconds.append(answer.seconds)
                self.received = answer.received

    def ratio(self, other: Step) -> float:
        """Processor time against another's, turn by turn."""
        mine, theirs = _turns(self.cpu), _turns(other.cpu)
        return statistics.median(one / two for one, two in zip(mine, theirs, strict=True))


def _turns(clicks: list[float]) -> list[float]:
    return [statistics.median(clicks[at : at + _CLICKS]) for at in range(0, len(clicks), _CLICKS)]


def typing(session: Session) -> Click:
    """Another text in the page's first long field."""

    async def click(number: int) -> Answer:
        area = session.find(lambda widget: widget.kind == "text_area")
        if area is None:
            raise LookupError("no field to type in")
        return await session.type(area, f"补充说明第 {number} 次，核对台账后填写。")

    return click


def stepping(session: Session) -> Click:
    """To the next row and back."""

    async def click(number: int) -> Answer:
        button = session.button("下一项" if number % 2 == 0 else "上一项")
        if button is None:
            raise LookupError("no button to another row")
        return await session.press(button)

    return click


def saving(session: Session) -> Click:
    """Type and save; only the press is counted."""
    change = typing(session)

    async def click(number: int) -> Answer:
        await change(number)
        button = session.find(lambda widget: widget.kind == "button" and widget.proto.label.startswith("保存"))
        if button is None:
            raise LookupError("nothing to save with")
        return await session.press(button)

    return click


def looking(session: Session) -> Click:
    """The page again."""

    async def click(_: int) -> Answer:
        return await session.rerun()

    return click


async def steps(servers: dict[str, Server], stack: AsyncExitStack) -> list[Step]:
    """Every step, each on a page of its own."""
    product, bare = servers["product"], servers["bare"]
    cookies = {name: signed_in(product.address, name, DEMO_PASSWORD) for name in (CLERK, PREFECTURE, PROVINCE)}

    async def opened(who: str, page: str = "", **query: str) -> Session:
        return await stack.enter_async_context(Session(product.address, page, query, cookies[who]))

    async def plain(**query: str) -> Session:
        return await stack.enter_async_context(Session(bare.address, "", query))

    form = await opened(CLERK, "assess", row=ROW)
    as_many = {kind: str(number) for kind, number in form.count().items()}
    print(f"Row {ROW}: {sum(form.count().values())} widgets, {_in_fragments(form)} of them in a fragment.\n")
    appraisal = await opened(PREFECTURE, "appraisal", row=ROW, view="row")
    return [
        Step(PAGE, typing(await plain(**as_many)), bare),
        Step(FRAGMENT, typing(await plain(**as_many, fragment="1")), bare),
        Step("self-assessment row, a change", typing(form), product, FRAGMENT, 1.5),
        Step("self-assessment, another row", stepping(await opened(CLERK, "assess", row=ROW)), product, PAGE, 2.5),
        Step("self-assessment, 保存 (the press)", saving(await opened(CLERK, "assess", row="3.3.3")), product, PAGE),
        Step("workbench, county", looking(await opened(CLERK)), product, PAGE, 2.5),
        Step("workbench, prefecture", looking(await opened(PREFECTURE)), product, PAGE, 2.5),
        Step("workbench, province", looking(await opened(PROVINCE)), product, PAGE, 2.5),
        Step("basic appraisal, another row", stepping(appraisal), product, PAGE, 2.5),
        Step("matrix, province", looking(await opened(PROVINCE, "matrix")), product, PAGE),
        Step("evidence register, run again", looking(await opened(CLERK, "register")), product, PAGE),
    ]  # fmt: skip


def _in_fragments(session: Session) -> int:
    return sum(bool(widget.fragment) for widget in session.widgets)


async def clicks(servers: dict[str, Server], rounds: int) -> None:
    """The table of steps."""
    async with AsyncExitStack() as stack:
        every = await steps(servers, stack)
        for number in range(rounds + 1):
            for step in every:
                await step.turn(number, _CLICKS if number else _WARM)
    by_name = {step.name: step for step in every}
    print("| one act | CPU ms | wait p50 ms | p95 | kB received | against | ratio | aim |")
    print("|---|---:|---:|---:|---:|---|---:|---:|")
    for step in every:
        p95 = statistics.quantiles(step.seconds, n=20)[-1]
        compared = f"{step.ratio(by_name[step.beside]):.2f}" if step.beside else ""
        aim = f"≤ {step.most}" if step.most else ""
        print(
            f"| {step.name} | {1000 * statistics.median(step.cpu):.1f} | {1000 * statistics.median(step.seconds):.0f} "
            f"| {1000 * p95:.0f} | {step.received / 1000:.0f} | {step.beside} | {compared} | {aim} |"
        )
    print()


async def people(servers: dict[str, Server], counts: list[int], seconds: float, names: list[str]) -> None:
    """The table of how many are held, the bare pages in turn with the product."""
    print("| people | where | change p50 s | p95 | save p95 | cores | over 1 s or failed | MB each |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|")
    for count in counts:
        for name, what in (("bare", "bare fragment"), ("product", "self-assessment")):
            serving = [server for key, server in servers.items() if key.startswith(name)]
            crowd = await crowded(serving, count, seconds, names if name == "product" else [])
            print(f"| {count} | {what} | {crowd.row()} |", flush=True)
            for failure in sorted(set(crowd.failures))[:5]:
                sys.stderr.write(f"{failure}\n")
    print()


def prepared(folder: Path, store: Path | None) -> list[str]:
    """A data folder to measure on: a copy of ``store`` or a new demonstration; and who is filling in there."""
    if store is not None:
        shutil.copytree(store, folder)
    with open_store(None, folder) as opened:
        if store is None:
            seed_demo(Office(opened, load_library()), ROOT, now())
        return writers(opened)


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=8, help="turns of each step (5 clicks each); 0: none")
    arguments.add_argument("--people", default="", help="how many at once, e.g. 50,100,150; none: not measured")
    arguments.add_argument("--seconds", type=float, default=60, help="how long each crowd works")
    arguments.add_argument("--store", type=Path, help="data folder to copy instead of a new demonstration")
    arguments.add_argument("--processes", type=int, default=1, help="servers of each that share a crowd")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = prepared(folder / "var", given.store)
        scripts = {"product": "app.py", "bare": "benchmarks/bare_page.py"}
        scripts |= {f"{name}-{more}": scripts[name] for more in range(2, given.processes + 1) for name in scripts}
        with all_serving(scripts, folder, DATA_DIR=str(folder / "var"), DEMO="1") as servers:
            print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.\n")
            if given.rounds:
                asyncio.run(clicks(servers, given.rounds))
            if given.people:
                asyncio.run(people(servers, [int(count) for count in given.people.split(",")], given.seconds, names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
