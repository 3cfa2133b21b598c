"""What a person types: the fields of a form, and numbers read from text. Exact: int or Decimal, never float."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.submission import Number

FieldForm = Literal["number", "yes_no", "items"]
Path = tuple[str, ...]
TypedValue = str | bool | tuple[str, ...] | None
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_LONGEST_NUMBER = 30
# Money and percentages may have decimals; people, villages and meetings are counted whole.
DECIMAL_UNITS = frozenset({"percent", "元"})


class EntryError(ValueError):
    """Something typed cannot be read; ``problems`` are Chinese sentences: where, what, what to do.

    ``paths``: the fields they are about, within what was typed.
    """

    def __init__(self, problems: Iterable[str], paths: Iterable[Path] = ()) -> None:
        self.problems, self.paths = tuple(problems), tuple(paths)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: ``path`` below the measure is () or a year, a part, or a year and a part."""

    path: Path
    form: FieldForm
    label: str
    unit: str | None = None


def read_number(text: str) -> Number | None:
    """The number of a text field: None when empty, int or Decimal exactly as typed; ValueError (Chinese) otherwise.

    Full-width digits and thousands separators are understood.
    """
    folded = unicodedata.normalize("NFKC", text).strip().replace("，", ",")
    if not folded:
        return None
    if len(folded) > _LONGEST_NUMBER:
        raise ValueError("数字过长，请核对")
    if not _NUMBER.fullmatch(folded):
        raise ValueError(f"“{text.strip()}”不是数字，请只填阿拉伯数字，例如 812000 或 69.9，单位不用填")
    digits = folded.replace(",", "")
    return Decimal(digits) if "." in digits else int(digits)


def read_figure_number(text: str, unit: str | None) -> Number | None:
    """The same for a figure of that unit: 0 or more, and whole unless it is money or a percentage."""
    number = read_number(text)
    if number is None:
        return None
    if number < 0:
        raise ValueError(f"不能为负数（{text.strip()}），请核对")
    if unit not in DECIMAL_UNITS and number != int(number):
        raise ValueError(f"应为整数，而不是“{text.strip()}”，请核对")
    return number
