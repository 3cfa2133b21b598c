"""Streamlit's own socket, listened at by our loop: no waiting for an acknowledgement, and few writings."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest
from streamlit.web.server.starlette.starlette_server import _bind_socket

from ui.web.sent_at_once import Gathered
from ui.web.wake_ups import woken_once

SAID = [b"one ", b"two ", b"three ", b"x" * (1 << 18), b"the last"]


class Saying(asyncio.Protocol):
    """Says something to whoever connects, and closes."""

    delayless = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        connection = transport.get_extra_info("socket")
        Saying.delayless = bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        transport.write(SAID[0])
        transport.writelines(SAID[1:3])
        for piece in SAID[3:]:
            transport.write(piece)
        assert not transport.is_closing()
        transport.close()
        assert transport.is_closing()


@pytest.mark.parametrize("ours", [True, False])
def test_a_connection_has_no_delay_and_hears_all(ours: bool) -> None:
    async def run() -> bytes:
        # as the server starts: its life begins before it listens
        async with woken_once(None) if ours else contextlib.nullcontext():
            listening = _bind_socket("127.0.0.1", 0, 5)
            async with await asyncio.get_running_loop().create_server(Saying, sock=listening):
                reader, writer = await asyncio.open_connection(*listening.getsockname())
                heard = await reader.read()
                writer.close()
        return heard

    assert asyncio.run(asyncio.wait_for(run(), 60)) == b"".join(SAID)
    # without ours: once this is true, Streamlit names TCP itself and that part of `ui.web.sent_at_once` can go
    assert Saying.delayless is ours


class Written:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = 0

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.written.append(data)

    def close(self) -> None:
        self.closed += 1


def test_what_is_written_in_one_turn_goes_together() -> None:
    async def run() -> list[bytes]:
        transport = Written()
        gathered = Gathered(transport, asyncio.get_running_loop())
        for piece in (b"a", b"b"):
            gathered.write(piece)
        assert transport.written == []
        await asyncio.sleep(0)
        gathered.write(b"c" * (1 << 16))  # as much as goes at once
        assert len(transport.written) == 2
        gathered.write(b"d")
        gathered.close()
        gathered.close()
        await asyncio.sleep(0)
        assert transport.closed == 2
        return transport.written

    assert asyncio.run(run()) == [b"ab", b"c" * (1 << 16), b"d"]
