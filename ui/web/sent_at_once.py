"""What the server says goes out at once.

Streamlit binds its socket without naming TCP, and asyncio sends without delay only where it is named (uvicorn #3149):
then the end of each answer waits until the browser has acknowledged its beginning, 40 ms on Linux, more on Windows.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Connections to what the loop listens at from now on have no delay: they have it from the listening socket."""
    listen = loop.create_server

    async def listen_without_delay(*given: Any, sock: socket.socket | None = None, **named: Any) -> asyncio.Server:  # noqa: ANN401 - handed on
        if sock is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await listen(*given, sock=sock, **named)

    loop.create_server = listen_without_delay  # type: ignore[method-assign]  # the server made it
