"""How far a long document is, told to whoever waits for it, who may call it off there."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int], None]  # done, of


class Cancelled(Exception):
    """Raised by a `Tell`: nobody wants the document any more."""


def untold(_done: int, _of: int) -> None:
    """For who waits without looking."""
