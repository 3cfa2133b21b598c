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

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.web.sent_at_once import send_at_once

_GATHERING = 0.005  # seconds; Streamlit itself sends what it has every 0.01


class OneWaking:
    """Stands in for a loop's ``call_soon_threadsafe``: in the same order, but the loop is woken once for all that wait.

    What a script says right after a waking waits a moment for more; everybody else is heard as soon as before.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._wake = loop, loop.call_soon_threadsafe
        self._waiting: deque[asyncio.Handle] = deque()
        self._woken = False  # the loop takes what waits, or is about to
        self._later = False  # and will look again in a moment

    def __call__(
        self, callback: Callable[..., object], *args: object, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Have it called in the loop; from any thread. Raises RuntimeError where the loop is closed."""
        handle = asyncio.Handle(callback, args, self._loop, context or contextvars.copy_context())
        self._waiting.append(handle)  # before looking whether it will be seen
        if self._loop.is_closed() or not (self._woken or (self._later and _in_script())):
            self._woken = True  # before: the loop may be through with it before this thread goes on
            self._wake(self._take)
        return handle

    def _take(self) -> None:
        self._woken = True
        try:
            while self._waiting:
                handle = self._waiting.popleft()
                if not handle.cancelled():
                    handle._run()  # as the loop itself runs it: in its context, what it raises told
        finally:
            self._woken = False
        if self._waiting:  # of one who saw the loop at it
            self._wake(self._take)
        elif not self._later:
            self._later = True
            self._loop.call_later(_GATHERING, self._look_again)

    def _look_again(self) -> None:
        self._later = False
        if self._waiting:
            self._take()


def _in_script() -> bool:
    return get_script_run_ctx(suppress_warning=True) is not None


@asynccontextmanager
async def woken_once(_app: st.App) -> AsyncIterator[None]:
    """The server's life: its loop is woken once for all that waits, and sends at once; uvloop does both by itself."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, asyncio.BaseEventLoop):
        loop.call_soon_threadsafe = OneWaking(loop)  # type: ignore[method-assign]  # the server made it
        send_at_once(loop)
    yield
