"""The figures of a Chinese sentence: 70%, 50万, 十八周岁, 两次, 0—6岁, with their places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_FIGURE = re.compile(
    r"(?P<arabic>[0-9]+(?:\.[0-9]+)?)(?P<scale>[百千万亿]*)|(?P<chinese>[〇零一二两三四五六七八九十百千万亿]+)"
)
_LETTER_FORMS = str.maketrans({digit: unicodedata.normalize("NFKC", digit) for digit in "０１２３４５６７８９．"})


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure as it stands in a text: its words, its value, and where it begins and ends."""

    words: str
    value: Decimal
    start: int
    end: int


def figures(text: str) -> list[FoundFigure]:
    """Every figure of the text, Arabic (with 百 千 万 亿 after it expanded) or Chinese, in reading order."""
    printed = []
    for match in _FIGURE.finditer(text.translate(_LETTER_FORMS)):
        if match["arabic"]:
            value = Decimal(match["arabic"])
            for scale in match["scale"]:
                value *= _SMALL.get(scale) or _LARGE[scale]
        elif any(word in _DIGITS or word == "十" for word in match["chinese"]):
            value = Decimal(_chinese(match["chinese"]))
        else:
            continue  # 百, 千, 万 alone are parts of words (百姓, 千方百计)
        printed.append(FoundFigure(text[match.start() : match.end()], value, match.start(), match.end()))
    return printed


def values(text: str) -> set[Decimal]:
    """The values of the text's figures."""
    return {figure.value for figure in figures(text)}


def _chinese(words: str) -> int:
    if all(word in _DIGITS for word in words):
        return int("".join(str(_DIGITS[word]) for word in words))  # 二〇一八
    total = section = digit = 0
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word in _SMALL:
            section += (digit or 1) * _SMALL[word]
            digit = 0
        elif word == "万":
            total += (section + digit) * _LARGE[word]
            section = digit = 0
        else:
            total = (total + section + digit) * _LARGE[word]
            section = digit = 0
    return total + section + digit
