"""Breaking a paragraph into lines: first what belongs on which line, then (`placing`) where on it.

Widths are in em, so a broken paragraph is the same at every size. Rules, in order of weight: nothing past the margin;
no line starts or ends with a mark that must not (禁则, both ways); words, numbers and pairs whole; lines as full as
they can be. A line is closed early (push-out) or takes one more sign by narrowing its punctuation (squeeze-in),
whichever disturbs it less.
"""

from __future__ import annotations

from dataclasses import dataclass

from templates.text.measuring import Sized, TextMeasure
from templates.text.tokens import Token, letters, tokenize

INDENT = 2.0  # 首行缩进两字
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """Sized tokens of one line without the spaces at its ends; ``natural`` is their width, the last mark half wide.

    ``indent`` and ``room`` (what is left for the tokens) add up to the measure. The last line of a paragraph is not
    justified.
    """

    tokens: tuple[Sized, ...]
    natural: float
    indent: float
    room: float
    last: bool

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(item.token.text for item in self.tokens)


@dataclass(slots=True)
class _Fit:
    """A possible end of a line: tokens up to ``end`` (exclusive), their visible width, and where its spaces begin."""

    end: int
    visible: float
    shown: int


class _Paragraph:
    """One paragraph being broken."""

    def __init__(self, tokens: list[Token], measure: TextMeasure, width: float) -> None:
        whole: list[Token] = []
        for token in tokens:
            if token.word and len(token.text) > 1 and measure.width(token.text) > width:
                whole.extend(letters(token))
            else:
                whole.append(token)
        self.tokens = whole
        self.sized = measure.sized(whole)

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
        """Where the line that starts at ``start`` ends."""
        x, slack = 0.0, 0.0
        shown_x, shown_slack, shown = 0.0, 0.0, start
        best: _Fit | None = None
        for index in range(start, len(self.sized)):
            token, width, _, blank_right, overlap, give = self.sized[index]
            x += width
            if not token.space:
                shown_x, shown_slack, shown = x - blank_right, slack, index + 1
            if self.may_end_before(index + 1):
                fit = _Fit(index + 1, shown_x, shown)
                if shown_x <= room + _TOLERANCE:
                    best = fit
                else:
                    return self._choose(start, best, fit, room, shown_slack) or self._forced(start, room)
            x -= overlap
            slack += give
        return best or self._forced(start, room)

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


def break_paragraph(paragraph: str, measure: TextMeasure, width: float, indent: float = INDENT) -> list[Line]:
    """Lines of one cleaned paragraph for a measure of ``width`` em, the first indented.

    A single character wider than the measure is the only thing that ever passes the margin.
    """
    work = _Paragraph(tokenize(paragraph), measure, width)
    lines: list[Line] = []
    start, count = 0, len(work.tokens)
    while start < count:
        if work.tokens[start].space and lines:
            start += 1
            continue
        first = indent if not lines else 0.0
        fit = work.next_end(start, width - first)
        shown = tuple(work.sized[start : fit.shown])
        if shown:
            last = all(token.space for token in work.tokens[fit.end :])
            lines.append(Line(shown, fit.visible, first, width - first, last))
        start = fit.end
    return lines
