"""The whole server killed (-9) while people type and save over websockets: what it acknowledged is there afterwards."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import WebSocketException

from benchmarks.websocket_session import Session, SessionLost, Widget, signed_in
from indicators import load_library
from storage import open_store
from storage.care.integrity import inspect_store
from tests.e2e.conftest import COORDINATOR, Server
from ui.form_keys import FormKey, submission_of
from workflow.accounts.accounts import person_of
from workflow.demo.seed import DEMO_PASSWORD
from workflow.drafting.drafts import drafts_of
from workflow.office import Office
from workflow.verdicts.verifying import verdict_faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX"),
]
ROWS = ("3.3.2", "3.3.3", "1.1.1")  # each in a window of its own
KILLS = 10  # in each of the turns
OLD = 2.0  # seconds after which a text may not be lost, acknowledged or not
LOST = (SessionLost, WebSocketException, httpx.HTTPError, OSError, EOFError, TimeoutError, RuntimeError)
_NUMBER = re.compile(r"第(\d+)次")


def words(number: int) -> str:
    return f"第{number}次，核对台账后填写。"


def number_in(text: object) -> int:
    found = _NUMBER.search(text) if isinstance(text, str) else None
    return int(found[1]) if found else 0


def note(session: Session) -> Widget | None:
    """The row's field for a remark."""
    return session.find(lambda widget: (key := FormKey.parse(widget.key)) is not None and key.field == "note")


@dataclass
class Typist:
    """One window on one row, life after life; what the server acknowledged to it, by the number of the text."""

    row: str
    tab: str
    typed: list[tuple[float, int]] = field(default_factory=list)  # when, what
    number: int = 0
    drafted: int = 0
    saved: int = 0
    drafts: int = 0
    saves: int = 0
    key: FormKey | None = None

    async def live(self, address: str, cookie: str) -> None:
        """Type without pause, save every third text, until the server is gone."""
        with suppress(*LOST):
            async with Session(address, "assess", {"row": self.row}, cookie, self.tab) as session:
                while True:
                    await self._one(session)

    async def _one(self, session: Session) -> None:
        area = note(session)
        if area is None:
            raise AssertionError(f"{self.row}: no field to type in")
        self.key = FormKey.parse(area.key)
        self.number += 1
        self.typed.append((time.monotonic(), self.number))
        await session.type(area, words(self.number))
        self.drafted, self.drafts = self.number, self.drafts + 1
        if self.number % 3 == 0:
            button = session.find(lambda widget: widget.kind == "button" and widget.proto.label.startswith("保存"))
            if button is None:
                raise AssertionError(f"{self.row}: nothing to save with")
            await session.press(button)
            drawn = note(session)
            now = FormKey.parse(drawn.key) if drawn else None
            if now is None or self.key is None or now.seen <= self.key.seen:
                raise AssertionError(f"{self.row}: the press of 保存 saved nothing: {self.key} {now}")
            self.saved, self.saves = self.number, self.saves + 1

    def old(self, killed: float) -> int:
        """The newest text that was typed so long before the kill that it may not be lost."""
        return max((number for at, number in self.typed if killed - at > OLD), default=0)


async def a_life(server: Server, typists: list[Typist], cookie: str, seconds: float) -> float:
    """Until the server is killed, so long after everybody has begun to type; when that was."""
    working = [asyncio.create_task(typist.live(server.address, cookie)) for typist in typists]
    while not all(typist.typed or task.done() for typist, task in zip(typists, working, strict=True)):
        await asyncio.sleep(0.05)
    await asyncio.sleep(seconds)
    killed = time.monotonic()
    server.kill()
    done, late = await asyncio.wait(working, timeout=30)
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    return killed


@pytest.fixture
def server(seeded: Path, tmp_path: Path, monkeypatch) -> Iterator[tuple[Server, Path]]:
    monkeypatch.setattr("tests.e2e.conftest._START_SECONDS", 600)  # beside whatever else the machine does
    shutil.copytree(seeded, tmp_path / "var")
    running = Server(tmp_path)
    running.start()
    yield running, tmp_path / "var"
    with suppress(Exception):
        running.stop()


def standing(var: Path, typist: Typist, *, whole: bool) -> tuple[int, int]:
    """The numbers of the text saved and of the draft, 0 for none; ``whole``: the store is in order throughout."""
    if typist.key is None:
        return 0, 0
    with open_store(var=var) as store:
        with store.read() as tx:
            account = tx.accounts.by_username(COORDINATOR)
            entry = tx.entries.get(submission_of(typist.key.scope), typist.key.kind, typist.key.key)
        office = Office(store, load_library())
        draft = drafts_of(office, person_of(account), typist.key.scope).of(typist.key.kind, typist.key.key, typist.tab)
        if whole:
            assert inspect_store(store, [lambda _: verdict_faults(office)]).faults == ()
    return (
        number_in(entry.body.get("note") if entry else None),
        number_in(draft.fields.get("note") if draft else None),
    )


@pytest.mark.parametrize("turn", range(1, 21))
def test_what_the_server_acknowledged_survives_200_kills(server, record_property, turn) -> None:
    running, var = server
    cookie = signed_in(running.address, COORDINATOR, DEMO_PASSWORD)
    typists = [Typist(row, f"window{number}xxxxxx") for number, row in enumerate(ROWS)]
    chance = random.Random(turn)  # noqa: S311 - moments to die at, no secret
    texts = 0
    for life in range(1, KILLS + 1):
        seconds = chance.uniform(0, 6)
        with ThreadPoolExecutor(1) as beside:  # this thread may hold a browser, whose loop is running
            killed = beside.submit(asyncio.run, a_life(running, typists, cookie, seconds)).result()
        for number, typist in enumerate(typists):
            saved, draft = standing(var, typist, whole=number == 0 and life in {1, KILLS})
            assert saved >= typist.saved, (life, typist)
            assert max(saved, draft) >= max(typist.drafted, typist.old(killed)), (life, typist, saved, draft)
            texts += len(typist.typed)
            typist.typed.clear()
        running.start()
    drafts, saves = sum(typist.drafts for typist in typists), sum(typist.saves for typist in typists)
    for name, value in {"kills": KILLS, "texts": texts, "drafts": drafts, "saves": saves}.items():
        record_property(name, value)
    print(f"{KILLS} kills, {texts} texts: {drafts} acknowledged drafts and {saves} saves all there")
