"""Cutting a paragraph into what a line break must not divide: words, numbers with their units, pairs, single characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from templates.text.characters import NO_LINE_END, NO_LINE_START

_LETTER = r"0-9A-Za-z\u00AA-\u02FF\u0370-\u1FFF０-９Ａ-Ｚａ-ｚ"
_TOKEN = re.compile(
    rf"""
      (?P<url>(?:https?://|ftp://|www\.)[!-~]+)
    | (?P<number>[〔\[［(（]\d{{4}}[〕\]］)）]\s?第?\d+号)        # the year and number of a document, 〔2017〕8号
    | (?P<dash>——)                                          # 破折号 and 省略号 are one sign each: never divided
    | (?P<ellipsis>……)
    | (?P<word>[{_LETTER}]+(?:[.,:'’\-_@+&·][{_LETTER}]+)*(?:[%‰％℃]|[万亿千百](?![{_LETTER}]))?)
    | (?P<space>\ +)
    | (?P<single>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_URL_PIECE = re.compile(r"[^/.?&]*[/.?&]+|[^/.?&]+")
_URL_TAIL = re.compile(r"[,.;:!?)\]}'\"]+$")


class Token(NamedTuple):
    """``text`` stays on one line. ``breaks_before``: a line may begin with it, as far as it alone is concerned.

    ``breaks_after``: a line may end with it. ``word``: letters and figures, never spread apart.
    """

    text: str
    breaks_before: bool
    breaks_after: bool
    word: bool
    space: bool = False


@lru_cache(maxsize=8192)
def single(ch: str) -> Token:
    """The token of one character; a space hangs at a line's end and never begins one."""
    if ch in {" ", "\u3000"}:
        return Token(ch, False, True, False, True)
    return Token(ch, ch not in NO_LINE_START, ch not in NO_LINE_END, False)


def _url(text: str) -> list[Token]:
    tail = _URL_TAIL.search(text)
    body = text[: tail.start()] if tail else text
    pieces = [Token(piece, True, True, True) for piece in _URL_PIECE.findall(body)]
    return pieces + [single(ch) for ch in (tail.group() if tail else "")]


def tokenize(paragraph: str) -> list[Token]:
    """Tokens of a cleaned paragraph, in order; joined they give it back, character for character."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(paragraph):
        kind, text = match.lastgroup, match.group()
        if kind == "single":
            if tokens and unicodedata.combining(text):
                last = tokens.pop()
                tokens.append(last._replace(text=last.text + text))
            else:
                tokens.append(single(text))
        elif kind == "space":
            tokens.append(Token(text, False, True, False, True))
        elif kind == "url":
            tokens.extend(_url(text))
        elif kind == "ellipsis":
            tokens.append(Token(text, False, True, False))
        elif kind == "dash":
            tokens.append(Token(text, True, True, False))
        else:
            tokens.append(Token(text, text[0] not in NO_LINE_START, True, True))
    return tokens


def letters(token: Token) -> list[Token]:
    """A word too long for any line, cut into characters: broken hard at the margin."""
    return [Token(ch, ch not in NO_LINE_START, ch not in NO_LINE_END, True) for ch in token.text]
