"""Two versions of an entry in words: what is not the same in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from workflow.words.entries import Line

_LONG = 120  # 字：再长就只列改动的部分
_AROUND = 15


def changed_lines(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[str, str | None, str | None]]:
    """Label, text before, text after of what is not the same; None = was or is not there. Long texts are cut down to
    the part that changed.
    """
    old, new = _by_label(before), _by_label(after)
    differing: list[tuple[str, str | None, str | None]] = []
    for label in dict.fromkeys([*old, *new]):
        old_text, new_text = old.get(label), new.get(label)
        if old_text == new_text:
            continue
        if old_text is not None and new_text is not None:
            old_text, new_text = _differing(old_text, new_text)
        differing.append((label, old_text, new_text))
    return differing


def _by_label(lines: Sequence[Line]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for label, text in lines:
        texts[label] = f"{texts[label]}\n{text}" if label in texts else text
    return texts


def _differing(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _LONG:
        return old, new
    first = _common_start(old, new)
    behind = _common_start(old[first:][::-1], new[first:][::-1])
    return _cut(old, first, len(old) - behind), _cut(new, first, len(new) - behind)


def _common_start(first: str, second: str) -> int:
    """Length of the common beginning of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _cut(text: str, first: int, last: int) -> str:
    first, last = max(0, first - _AROUND), min(len(text), last + _AROUND)
    return f"{'……' if first else ''}{text[first:last]}{'……' if last < len(text) else ''}"
