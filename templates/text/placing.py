"""Placing a broken line: runs of characters with their start and letter spacing, justified within a bound. In em."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from templates.text.breaking import Line
from templates.text.characters import DASH, NARROW
from templates.text.measuring import HALF, TextMeasure

MAX_STRETCH = 0.25  # more between two characters looks torn: the line is left ragged instead
_EVEN = 1e-4
_DASHES = DASH * 2


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


def place(line: Line, measure: TextMeasure) -> list[Run]:
    """The runs of a line, left to right; single characters that follow each other at the line's gap are one run."""
    gap, share = (adjust := _adjustment(line)).gap, adjust.share
    runs: list[Run] = []
    pending, pending_x, expected = "", 0.0, 0.0
    x, taken_before, last = line.indent, 0.0, len(line.tokens) - 1
    for index, (token, width, blank_left, blank_right, overlap, give) in enumerate(line.tokens):
        taken = overlap + share * give if index < last else 0.0
        text, start, own = token.text, x, width
        if (blank_left or blank_right) and measure.narrow:
            if blank_right and (taken or index == last):
                text, own = NARROW[text], width - HALF
            elif blank_left and taken_before:
                text, start, own = NARROW[text], x + HALF, width - HALF
        if gap and token.joined and index:
            x -= gap
            start -= gap
        dash = text == _DASHES
        alone = dash or (gap and len(text) > 1)  # a word that is not spread apart, or a 破折号
        if pending and (alone or abs(start - expected) > _EVEN):
            runs.append(Run(pending_x, pending, gap))
            pending = ""
        if alone:
            runs.append(Run(start, text, 0.0, dash))
        else:
            if not pending:
                pending_x = start
            pending += text
            expected = start + own + gap
        x += width - taken + gap
        taken_before = taken
    if pending:
        runs.append(Run(pending_x, pending, gap))
    return runs


def place_centred(line: Line, measure: TextMeasure) -> list[Run]:
    """The runs of a line that stands in the middle of its measure, unjustified."""
    loose = Line(line.tokens, line.natural, 0.0, line.room + line.indent, last=True)
    shift = (line.indent + line.room - line.natural) / 2
    return [run._replace(x=run.x + shift) for run in place(loose, measure)]
