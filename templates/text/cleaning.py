"""Cleaning user text, once, before it is measured: what is left can be drawn, copied and compared."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = dict.fromkeys(map(ord, "\r\f\v\x85\u2028\u2029"), "\n")
# Cf: bidi controls, zero-width marks, soft hyphens, tags, byte order mark. Cs: lone surrogates. Cc: controls.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
_IDEOGRAPHIC_SPACE = "\u3000"
_HALF_WIDTH = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９－＋", "0123456789-+", strict=True)}


# Nothing in these ranges is ever dropped or changed, and they make up nearly all of any text.
_DOUBTFUL = re.compile(r"[^\n !-~\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]")


def _kept(doubtful: re.Match[str]) -> str:
    ch = doubtful.group()
    if ch == "\t":
        return " "
    category = unicodedata.category(ch)
    if category in _DROPPED_CATEGORIES:
        return ""
    if category == "Zs":
        return " "
    if any(ord(ch) in block for block in _VARIATION_SELECTORS):
        return ""
    return ch


def clean(text: str | None) -> str:
    """The text as it prints: NFC, LF only, no invisible characters; tabs and exotic spaces are spaces."""
    if not text:
        return ""
    flat = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    # Dropping first lets a base and its mark meet before they are composed.
    return unicodedata.normalize("NFC", _DOUBTFUL.sub(_kept, flat))


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Cleaned paragraphs: one per line feed, without outer spaces (the indent is the form's), blank ones left out."""
    lines = (line.strip(" " + _IDEOGRAPHIC_SPACE) for line in clean(text).split("\n"))
    return tuple(line for line in lines if line)


def one_line(text: str | None) -> str:
    """Cleaned text for a cell: its lines joined by single spaces."""
    return " ".join(paragraphs(text))


def half_width_figures(text: str | None) -> str:
    """A telephone number's figures as they are dialled; its words and brackets as they were typed."""
    return (text or "").translate(_HALF_WIDTH)
