"""A browser's side of one Streamlit page, without the browser: signs in, opens a page, types, presses buttons.

It sends what Streamlit's page sends (the state of every widget that is drawn, the fragment a widget stands in, the
hashes of the messages it keeps) and heeds what it heeds: reruns in between, elements that a run no longer draws.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 60.0  # seconds; a run that takes longer has failed
_MOST_BYTES = 64 << 20
_KEY = re.compile(r"\$\$ID-[0-9a-f]+-(.*)", re.DOTALL)
_LIST, _TEXT = "string_array_value", "string_value"
_BUTTONS = frozenset({"button", "download_button"})
KINDS = frozenset(
    {"button_group", "checkbox", "date_input", "multiselect", "radio", "selectbox", "text_area", "text_input"}
)


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget as last drawn: Streamlit's kind of it, its message, and the fragment it stands in (empty: the page)."""

    kind: str
    proto: Any
    fragment: str = ""

    @property
    def id(self) -> str:
        """As the server knows it."""
        return str(self.proto.id)

    @property
    def key(self) -> str:
        """The key its script gave it; empty for none."""
        match = _KEY.fullmatch(self.id)
        return "" if match is None or match[1] == "None" else match[1]

    @property
    def enabled(self) -> bool:
        """Whether a person could use it."""
        return not self.proto.disabled


@dataclass(slots=True)
class _Drawn:
    run: str
    fragment: str
    widget: Widget | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one message to the server brought: seconds until the page stood still, script runs, bytes received."""

    seconds: float
    runs: int
    received: int


class SessionLost(Exception):
    """The server closed the websocket, or the page did not come to rest."""


def signed_in(address: str, username: str, password: str) -> str:
    """The cookie header of somebody who has signed in."""
    form = {"username": username, "password": password}
    with httpx.Client(headers={"Origin": address}, timeout=LONGEST) as client:
        answer = client.post(f"{address}/login", data=form)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise SessionLost(f"{username}: /login answered {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


@dataclass(eq=False)
class Session:
    """One open page; ``async with Session(...) as session`` opens it and waits until it stands still."""

    address: str
    page: str = ""
    query: dict[str, str] = field(default_factory=dict)
    cookie: str = ""
    tab: str = field(default_factory=lambda: secrets.token_hex(8))
    first: Answer | None = None

    def __post_init__(self) -> None:
        self._socket: ClientConnection | None = None
        self._drawn: dict[tuple[int, ...], _Drawn] = {}
        self._values: dict[str, WidgetState] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._query = urlencode(self.query)
        self._page_hash = self._run = ""
        self._sent = 0
        headers = {"Cookie": self.cookie, "Origin": self.address}
        # As browsers: a connection that the server is about to close is not used again.
        limits = httpx.Limits(keepalive_expiry=2)
        self._http = httpx.AsyncClient(base_url=self.address, headers=headers, timeout=LONGEST, limits=limits)

    async def __aenter__(self) -> Self:
        target = f"{self.address.replace('http', 'ws', 1)}/_stcore/stream?tab={self.tab}"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._socket = await connect(
            target, additional_headers=headers, origin=self.address, subprotocols=["streamlit"],
            max_size=_MOST_BYTES, compression=None, ping_interval=None, open_timeout=LONGEST,
        )  # fmt: skip
        self.first = await self.rerun()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()
        if self._socket is not None:
            await self._socket.close()

    @property
    def widgets(self) -> list[Widget]:
        """What is drawn, in the order of the page."""
        return [drawn.widget for _, drawn in sorted(self._drawn.items()) if drawn.widget is not None]

    def count(self) -> Counter[str]:
        """How many widgets of each kind are drawn."""
        return Counter(widget.kind for widget in self.widgets)

    def find(self, wanted: Callable[[Widget], bool]) -> Widget | None:
        """The first enabled widget that is wanted."""
        return next((widget for widget in self.widgets if widget.enabled and wanted(widget)), None)

    def button(self, label: str) -> Widget | None:
        """An enabled button by its words."""
        return self.find(lambda widget: widget.kind in _BUTTONS and widget.proto.label == label)

    async def rerun(self) -> Answer:
        """Run the whole page."""
        return await self._ask("", None)

    async def type(self, widget: Widget, text: str) -> Answer:
        """Type into a field and leave it. What a form's field holds is sent in a pause of the typing, too."""
        if widget.key.startswith("f-"):
            self._sent += 1
            item = {"key": widget.key, "text": text, "n": self._sent}
            try:
                answer = await self._http.post("/drafts", json={"tab": self.tab, "items": [item]})
            except httpx.HTTPError as error:
                raise SessionLost(f"/drafts: {error!r}") from error
            if answer.status_code != httpx.codes.NO_CONTENT:
                raise SessionLost(f"/drafts answered {answer.status_code} {answer.text}")
        return await self.change(widget, text)

    async def change(self, widget: Widget, value: str | bool | list[str]) -> Answer:
        """Give a widget another value, as a choice or leaving a field does."""
        state = self._values.setdefault(widget.id, WidgetState(id=widget.id))
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data[:] = value
        return await self._ask(widget.fragment, None)

    async def press(self, button: Widget) -> Answer:
        """Press a button."""
        return await self._ask(button.fragment, WidgetState(id=button.id, trigger_value=True))

    async def _ask(self, fragment: str, trigger: WidgetState | None) -> Answer:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id = self._query, fragment
        asked.page_script_hash = self._page_hash
        if not self._page_hash:
            asked.page_name = self.page
        asked.cached_message_hashes.extend(self._kept)
        states = [*self._values.values(), *([trigger] if trigger is not None else [])]
        asked.widget_states.CopyFrom(WidgetStates(widgets=states))
        asked.context_info.timezone, asked.context_info.locale = "Asia/Shanghai", "zh-CN"
        asked.context_info.url = f"{self.address}/{self.page}"
        if self._socket is None:
            raise SessionLost("not open")
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        runs, received = await asyncio.wait_for(self._until_still(self._socket), LONGEST)
        return Answer(time.perf_counter() - begun, runs, received)

    async def _until_still(self, socket: ClientConnection) -> tuple[int, int]:
        runs = received = 0
        async for data in socket:
            received += len(data)
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            if message.WhichOneof("type") != "script_finished":
                self._heed(message)
                continue
            runs += 1
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._clear(message)
                return runs, received
        raise SessionLost(f"closed by the server: {socket.close_code}")

    def _heed(self, message: ForwardMsg) -> None:
        metadata, kind = message.metadata, message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._kept[message.ref_hash]
            kind = message.WhichOneof("type")
        elif metadata.cacheable:
            self._kept[message.hash] = message
        if kind == "new_session":
            self._run = metadata.run.script_run_id
        elif kind == "delta":
            self._draw(tuple(metadata.delta_path), message.delta)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string

    def _draw(self, path: tuple[int, ...], delta: Delta) -> None:
        widget = None
        if delta.WhichOneof("type") == "new_element":
            kind = delta.new_element.WhichOneof("type")
            if kind in KINDS | _BUTTONS:
                widget = Widget(kind, getattr(delta.new_element, kind), delta.fragment_id)
                self._mount(widget)
        self._drawn[path] = _Drawn(self._run, delta.fragment_id, widget)

    def _mount(self, widget: Widget) -> None:
        """A drawn widget sends its value from then on: as it was drawn, until a person or the script sets another."""
        if widget.kind in KINDS and (widget.id not in self._values or widget.proto.set_value):
            self._values[widget.id] = _value(widget)

    def _clear(self, finished: ForwardMsg) -> None:
        """Take away what the run did not draw again: of its fragments, or of the whole page."""
        run = finished.metadata.run
        fragments = set(run.fragment_ids)
        for path, drawn in list(self._drawn.items()):
            if drawn.run != run.script_run_id and (not fragments or drawn.fragment in fragments):
                del self._drawn[path]
        here = {drawn.widget.id for drawn in self._drawn.values() if drawn.widget is not None}
        self._values = {known: state for known, state in self._values.items() if known in here}


def _value(widget: Widget) -> WidgetState:
    kind, proto = widget.kind, widget.proto
    state, given = WidgetState(id=widget.id), bool(proto.set_value)
    if kind == "checkbox":
        state.bool_value = proto.value if given else proto.default
    elif kind in {"text_area", "text_input"}:
        state.string_value = proto.value if given else proto.default
    elif kind in {"radio", "selectbox"}:
        chosen = proto.raw_value if given else _option(widget)
        if chosen is not None:
            state.string_value = chosen
    elif kind == "date_input":
        state.string_array_value.data[:] = proto.value if given else proto.default
    else:
        options = [option if isinstance(option, str) else option.content for option in proto.options]
        state.string_array_value.data[:] = proto.raw_values if given else [options[at] for at in proto.default]
    return state


def _option(widget: Widget) -> str | None:
    proto = widget.proto
    return proto.options[proto.default] if proto.HasField("default") and proto.options else None
