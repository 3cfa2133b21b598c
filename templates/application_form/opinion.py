"""An opinion too long for its box: its conclusion stays above the seal, and what else has no room goes on an 附页."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from templates.text import cleaning
from templates.text.setting import SetLine

_CLOSING = "”’」』）】〕〉》"
_SENTENCES = re.compile(rf"[^。！？]*[。！？]+[{_CLOSING}]*|[^。！？]+$")
_CLAUSES = re.compile(rf"[^。！？；]*[。！？；]+[{_CLOSING}]*|[^。！？；]+$")

Prose = Callable[[str], list[SetLine]]


@dataclass(frozen=True, slots=True)
class PartedOpinion:
    """``reasons`` and ``conclusion`` stand in the box, ``rest`` on an 附页. No conclusion: none could be told."""

    reasons: list[SetLine]
    conclusion: list[SetLine]
    rest: list[SetLine]


def part_opinion(text: str | None, room: int, prose: Prose) -> PartedOpinion:
    """Part a text that has more than ``room`` lines; reasons are parted between sentences.

    The conclusion is the last paragraph of several, or the last sentence. Where even that has no room, the box holds
    the beginning of the text.
    """
    *before, last = cleaning.paragraphs(text)
    if not before or len(prose(last)) > room:
        *sentences, last = _SENTENCES.findall(last)
        before += ["".join(sentences)] if sentences else []
    conclusion = prose(last)
    if not before or len(conclusion) > room:
        lines = prose(text or "")
        return PartedOpinion(lines[:room], [], lines[room:])
    reasons = "\n".join(before)
    for ends in (_SENTENCES, _CLAUSES):
        at, lines = _fitting(reasons, ends, room - len(conclusion), prose)
        if lines:
            break
    return PartedOpinion(lines, conclusion, prose(reasons[at:]))


def _fitting(text: str, ends: re.Pattern[str], room: int, prose: Prose) -> tuple[int, list[SetLine]]:
    """How far the text goes in whole pieces that have room, and their lines."""
    at, fitting = 0, list[SetLine]()
    for end in _ends(text, ends):
        lines = prose(text[:end])
        if len(lines) > room:
            break
        at, fitting = end, lines
    return at, fitting


def _ends(text: str, ends: re.Pattern[str]) -> Iterator[int]:
    """Where the pieces of each paragraph end."""
    start = 0
    for paragraph in text.split("\n"):
        yield from (start + piece.end() for piece in ends.finditer(paragraph))
        start += len(paragraph) + 1
