"""What an unquoted word of a rules or submission file means: a number, true/false, nothing, or text.

YAML 1.1 turns ``no`` into false, ``1.10`` into 1.1, ``2018-06-30`` into a date and ``12:30`` into 750. Ids, codes and
dates here look just like that, so every ambiguous spelling is refused with what to write instead; numbers are read from
their text (``int`` or ``Decimal``), never through a float.
"""

from __future__ import annotations

import re
from decimal import Decimal

Scalar = str | int | Decimal | bool | None

MAX_DIGITS = 30
_LAST_FIGURE, _LAST_ASCII = "9", "\x7f"
_NULLS = frozenset({"", "~", "null"})
_BOOLEANS = {"true": True, "false": False}
_LOOKALIKES = {
    "yes": "true",
    "on": "true",
    "true": "true",
    "no": "false",
    "off": "false",
    "false": "false",
    "null": "null",
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?")
_MONTH = re.compile(r"[0-9]{4}-(?:0?[1-9]|1[0-2])")
_NUMBERED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_ODD_NUMBER = re.compile(
    r"[-+]?0[0-9_]+(?:\.[0-9]*)?|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?[0-9]+(?:_[0-9]+)+(?:\.[0-9_]*)?"
)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|nan)|[-+]?(?:inf|infinity|nan)", re.IGNORECASE)


class AmbiguousScalarError(ValueError):
    """An unquoted word that is refused; the message says what to write."""


def read_plain(text: str) -> Scalar:
    """The meaning of an unquoted scalar. Raises `AmbiguousScalarError` for spellings that mislead."""
    if text in _NULLS:
        return None
    if text[0] > _LAST_ASCII:  # most words; every spelling below begins with a sign, a figure or a Latin letter
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] <= _LAST_FIGURE and _FRACTION.fullmatch(text):
        return _number(text)
    _refuse_ambiguous(text)
    return text


def _number(text: str) -> int | Decimal:
    if len(text) > MAX_DIGITS:
        raise AmbiguousScalarError(f"数字太长（超过{MAX_DIGITS}位）；若是编号请加引号写成文字")
    if _INTEGER.fullmatch(text):
        return int(text)
    number = Decimal(text)
    if abs(number.adjusted()) > MAX_DIGITS:
        raise AmbiguousScalarError("数字过大或过小；请写普通数字，如 0.35")
    return number


def _refuse_ambiguous(text: str) -> None:
    meaning = _LOOKALIKES.get(text.lower())
    if meaning is not None:
        raise AmbiguousScalarError(f'“{text}”含义不明；请写 {meaning}，若是文字请加引号写作 "{text}"')
    if text[0].isalpha():
        _refuse_not_finite(text)
        return
    if _DATE.fullmatch(text):
        raise AmbiguousScalarError(f'日期须加引号；请写作 "{text}"')
    if _MONTH.fullmatch(text):
        raise AmbiguousScalarError(f'年月、编号须加引号；请写作 "{text}"')
    if _NUMBERED.fullmatch(text):
        raise AmbiguousScalarError(f'编号须加引号；请写作 "{text}"')
    _refuse_not_finite(text)
    if _ODD_NUMBER.fullmatch(text):
        raise AmbiguousScalarError(f'“{text}”可能被当作数字；编号、时间请加引号写作 "{text}"，数字请写普通十进制')
    if text in {"=", "<<"}:
        raise AmbiguousScalarError(f"不支持“{text}”；请把内容直接写出来")


def _refuse_not_finite(text: str) -> None:
    if _NOT_FINITE.fullmatch(text):
        raise AmbiguousScalarError(f"“{text}”不是数字；请写实际数字，没有数字就删去这一项")
