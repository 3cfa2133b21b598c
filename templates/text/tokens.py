"""Cutting a paragraph into what no line break divides: words, numbers with their units, pairs, single characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from templates.text.characters import NO_LINE_END, NO_LINE_START

_LETTER = r"0-9A-Za-z\u00AA-\u02FF\u0370-\u1FFF０-９Ａ-Ｚａ-ｚ"
_TOKEN = re.compile(
    rf"""
      (?P<characters>[\u4e00-\u9fff]+)                      # one token each; matched together because it is quicker
    | (?P<url>(?:https?://|ftp://|www\.)[!-~]+)
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

    ``breaks_after``: a line may end with it. ``word``: letters and figures, never spread apart. ``joined``: nor is it
    ever spread apart from the token before it (pieces of one address or of one overlong word).
    """

    text: str
    breaks_before: bool = True
    breaks_after: bool = True
    word: bool = False
    space: bool = False
    joined: bool = False


@lru_cache(maxsize=8192)
def single(ch: str) -> Token:
    """The token of one character; a space hangs at a line's end and never begins one."""
    if ch in {" ", "\u3000"}:
        return Token(ch, breaks_before=False, space=True)
    return Token(ch, ch not in NO_LINE_START, ch not in NO_LINE_END)


def _url(text: str) -> list[Token]:
    tail = _URL_TAIL.search(text)
    body = text[: tail.start()] if tail else text
    pieces = [Token(piece, word=True, joined=at > 0) for at, piece in enumerate(_URL_PIECE.findall(body))]
    return pieces + [single(ch) for ch in (tail.group() if tail else "")]


def tokenize(paragraph: str) -> list[Token]:
    """Tokens of a cleaned paragraph, in order; joined they give it back, character for character."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(paragraph):
        kind, text = match.lastgroup, match.group()
        if kind == "characters":
            tokens.extend(map(single, text))
        elif kind == "single":
            if tokens and unicodedata.combining(text):
                last = tokens.pop()
                tokens.append(last._replace(text=last.text + text))
            else:
                tokens.append(single(text))
        elif kind == "space":
            tokens.append(Token(text, breaks_before=False, space=True))
        elif kind == "url":
            tokens.extend(_url(text))
        elif kind == "ellipsis":
            tokens.append(Token(text, breaks_before=False))
        elif kind == "dash":
            tokens.append(Token(text))
        else:
            tokens.append(Token(text, text[0] not in NO_LINE_START, word=True))
    return tokens


def letters(token: Token) -> list[Token]:
    """A word too long for any line, cut into characters: broken hard at the margin."""
    return [
        Token(ch, ch not in NO_LINE_START, ch not in NO_LINE_END, word=True, joined=index > 0)
        for index, ch in enumerate(token.text)
    ]
