"""Placing a broken line: runs of characters with their start and letter spacing, justified within a bound. In em."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from templates.text.breaking import Line
from templates.text.characters import DASH
from templates.text.measuring import Measure

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


def _squeezable(line: Line, measure: Measure) -> float:
    return sum(measure.give(left, right) for left, right in pairwise(line.tokens))


def _adjustment(line: Line, measure: Measure) -> _Adjustment:
    spare = line.room - line.natural
    if spare < -_EVEN:
        capacity = _squeezable(line, measure)
        return _Adjustment(0.0, min(1.0, -spare / capacity) if capacity else 0.0)
    gaps = len(line.tokens) - 1
    if line.last or gaps < 1 or spare < _EVEN or spare / gaps > MAX_STRETCH:
        return _Adjustment(0.0, 0.0)
    return _Adjustment(spare / gaps, 0.0)


def place(line: Line, measure: Measure) -> list[Run]:
    """The runs of a line, left to right."""
    adjust = _adjustment(line, measure)
    runs: list[Run] = []
    x = line.indent
    held, held_x, expected = "", 0.0, 0.0
    for index, token in enumerate(line.tokens):
        if index:
            previous = line.tokens[index - 1]
            x += adjust.gap - measure.overlap(previous, token)
            if adjust.share:
                x -= adjust.share * measure.give(previous, token)
        dash = token.text == DASH * 2
        plain = len(token.text) == 1 or not (adjust.gap or dash)
        if held and (not plain or abs(x - expected) > _EVEN):
            runs.append(Run(held_x, held, adjust.gap))
            held = ""
        width = measure.width(token.text)
        if plain:
            if not held:
                held_x = x
            held += token.text
            expected = x + width + adjust.gap
        else:
            runs.append(Run(x, token.text, 0.0, dash))
        x += width
    if held:
        runs.append(Run(held_x, held, adjust.gap))
    return runs


def place_centred(line: Line, measure: Measure) -> list[Run]:
    """The runs of a line that stands in the middle of its measure, unjustified."""
    loose = Line(line.tokens, line.natural, 0.0, line.room + line.indent, True)
    shift = (line.indent + line.room - line.natural) / 2
    return [run._replace(x=run.x + shift) for run in place(loose, measure)]
