"""What the server says goes out at once, and what it says at one time goes together.

Streamlit binds its socket without naming TCP, and asyncio sends without delay only where it is named (uvicorn #3149):
then the end of each answer waits until the browser has acknowledged its beginning, 40 ms on Linux, more on Windows.
Each run of a page is dozens of messages: without that delay each would be a packet, and a call of the system, of its
own.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, cast

_MOST = 1 << 16  # bytes; then whoever sends must hear from the connection that it is full


class Gathered:
    """Stands in for a connection's transport: what is written in one turn of the loop is one writing."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._pieces: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the transport has
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send it after what was written before."""
        if not self._pieces:
            self._loop.call_soon(self._send)
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= _MOST:
            self._send()

    def writelines(self, pieces: list[bytes]) -> None:
        """Send them, as one."""
        self.write(b"".join(pieces))

    def close(self) -> None:
        """Once everything is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        together, self._pieces, self._size = b"".join(self._pieces), [], 0
        if together:
            self._transport.write(together)


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """From now on, for connections to what the loop listens at: they have no delay from the listening socket."""
    listen = loop.create_server

    async def listen_without_delay(
        protocol: Callable[[], asyncio.Protocol],
        *given: Any,  # noqa: ANN401 - handed on
        sock: socket.socket | None = None,
        **named: Any,  # noqa: ANN401 - as above
    ) -> asyncio.Server:
        def gathering() -> asyncio.Protocol:
            one = protocol()
            made = one.connection_made
            one.connection_made = lambda transport: made(  # type: ignore[method-assign]  # of this connection alone
                cast("asyncio.Transport", Gathered(cast("asyncio.Transport", transport), loop))
            )
            return one

        if sock is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await listen(gathering, *given, sock=sock, **named)

    loop.create_server = listen_without_delay  # type: ignore[method-assign,assignment]  # the server made the loop
