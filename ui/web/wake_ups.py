"""What threads hand to the event loop one by one, it takes at one waking.

Streamlit hands over each message of a script by itself, and twice: a write to the loop's own pipe every time, at which
the two threads also take the interpreter from each other.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import streamlit as st


class _Call(NamedTuple):
    handle: asyncio.Handle  # what the caller may cancel
    callback: Callable[..., object]
    args: tuple[object, ...]
    context: contextvars.Context


class OneWaking:
    """Stands in for a loop's ``call_soon_threadsafe``: as soon, in the same order, but the loop is woken once for all
    that wait."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._wake = loop, loop.call_soon_threadsafe
        self._waiting: deque[_Call] = deque()
        self._woken = False

    def __call__(
        self, callback: Callable[..., object], *args: object, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Have it called in the loop; from any thread. Raises RuntimeError where the loop is closed."""
        context = context or contextvars.copy_context()
        handle = asyncio.Handle(callback, args, self._loop, context)
        self._waiting.append(_Call(handle, callback, args, context))
        if not self._woken or self._loop.is_closed():
            self._woken = True  # before: the loop may be through with it before this thread goes on
            self._wake(self._take)
        return handle

    def _take(self) -> None:
        self._woken = False  # before: who comes from here on wakes the loop again
        while self._waiting:
            call = self._waiting.popleft()
            if not call.handle.cancelled():
                self._loop.call_soon(call.callback, *call.args, context=call.context)


@asynccontextmanager
async def woken_once(_app: st.App) -> AsyncIterator[None]:
    """The server's life: its loop is woken once for all that waits. uvloop does so by itself."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, asyncio.BaseEventLoop):
        loop.call_soon_threadsafe = OneWaking(loop)  # type: ignore[method-assign]  # the server made it
    yield
