"""The one reader of figures as people write them: 1 200, 1,200, 1200人, 5.08万, 3.86亿元, ￥3.86亿, 0.5%, half- or
full-width.

Pages, files and workbooks read by it. Exact: int or Decimal, never float. What only looks like one (约, 余, 10⁴, ①) is
refused in a Chinese sentence that says what to do, never folded into one.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from indicators.model import takes_decimals
from indicators.model.vocabulary import ALIKE_UNITS
from scoring.submission import Number
from scoring.wording import plain, unit_label

_ASCII_OF_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {
    ord(full): half for full, half in zip("，．％－／　\u00a0\u2009\u202f", ",.%-/    ", strict=True)
}
_FIGURE = re.compile(
    r"(?P<sign>[¥￥]?) *(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.(?P<broken>[0-9]+))?"
    r" *(?P<scale>[百千]?[万亿]?) *(?P<unit>[^0-9.,]*)"
)
_ZEROS = {"": 0, "百": 2, "千": 3, "万": 4, "亿": 8}
_YUAN = "元"  # the currency signs stand for it
_LONGEST = 30
_SHOWN = 20
_ABOUT = re.compile(r"约|大概|左右|上下|以上|以下|不足|近|余|多|几|数[十百千万]|[~～≈±<>＜＞≤≥]")


def read_figure(text: str, unit: str | None) -> Number | None:
    """The number typed for a figure of that unit, None when empty; ValueError (Chinese, no full stop) for the rest.

    0 or more, and whole unless the unit takes decimals.
    """
    folded = text.translate(_ASCII_OF_FULL_WIDTH).strip()
    if not folded:
        return None
    if len(folded) > _LONGEST:
        raise ValueError("数字过长，请核对")
    negative = folded.startswith("-")
    match = _FIGURE.fullmatch(folded.removeprefix("-").lstrip())
    if match is None or _ABOUT.search(match["unit"]) or any(map(_looks_like_a_digit, match["unit"])):
        raise ValueError(_refusal(text.strip(), folded))
    if match["unit"] and not _fits(match["unit"].replace(" ", ""), unit):
        raise ValueError(_other_unit(text.strip(), match["unit"].strip(), unit))
    if match["sign"] and not (unit and unit_label(unit).startswith(_YUAN)):
        raise ValueError(_other_unit(text.strip(), match["sign"], unit))
    number = _number(match)
    if len(plain(number)) > _LONGEST:
        raise ValueError("数字过长，请核对")
    if negative and number:
        raise ValueError(f"不能为负数（{text.strip()}），请核对")
    if number != int(number) and not takes_decimals(unit):
        exact = "" if plain(number) in folded else f"（即{plain(number)}）"
        raise ValueError(f"应为整数，而不是“{text.strip()}”{exact}，请核对")
    return number


def understood(text: str, unit: str | None) -> str:
    """What a page says under a field: how the text was read where it is more than digits."""
    try:
        number = read_figure(text, unit)
    except ValueError:
        return ""
    if number is None or text.strip() in (plain(number), str(number)):
        return ""
    return f"读作 {plain(number)}{unit_label(unit)}"


def unreadable(text: str, unit: str | None) -> str:
    """What a page says under a field: why the text cannot be read, with what to do; empty where it can."""
    try:
        read_figure(text, unit)
    except ValueError as refused:
        return f"{refused}。"
    return ""


def _number(match: re.Match[str]) -> Number:
    whole, broken = re.sub("[, ]", "", match["whole"]), match["broken"] or ""
    zeros = sum(_ZEROS[word] for word in match["scale"])
    if not zeros:
        return Decimal(f"{whole}.{broken}") if broken else int(whole)
    # 万、亿照位数展开，不做乘法，不会舍入
    digits = broken.ljust(zeros, "0")
    moved, left = whole + digits[:zeros], digits[zeros:].rstrip("0")
    return Decimal(f"{moved}.{left}") if left else int(moved)


def _fits(written: str, unit: str | None) -> bool:
    """Whether the unit behind the digits is the field's own: by its name, its first part (元 of 元/人·月), or alike."""
    if unit is None:
        return any(written in words for words in ALIKE_UNITS)
    name = unit_label(unit)
    first = name.partition("/")[0]
    return written in (name, first) or any({written, first} <= words for words in ALIKE_UNITS)


def _other_unit(text: str, written: str, unit: str | None) -> str:
    asked = f"这里按“{unit_label(unit)}”填" if unit else "这里只填数字"
    return f"“{_cut(text)}”写的是“{_cut(written)}”，{asked}，请换算成相应的数字"


def _refusal(text: str, folded: str) -> str:
    if (about := _ABOUT.search(folded)) and re.search("[0-9]", folded):
        return f"“{_cut(text)}”里有“{about[0]}”，不是确数，请填查实的数字"
    odd = next(filter(_looks_like_a_digit, folded), None)
    if odd is not None:
        return f"“{_cut(text)}”里的“{odd}”不是普通数字，请改用 0 至 9 写出，例如 10000"
    if re.search(r"[0-9][, ]+[0-9]", folded):
        return f"“{_cut(text)}”的分隔看不准，数字请每三位一隔（如 1,200 或 1 200），或者连着写"
    return f"“{_cut(text)}”不是数字，请填阿拉伯数字，例如 812000、5.08万 或 69.9"


def _looks_like_a_digit(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("N")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
