"""What is kept in memory as long as nothing is written to the submission it was made of, or to its round."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Stamp = tuple[int, int]  # the submission's and its round's: `storage.repositories.submissions.Submissions.stamps`
Key = TypeVar("Key")
Value = TypeVar("Value")


class StampedCache(Generic[Key, Value]):
    """At most ``most`` values, the least recently used out first; safe for several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, tuple[Stamp, Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, stamp: Stamp) -> Value | None:
        """What was kept under exactly that stamp; else None."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != stamp:
                return None
            self._kept.move_to_end(key)
            return kept[1]

    def put(self, key: Key, stamp: Stamp, value: Value) -> None:
        """Keep it in place of what was kept under that key."""
        with self._lock:
            self._kept[key] = (stamp, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def latest(self, key: Key) -> tuple[Stamp, Value] | None:
        """What is kept and its stamp, for who compares the stamp later."""
        with self._lock:
            return self._kept.get(key)
