"""Placing a broken line: runs of characters with their start and letter spacing, justified within a bound. In em."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from templates.text.breaking import Line
from templates.text.characters import DASH, NARROW
from templates.text.measuring import HALF, Measure
from templates.text.tokens import Token

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
    gaps = sum(not token.joined for token in line.tokens[1:])
    if line.last or gaps < 1 or spare < _EVEN or spare / gaps > MAX_STRETCH:
        return _Adjustment(0.0, 0.0)
    return _Adjustment(spare / gaps, 0.0)


@dataclass(slots=True)
class _Hand:
    """Collects runs; single characters that follow each other at the line's gap are drawn together."""

    gap: float
    runs: list[Run]
    held: str = ""
    held_x: float = 0.0
    expected: float = 0.0

    def put(self, x: float, text: str, width: float) -> None:
        """One character (or, where nothing is spread, one word) at ``x``."""
        if self.held and abs(x - self.expected) > _EVEN:
            self.flush()
        if not self.held:
            self.held_x = x
        self.held += text
        self.expected = x + width + self.gap

    def put_whole(self, x: float, text: str, *, dash: bool) -> None:
        """A word that is not spread apart, or a 破折号."""
        self.flush()
        self.runs.append(Run(x, text, 0.0, dash))

    def flush(self) -> None:
        """End the run in hand."""
        if self.held:
            self.runs.append(Run(self.held_x, self.held, self.gap))
            self.held = ""


def place(line: Line, measure: Measure) -> list[Run]:
    """The runs of a line, left to right."""
    adjust = _adjustment(line, measure)
    tokens = line.tokens
    hand = _Hand(adjust.gap, [])
    x = line.indent
    taken_left = 0.0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        taken = _taken(token, following, measure, adjust.share)
        text, start, width = token.text, x, measure.width(token.text)
        if measure.narrow and len(text) == 1:
            if (following is None or taken) and measure.blank_right(token):
                text, width = NARROW[text], width - HALF
            elif taken_left and measure.blank_left(token):
                text, start, width = NARROW[text], x + HALF, width - HALF
        dash = text == DASH * 2
        if len(text) == 1 or not (adjust.gap or dash):
            hand.put(start, text, width)
        else:
            hand.put_whole(start, text, dash=dash)
        x += measure.width(token.text) - taken
        if following is not None and not following.joined:
            x += adjust.gap
        taken_left = taken
    hand.flush()
    return hand.runs


def _taken(token: Token, following: Token | None, measure: Measure, share: float) -> float:
    """What the place after a token gives up: the blank half between two marks, and its part of a squeeze."""
    if following is None:
        return 0.0
    taken = measure.overlap(token, following)
    return taken + share * measure.give(token, following) if share else taken


def place_centred(line: Line, measure: Measure) -> list[Run]:
    """The runs of a line that stands in the middle of its measure, unjustified."""
    loose = Line(line.tokens, line.natural, 0.0, line.room + line.indent, last=True)
    shift = (line.indent + line.room - line.natural) / 2
    return [run._replace(x=run.x + shift) for run in place(loose, measure)]
