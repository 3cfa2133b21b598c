"""How many are what: one bar of coloured segments, each with its number, the whole in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable

Part = tuple[str, int, str]  # colour, how many, what they are


def bar(name: str, parts: Iterable[Part], spoken: str, count: str, blank: int = 0) -> str:
    """HTML; the words are safe for it already. ``blank``: how many the longest bar beside it has more."""
    track = "".join(
        f'<span class="dc-segment dc-s-{code}" style="flex-grow:{number}" title="{title} {number}">{number}</span>'
        for code, number, title in parts
        if number
    )
    track += f'<span style="flex-grow:{blank}"></span>' if blank else ""
    return (
        f'<div class="dc-bar"><span class="dc-bar-name">{name}</span>'
        f'<span class="dc-bar-track" role="img" aria-label="{spoken}">{track}</span>'
        f'<span class="dc-bar-count">{count}</span></div>'
    )


def told(parts: Iterable[Part]) -> str:
    """The parts there are, in words."""
    return "，".join(f"{title} {number}" for _, number, title in parts if number)
