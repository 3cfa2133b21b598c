"""The loop takes what threads hand it in their order and at one waking."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from ui.web import wake_ups
from ui.web.wake_ups import OneWaking, woken_once

CALLS = 200


def test_calls_that_wait_are_taken_in_order_at_one_waking() -> None:
    async def run() -> tuple[list[int], int]:
        loop, taken, wakings = asyncio.get_running_loop(), [], []
        woken = loop.call_soon_threadsafe

        def counted(*given: object) -> asyncio.Handle:
            wakings.append(given)
            return woken(*given)

        loop.call_soon_threadsafe = counted
        calls, done = OneWaking(loop), asyncio.Event()

        def ask() -> None:
            handles = [calls(taken.append, number) for number in range(CALLS)]
            handles[7].cancel()
            calls(done.set)

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()  # the loop is busy meanwhile
        await done.wait()
        thread = threading.Thread(target=calls, args=(taken.append, CALLS))  # and it is woken again for who comes later
        thread.start()
        while len(taken) < CALLS:
            await asyncio.sleep(0.001)
        return taken, len(wakings)

    taken, wakings = asyncio.run(asyncio.wait_for(run(), 60))
    assert taken == [number for number in range(CALLS + 1) if number != 7]
    assert wakings == 2


@pytest.mark.parametrize(("gathering", "wakings_at_most"), [(60, 2), (0.001, 4)])
def test_what_a_script_says_after_a_waking_waits_for_more_and_is_taken(
    monkeypatch: pytest.MonkeyPatch, gathering: float, wakings_at_most: int
) -> None:
    monkeypatch.setattr(wake_ups, "_GATHERING", gathering)
    monkeypatch.setattr(wake_ups, "_in_script", lambda: threading.current_thread().name == "script")

    async def run() -> tuple[list[int], int]:
        loop, taken, wakings = asyncio.get_running_loop(), [], []
        woken = loop.call_soon_threadsafe

        def counted(*given: object) -> asyncio.Handle:
            wakings.append(given)
            return woken(*given)

        loop.call_soon_threadsafe = counted
        calls = OneWaking(loop)

        def say(name: str, number: int) -> None:
            thread = threading.Thread(target=calls, args=(taken.append, number), name=name)
            thread.start()
            thread.join()

        async def heard(number: int) -> None:
            while number not in taken:
                await asyncio.sleep(0.001)

        say("script", 0)  # after no waking: heard at once
        await heard(0)
        say("script", 1)
        say("script", 2)
        if gathering < 1:
            await heard(2)
        say("gate", 3)  # heard at once, and what waited before it
        await heard(3)
        return taken, len(wakings)

    taken, wakings = asyncio.run(asyncio.wait_for(run(), 60))
    assert taken == [0, 1, 2, 3]
    assert wakings <= wakings_at_most


def test_threads_that_ask_while_the_loop_works_are_all_heard() -> None:
    async def run() -> int:
        heard = 0

        def hear() -> None:
            nonlocal heard
            heard += 1

        async with woken_once(None):
            loop = asyncio.get_running_loop()
            assert isinstance(loop.call_soon_threadsafe, OneWaking)
            ask = lambda: [loop.call_soon_threadsafe(hear) for _ in range(CALLS)]  # noqa: E731 - runs in the threads
            await asyncio.gather(*(asyncio.to_thread(ask) for _ in range(20)))
            await asyncio.sleep(0)
        return heard

    assert asyncio.run(asyncio.wait_for(run(), 60)) == 20 * CALLS


def test_the_context_is_the_callers_and_a_closed_loop_refuses() -> None:
    said: contextvars.ContextVar[str] = contextvars.ContextVar("said", default="nothing")
    loop, heard = asyncio.new_event_loop(), []
    calls = OneWaking(loop)
    token = said.set("mine")
    calls(lambda: heard.append(said.get()))
    said.reset(token)
    calls(loop.stop)
    loop.run_forever()
    assert heard == ["mine"]
    loop.close()
    for _ in range(2):
        with pytest.raises(RuntimeError):
            calls(heard.append, "late")
