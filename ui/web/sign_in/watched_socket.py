"""A websocket of a signed-in person: each message passes only while their session is valid.

And before it passes, what it says of forms' fields is kept as a draft: Streamlit merges messages and discards the
values of a form that is not drawn any more, so a script would hear too late or never (TECH: typed text and the click
that leaves the form can arrive in one message).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from typing import Protocol
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from storage.clock import now
from storage.errors import StoreError
from ui import typed
from ui.store_words import store_trouble
from ui.web.sign_in import live
from ui.web.sign_in.messages import (
    MOST_PARSED,
    beside_forms,
    by_a_person,
    for_the_whole_page,
    form_values,
    parsed,
    pressed,
)
from workflow.people import Person

logger = logging.getLogger(__name__)

ENDED = 4401  # our close code: the page's script then says that the session is over
_UNAVAILABLE = 1013  # the close's reason tells the page's script what to show
_TAB = re.compile("[a-z0-9]{12,32}")
_DRAFT_SECONDS = 2.0  # a store that is busy for longer writes the draft later; the message goes on


class StillGood(Protocol):
    """Asks the store whether the session is still this person's; raises StoreError."""

    async def __call__(self, *, touch: bool) -> bool:
        """``touch``: a person did something just now."""


def tab_of(scope: Scope) -> str:
    """Which of the person's windows opens this websocket: the page's script says it in the address."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=20)
    tab = (query.get("tab") or [""])[-1]
    return tab if _TAB.fullmatch(tab) else typed.NO_TAB


class WatchedSocket:
    """Stands between the browser and Streamlit. ``look_every``: seconds between looks at the session when idle."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        connection: live.Connection,
        *,
        person: Person,
        still_good: StillGood,
        look_every: float,
    ) -> None:
        self._receive, self._send, self._connection = receive, send, connection
        self._person, self._still_good, self._look_every = person, still_good, look_every
        self._over = False
        self._next: asyncio.Task[Message] | None = None
        self._drafting: set[asyncio.Task[None]] = set()

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Let the application talk until either side has enough."""
        self._connection.loop = asyncio.get_running_loop()
        live.register(self._connection)
        try:
            await app(scope, self.receive, self.send)
        finally:
            live.unregister(self._connection)
            if self._next is not None:
                self._next.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await self._next

    async def send(self, message: Message) -> None:
        """To the browser (ASGI)."""
        if not self._over:  # what a running script still says to a session that is over goes nowhere
            await self._send(message)

    async def receive(self) -> Message:
        """The browser's next message that may pass (ASGI)."""
        while True:
            message = await self._message_or_alarm()
            if message is not None and message["type"] != "websocket.receive":
                return message
            data = (message or {}).get("bytes") or b""
            sent = parsed(data)
            try:
                good = await self._still_good(touch=len(data) > MOST_PARSED or by_a_person(sent))
            except StoreError as trouble:
                logger.exception("the gate cannot read the store; the message is not let through")
                return await self._end(_UNAVAILABLE, f"{store_trouble(trouble)}。")
            if not good:
                return await self._end(ENDED)
            values = form_values(sent)
            if sent.WhichOneof("type") == "rerun_script":
                self._connection.fields = values.keys()
            heard = typed.hear(self._person.account_id, self._connection.tab, values)
            if heard and typed.waits(self._person.account_id, self._connection.tab):
                await self._put_down()
            tapped = self._tapped(sent)
            if message is not None and heard and tapped and sent.rerun_script.fragment_id:
                # 填完一栏直接点别处：浏览器把两件事并成一条，只交给那一栏的局部，点的那一下就没有人听见。
                return {**message, "bytes": for_the_whole_page(sent)}
            if message is not None:
                return message

    def _tapped(self, sent: BackMsg) -> bool:
        """Whether it tells of anything beside the forms' fields that neither the message before nor the page did."""
        if sent.WhichOneof("type") != "rerun_script":
            return False
        beside, known = beside_forms(sent.rerun_script.widget_states.widgets), self._connection.beside.items()
        self._connection.beside = beside
        return pressed(sent) or not beside.items() <= known

    async def _put_down(self) -> None:
        """Keep what was typed; where the store takes long or fails, the message does not wait for it."""
        task = asyncio.ensure_future(to_thread.run_sync(self._keep))
        self._drafting.add(task)
        task.add_done_callback(self._drafting.discard)
        await asyncio.wait({task}, timeout=_DRAFT_SECONDS)

    def _keep(self) -> None:
        try:
            typed.put_down(self._person, self._connection.tab, now())
        except Exception:
            # whatever it is: what was typed goes on waiting, and the message is the person's own
            logger.exception("a draft could not be kept yet")

    async def _message_or_alarm(self) -> Message | None:
        """The next message; None when it is time to look at the session without one."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._receive())
        alarm = asyncio.ensure_future(self._connection.recheck.wait())
        try:
            await asyncio.wait({self._next, alarm}, timeout=self._look_every, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
        self._connection.recheck.clear()
        if not self._next.done():
            return None
        message, self._next = self._next.result(), None
        return message

    async def _end(self, code: int, reason: str = "") -> Message:
        self._over = True
        # 对方可能已先断开。
        with contextlib.suppress(RuntimeError, OSError):
            await self._send({"type": "websocket.close", "code": code} | ({"reason": reason} if reason else {}))
        return {"type": "websocket.disconnect", "code": code}
