"""Widths of tokens, and the blank halves of punctuation that may be taken from them. All widths are in em."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from templates.text.characters import DASH, HALF_BLANK_LEFT, HALF_BLANK_RIGHT
from templates.text.tokens import Token

Advance = Callable[[str], float]
_FULL = 0.9  # a mark narrower than this is proportional already: nothing to take
HALF = 0.5
_SQUEEZE = 0.25  # what one place inside a line may give up at most: beyond it the marks look glued


_NO_BLANKS = (0.0, 0.0)


class Sized(NamedTuple):
    """A token in place: its width, its blank sides, and what the place after it takes (``overlap``) or can give.

    ``give`` is what a squeezed line may take there besides.
    """

    token: Token
    width: float
    blank_left: float
    blank_right: float
    overlap: float
    give: float


class TextMeasure:
    """Measures tokens in one face. ``advance`` gives the em width of one character.

    ``narrow``: whether the face holds half-width twins of the marks (`characters.NARROW`).
    """

    def __init__(self, advance: Advance, *, narrow: bool = False) -> None:
        self._advance = advance
        self.narrow = narrow
        self._widths: dict[str, float] = {}
        self._plain: dict[str, Sized] = {}

    def width(self, text: str) -> float:
        """Natural width of a token's text; the 破折号 is two squares whatever the face's dash measures."""
        known = self._widths.get(text)
        if known is None:
            known = 2.0 if text == DASH * 2 else sum(map(self._advance, text))
            if len(text) <= 2:  # noqa: PLR2004 - words differ too much to be worth keeping
                self._widths[text] = known
        return known

    def _blanks(self, token: Token) -> tuple[float, float]:
        """How much of the token's left and right side is empty: half a square for marks that fill theirs."""
        text = token.text
        if text in HALF_BLANK_RIGHT:
            return (0.0, HALF) if self.width(text) >= _FULL else _NO_BLANKS
        if text in HALF_BLANK_LEFT:
            return (HALF, 0.0) if self.width(text) >= _FULL else _NO_BLANKS
        return _NO_BLANKS

    def sized(self, tokens: Sequence[Token]) -> list[Sized]:
        """The tokens with their widths and what they and the places after them can give."""
        known = self._plain
        sized = [
            plain if (plain := known.get(token.text)) is not None and plain.token is token else self._by_itself(token)
            for token in tokens
        ]
        following, beyond = _NO_BLANKS
        for index in range(len(sized) - 1, -1, -1):  # most tokens have nothing to give, nor has what follows them
            _, _, left, right, _, _ = sized[index]
            if left or right or following:
                # Two marks in a row give up one blank half between them (clreq 3.1.6.1).
                overlap = HALF if (right and (following or beyond)) or (left and following) else 0.0
                give = min(_SQUEEZE, right + following - overlap)
                sized[index] = sized[index]._replace(overlap=overlap, give=give)
            following, beyond = left, right
        return sized

    def _by_itself(self, token: Token) -> Sized:
        """A token wherever it stands; single characters are remembered, words differ too much."""
        sized = Sized(token, self.width(token.text), *self._blanks(token), 0.0, 0.0)
        if len(token.text) == 1 and not token.word:
            self._plain[token.text] = sized
        return sized
