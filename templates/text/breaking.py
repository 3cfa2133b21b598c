"""Breaking a paragraph into lines: first what belongs on which line, then (`placing`) where on it.

Widths are in em, so a broken paragraph is the same at every size. Rules, in order of weight: nothing past the margin;
no line starts or ends with a mark that must not (禁则, both ways); words, numbers and pairs whole; lines as full as
they can be. A line is closed early (push-out) or takes one more sign by narrowing its punctuation (squeeze-in),
whichever disturbs it less.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from templates.text.measuring import Sized, TextMeasure
from templates.text.tokens import Token, letters, tokenize

INDENT = 2.0  # 首行缩进两字
_TOLERANCE = 1e-6
_LONGEST_STEP = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Sized tokens of one line without the spaces at its ends; ``natural`` is their width, the last mark half wide.

    ``indent`` and ``room`` (what is left for the tokens) add up to the measure. The last line of a paragraph is not
    justified. ``hung``: the spaces after it that are not set.
    """

    tokens: tuple[Sized, ...]
    natural: float
    indent: float
    room: float
    last: bool
    hung: str = ""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(item.token.text for item in self.tokens)


class _Fit(NamedTuple):
    """A possible end of a line: tokens up to ``end`` (exclusive), their visible width, and where its spaces begin."""

    end: int
    visible: float
    shown: int


class _Paragraph:
    """One paragraph being broken."""

    def __init__(self, tokens: list[Token], measure: TextMeasure, width: float) -> None:
        if any(len(text) > 1 and measure.width(text) > width for text, _, _, word, *_ in tokens if word):
            tokens = [part for token in tokens for part in _pieces(token, measure, width)]
        self.tokens = tokens
        self.sized = measure.sized(tokens)
        # What the tokens before each one take, so that the end of a line is found by halving.
        self._taken = list(accumulate([width - overlap for _, width, _, _, overlap, _ in self.sized], initial=0.0))
        self._given = list(accumulate([give for *_, give in self.sized], initial=0.0))

    def may_end_before(self, index: int) -> bool:
        """Whether a line may end before token ``index`` (the end of the paragraph included)."""
        if index >= len(self.tokens):
            return True
        if not self.tokens[index].breaks_before:
            return False
        last = index - 1
        while last > 0 and self.tokens[last].space:  # “① 建立”: the space hangs, ① would still stand last
            last -= 1
        return self.tokens[last].breaks_after

    def next_end(self, start: int, room: float) -> _Fit:
        """Where the line that starts at ``start`` ends: at the last possible end that fits, or squeezed at the next."""
        taken, given, sized = self._taken, self._given, self.sized
        best: _Fit | None = None
        for index in range(self._surely_within(start, room), len(sized)):
            if not self.may_end_before(index + 1):
                continue
            shown = index  # the last token that is no space
            while shown > start and sized[shown].token.space:
                shown -= 1
            item = sized[shown]
            visible = 0.0 if item.token.space else taken[shown] - taken[start] + item.width - item.blank_right
            fit = _Fit(index + 1, visible, start if item.token.space else shown + 1)
            if visible > room + _TOLERANCE:
                slack = given[shown] - given[start]
                return self._choose(start, best, fit, room, slack) or self._forced(start, room)
            best = fit
        return best or self._forced(start, room)

    def _surely_within(self, start: int, room: float) -> int:
        """The last possible end before which all is well within the room, or the line's first token."""
        index = bisect_right(self._taken, self._taken[start] + room - _LONGEST_STEP, start) - 1
        while index > start and not self.may_end_before(index):
            index -= 1
        return max(start, index - 1)

    @staticmethod
    def _choose(start: int, best: _Fit | None, beyond: _Fit, room: float, slack: float) -> _Fit | None:
        """Push out (``best``) or squeeze in (``beyond``); ``slack`` is what its places can give."""
        need = beyond.visible - room
        if need > slack + _TOLERANCE:
            return best
        if best is None:
            return beyond
        stretch = room - best.visible
        gaps = max(1, best.shown - start - 1)
        # Half an em over thirty gaps is not seen; a whole sign pushed out is, when punctuation could have given it.
        return beyond if stretch > need and stretch > gaps / 40 else best

    def _forced(self, start: int, room: float) -> _Fit:
        """No allowed place within the margin (a run of marks longer than the line): break where the margin is."""
        x, end, visible = 0.0, start, 0.0
        for index in range(start, len(self.sized)):
            item = self.sized[index]
            x += item.width
            if index > start and x - item.blank_right > room + _TOLERANCE:
                break
            end, visible = index + 1, x - item.blank_right
            x -= item.overlap
        return _Fit(end, visible, end)


def _pieces(token: Token, measure: TextMeasure, width: float) -> list[Token]:
    return letters(token) if token.word and len(token.text) > 1 and measure.width(token.text) > width else [token]


def break_paragraph(paragraph: str, measure: TextMeasure, width: float, indent: float = INDENT) -> list[Line]:
    """Lines of one cleaned paragraph for a measure of ``width`` em, the first indented.

    A single character wider than the measure is the only thing that ever passes the margin.
    """
    work = _Paragraph(tokenize(paragraph), measure, width)
    lines: list[Line] = []
    start, count = 0, len(work.tokens)
    words_end = next((at for at in range(count, 0, -1) if not work.tokens[at - 1].space), 0)
    while start < count:
        if work.tokens[start].space and lines:
            lines[-1] = replace(lines[-1], hung=lines[-1].hung + work.tokens[start].text)
            start += 1
            continue
        first = indent if not lines else 0.0
        fit = work.next_end(start, width - first)
        shown = tuple(work.sized[start : fit.shown])
        if shown:
            hung = "".join(token.text for token in work.tokens[fit.shown : fit.end])
            lines.append(Line(shown, fit.visible, first, width - first, fit.end >= words_end, hung))
        start = fit.end
    return lines
