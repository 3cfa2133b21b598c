"""Widths of tokens, and the blank halves of punctuation that may be taken from them. All widths are in em."""

from __future__ import annotations

from collections.abc import Callable

from templates.text.characters import DASH, HALF_BLANK_LEFT, HALF_BLANK_RIGHT
from templates.text.tokens import Token

Advance = Callable[[str], float]
_FULL = 0.9  # a mark narrower than this is proportional already: nothing to take
HALF = 0.5
_SQUEEZE = 0.25  # what one place inside a line may give up at most: beyond it the marks look glued


class Measure:
    """Measures tokens in one face. ``advance`` gives the em width of one character.

    ``narrow``: whether the face holds half-width twins of the marks (`characters.NARROW`).
    """

    def __init__(self, advance: Advance, *, narrow: bool = False) -> None:
        self._advance = advance
        self.narrow = narrow
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Natural width of a token's text; the 破折号 is two squares whatever the face's dash measures."""
        known = self._widths.get(text)
        if known is None:
            known = 2.0 if text == DASH * 2 else sum(map(self._advance, text))
            if len(text) <= 2:  # noqa: PLR2004 - words differ too much to be worth keeping
                self._widths[text] = known
        return known

    def _full(self, text: str) -> bool:
        return self.width(text) >= _FULL

    def blank_right(self, token: Token) -> float:
        """How much of the token's right side is empty (句号、逗号、后括号 …)."""
        return HALF if token.text in HALF_BLANK_RIGHT and self._full(token.text) else 0.0

    def blank_left(self, token: Token) -> float:
        """How much of the token's left side is empty (前括号、前引号)."""
        return HALF if token.text in HALF_BLANK_LEFT and self._full(token.text) else 0.0

    def overlap(self, left: Token, right: Token) -> float:
        """What two punctuation marks in a row give up between them: one blank half (clreq 3.1.6.1)."""
        if left.text in HALF_BLANK_RIGHT and (right.text in HALF_BLANK_RIGHT or right.text in HALF_BLANK_LEFT):
            return self.blank_right(left)
        if left.text in HALF_BLANK_LEFT and right.text in HALF_BLANK_LEFT:
            return self.blank_left(right)
        return 0.0

    def give(self, left: Token, right: Token) -> float:
        """What the place between two tokens can still give up when a line is squeezed."""
        blank = self.blank_right(left) + self.blank_left(right) - self.overlap(left, right)
        return min(_SQUEEZE, blank)
