"""Many people at once: each has a row open, changes something every five seconds, and saves every fifth time.

Waiting is counted from the moment somebody meant to act, so that a slow answer does not hide those queued behind it.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from benchmarks.servers import Server
from benchmarks.websocket_session import Session, SessionLost, signed_in
from indicators import load_library
from storage.store import Store
from workflow.demo.seed import DEMO_PASSWORD
from workflow.people import Role
from workflow.states import State

EVERY = 5.0
SAVE = 5
LATE = 1.0
_PLAIN = {"text_input": "3", "text_area": "1", "checkbox": "5", "radio": "3", "selectbox": "3", "multiselect": "3",
          "button_group": "3", "button": "5", "fragment": "1"}  # fmt: skip
_OPEN_AT_ONCE = 4


@dataclass
class Crowd:
    """How it went."""

    people: int
    changes: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    cores: float = 0.0
    memory: float = 0.0

    def row(self) -> str:
        """Cells of a Markdown row: median and p95 of a change, p95 of a save, cores, not done in time, memory each."""
        late = sum(seconds > LATE for seconds in (*self.changes, *self.saves)) + len(self.failures)
        done = len(self.changes) + len(self.saves) + len(self.failures)
        return (
            f"{statistics.median(self.changes):.2f} | {_p95(self.changes):.2f} | {_p95(self.saves):.2f} "
            f"| {self.cores:.2f} | {late} / {done} | {self.memory / self.people / 1e6:.1f}"
        )


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else float("nan")


def writers(store: Store) -> list[str]:
    """Usernames of the counties that are filling in; the crowd shares them, each of it on rows of their own."""
    with store.read() as tx:
        filling = {one.division_code for one in tx.submissions.all() if one.state == State.DRAFT}
        people = tx.accounts.all()
    return [one.username for one in people if one.role == Role.COUNTY_COORDINATOR and one.division_code in filling]


async def crowded(servers: Sequence[Server], people: int, seconds: float, names: Sequence[str]) -> Crowd:
    """Let them work for so long, shared out over the servers; without ``names`` on bare pages."""
    crowd = Crowd(people)
    rows = [row.id for row in load_library().standards["national-2018"].indicators]
    before = sum(server.memory() for server in servers)
    async with AsyncExitStack() as stack:
        gate = asyncio.Semaphore(_OPEN_AT_ONCE)

        async def enter(number: int) -> Session:
            server = servers[number % len(servers)]
            async with gate:
                if not names:
                    return await stack.enter_async_context(Session(server.address, "", _PLAIN))
                who, turn = names[number % len(names)], number // len(names)
                cookie = await asyncio.to_thread(signed_in, server.address, who, DEMO_PASSWORD)
                return await stack.enter_async_context(
                    Session(server.address, "assess", {"row": rows[turn % len(rows)]}, cookie)
                )

        sessions = await asyncio.gather(*(enter(number) for number in range(people)))
        crowd.memory = sum(server.memory() for server in servers) - before
        used, begun = sum(server.cpu() for server in servers), time.perf_counter()
        until = begun + seconds
        await asyncio.gather(*(_work(session, number, until, crowd) for number, session in enumerate(sessions)))
        crowd.cores = (sum(server.cpu() for server in servers) - used) / (time.perf_counter() - begun)
    return crowd


async def _work(session: Session, number: int, until: float, crowd: Crowd) -> None:
    pace = random.Random(number)  # noqa: S311 - the same people every time
    meant, turn = time.perf_counter() + pace.uniform(0, EVERY), number
    while meant < until:
        await asyncio.sleep(max(0.0, meant - time.perf_counter()))
        turn += 1
        try:
            await _change(session, turn)
            crowd.changes.append(time.perf_counter() - meant)
            if turn % SAVE == 0:
                pressed = time.perf_counter()
                await _save(session)
                crowd.saves.append(time.perf_counter() - pressed)
        except (SessionLost, TimeoutError, LookupError) as failure:
            crowd.failures.append(f"{session.page} {session.query}: {failure}")
        meant += EVERY


async def _change(session: Session, turn: int) -> None:
    area = session.find(lambda widget: widget.kind == "text_area")
    if area is None:
        raise LookupError("no field to type in")
    await session.type(area, f"第 {turn} 次核对台账后填写。")


async def _save(session: Session) -> None:
    button = session.find(lambda widget: widget.kind == "button" and widget.proto.label.startswith(("保存", "button")))
    if button is None:
        raise LookupError("nothing to save with")
    await session.press(button)
