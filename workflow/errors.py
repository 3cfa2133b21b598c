"""What a use case answers when it will not: a coded refusal, or a conflict that keeps both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflow.targets import Target


class Refused(Exception):
    """A rule forbids it. ``code`` is stable; ``reasons`` are whole Chinese sentences: what, where, what to do."""

    def __init__(self, code: str, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.code = code
        self.reasons: tuple[str, ...] = reasons


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions of one entry: ``yours`` is what was about to be saved, ``current`` what stands."""

    target: Target
    yours: Any
    current: Any
    current_version: int
    updated_by: str


class Conflict(Exception):
    """Someone saved first. Nothing of the refused save was written; ``clashes`` holds both texts."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("\n".join(f"{c.target}：{c.updated_by} 已先保存。请对照后再保存。" for c in clashes))
        self.clashes = clashes
