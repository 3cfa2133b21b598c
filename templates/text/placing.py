"""Placing a broken line: runs of characters with their start and letter spacing, justified within a bound. In em."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from templates.text.breaking import Line
from templates.text.characters import DASH, NARROW
from templates.text.measuring import HALF, TextMeasure

MAX_STRETCH = 0.25  # more between two characters looks torn: the line is left ragged instead
_EVEN = 1e-4


class Run(NamedTuple):
    """Characters drawn in one go: ``x`` from the left margin, ``spacing`` added after each. ``dash``: a 破折号."""

    x: float
    text: str
    spacing: float
    dash: bool = False


@dataclass(frozen=True, slots=True)
class _Adjustment:
    """Per line: ``gap`` is added between tokens, ``share`` of the possible squeeze is taken from punctuation."""

    gap: float
    share: float


def _adjustment(line: Line) -> _Adjustment:
    spare = line.room - line.natural
    if spare < -_EVEN:
        capacity = sum(item.give for item in line.tokens[:-1])
        return _Adjustment(0.0, min(1.0, -spare / capacity) if capacity else 0.0)
    gaps = sum(not item.token.joined for item in line.tokens[1:])
    if line.last or gaps < 1 or spare < _EVEN or spare / gaps > MAX_STRETCH:
        return _Adjustment(0.0, 0.0)
    return _Adjustment(spare / gaps, 0.0)


@dataclass(slots=True)
class _RunCollector:
    """Collects runs; single characters that follow each other at the line's gap are drawn together."""

    gap: float
    runs: list[Run]
    pending: str = ""
    pending_x: float = 0.0
    expected: float = 0.0

    def put(self, x: float, text: str, width: float) -> None:
        """One character (or, where nothing is spread, one word) at ``x``."""
        if self.pending and abs(x - self.expected) > _EVEN:
            self.flush()
        if not self.pending:
            self.pending_x = x
        self.pending += text
        self.expected = x + width + self.gap

    def put_whole(self, x: float, text: str, *, dash: bool) -> None:
        """A word that is not spread apart, or a 破折号."""
        self.flush()
        self.runs.append(Run(x, text, 0.0, dash))

    def flush(self) -> None:
        """End the run in hand."""
        if self.pending:
            self.runs.append(Run(self.pending_x, self.pending, self.gap))
            self.pending = ""


def place(line: Line, measure: TextMeasure) -> list[Run]:
    """The runs of a line, left to right."""
    gap, share = (adjust := _adjustment(line)).gap, adjust.share
    collector = _RunCollector(gap, [])
    x, taken_before, last = line.indent, 0.0, len(line.tokens) - 1
    for index, (token, width, blank_left, blank_right, overlap, give) in enumerate(line.tokens):
        taken = overlap + share * give if index < last else 0.0
        text, start, own = token.text, x, width
        if measure.narrow and (blank_left or blank_right):
            if blank_right and (taken or index == last):
                text, own = NARROW[text], width - HALF
            elif blank_left and taken_before:
                text, start, own = NARROW[text], x + HALF, width - HALF
        if len(text) == 1:
            collector.put(start, text, own)
        elif gap or text == DASH * 2:
            collector.put_whole(start, text, dash=text == DASH * 2)
        else:
            collector.put(start, text, own)
        x += width - taken
        if index < last and gap and not line.tokens[index + 1].token.joined:
            x += gap
        taken_before = taken
    collector.flush()
    return collector.runs


def place_centred(line: Line, measure: TextMeasure) -> list[Run]:
    """The runs of a line that stands in the middle of its measure, unjustified."""
    loose = Line(line.tokens, line.natural, 0.0, line.room + line.indent, last=True)
    shift = (line.indent + line.room - line.natural) / 2
    return [run._replace(x=run.x + shift) for run in place(loose, measure)]
