"""Streamlit's own socket, listened at by our loop, gives connections that do not wait for an acknowledgement."""

from __future__ import annotations

import asyncio
import socket

import pytest
from streamlit.web.server.starlette.starlette_server import _bind_socket

from ui.web.wake_ups import woken_once


@pytest.mark.parametrize("ours", [True, False])
def test_a_connection_has_no_delay(ours: bool) -> None:
    async def accepted() -> bool:
        made: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        class Seen(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                connection = transport.get_extra_info("socket")
                made.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                transport.close()

        listening = _bind_socket("127.0.0.1", 0, 5)
        server = await asyncio.get_running_loop().create_server(Seen, sock=listening)
        async with server:
            _, writer = await asyncio.open_connection(*listening.getsockname())
            delayless = await made
            writer.close()
        return bool(delayless)

    async def run() -> bool:
        if not ours:
            return await accepted()
        async with woken_once(None):  # as the server starts: its life begins before it listens
            return await accepted()

    # without ours: once this is true, Streamlit names TCP itself and `ui.web.sent_at_once` can go
    assert asyncio.run(asyncio.wait_for(run(), 60)) is ours
