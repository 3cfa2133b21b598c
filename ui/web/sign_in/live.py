"""The websockets open in this process, so that a sign-out or a new password closes the right ones at once.

Changed in the server's event loop alone: no locks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(eq=False)
class Connection:
    """One open websocket. ``recheck`` is set when its session should be looked at again without waiting.

    ``fields``: keys of the forms' fields that its last message named, which are all that the browser holds.
    ``beside``: what the widgets beside those fields said last, by id, or as they were drawn.
    """

    account_id: int
    token_hash: str
    tab: str = ""
    recheck: asyncio.Event = field(default_factory=asyncio.Event)
    fields: Collection[str] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    loop: asyncio.AbstractEventLoop | None = None

    def drew(self, beside: Mapping[str, bytes]) -> None:
        """Widgets the browser has said nothing of yet stand as they were drawn."""
        self.beside = {**beside, **self.beside}


_open: set[Connection] = set()


def register(connection: Connection) -> None:
    """Note a websocket that was let in."""
    _open.add(connection)


def unregister(connection: Connection) -> None:
    """Forget a websocket that is closed."""
    _open.discard(connection)


def look_again(account_id: int) -> None:
    """Something about this account's sessions changed: every websocket of it asks the store now."""
    for connection in _open:
        if connection.account_id == account_id:
            connection.recheck.set()


def tabs(account_id: int) -> frozenset[str]:
    """The account's windows whose websockets are open in this process; for scripts' threads too."""
    return frozenset(connection.tab for connection in tuple(_open) if connection.account_id == account_id)


def unheard(account_id: int, tab: str, key: str) -> bool:
    """Whether a window's websocket is open here and none of its messages has named this field yet."""
    there = windows(account_id, tab)
    return bool(there) and not any(key in one.fields for one in there)


def windows(account_id: int, tab: str) -> tuple[Connection, ...]:
    """The websockets of one window; for scripts' threads too."""
    return tuple(one for one in tuple(_open) if (one.account_id, one.tab) == (account_id, tab))


def count() -> int:
    """How many websockets are open."""
    return len(_open)
