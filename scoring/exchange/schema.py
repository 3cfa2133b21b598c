"""The closed shape of the exchange file, value by value: what is allowed where, and the words for what is not.

`ValueReading` walks the located text and never stops at the first fault; a faulty part is left out and noted, so that
all problems come at once. ``null`` means absent everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from indicators.model import takes_decimals
from indicators.reading.scalars import MAX_DIGITS
from scoring.days import EARLIEST_YEAR, DocumentDate, Month
from scoring.kinds.figure_text import read_figure
from scoring.submission import Number

if TYPE_CHECKING:
    from indicators.reading.located import KeyPath, Located
    from indicators.reading.problems import Problem

MAX_TEXT = 200_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[12][0-9]{3}")
_SHOWN = 40
# 一次列出的以二百行为限（最后一行说明还有多少），再多也没有人逐条看；猜想“是否应为”很费时，只猜前面的。
MOST_LISTED = 199
_MOST_GUESSED = 50

_TYPES: dict[type, str] = {bool: "是否值（true/false）", str: "文字", dict: "映射", list: "列表", type(None): "空"}

T = TypeVar("T")
Dated = TypeVar("Dated", date, Month)
Name = TypeVar("Name", bound=str)


class ValueReading:
    """Takes values from a located text, noting every problem on the way: the first ones listed, the others counted."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.problems: list[Problem] = []
        self.unlisted = 0

    def fault(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        """Note a problem at that place."""
        if len(self.problems) < MOST_LISTED:
            self.problems.append(self.located.problem(path, message, key=key))
        else:
            self.unlisted += 1

    def add(self, others: Sequence[Problem]) -> None:
        """Note problems found by another reading of a part."""
        room = MOST_LISTED - len(self.problems)
        self.problems += others[:room]
        self.unlisted += max(0, len(others) - room)

    def mapping(self, value: object, path: KeyPath) -> dict[str, object]:
        """The mapping without its absent entries, whatever its keys."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(path, f"应为“键: 值”的映射，而不是{self.what_it_is(value)}；请按格式改写")
            return {}
        return {key: inner for key, inner in value.items() if inner is not None}

    def parts(self, value: object, path: KeyPath, known: Collection[Name]) -> dict[Name, object]:
        """The mapping without its absent entries; keys outside ``known`` are refused."""
        names: dict[str, Name] = {name: name for name in known}
        taken: dict[Name, object] = {}
        for key, inner in (value if isinstance(value, dict) else self.mapping(value, path)).items():
            name = names.get(key)
            if name is None:
                self.unknown(key, (*path, key), known, "键")
            elif inner is not None:
                taken[name] = inner
        return taken

    def by_year(self, value: object, path: KeyPath) -> dict[str, object]:
        """The mapping without its absent entries; keys that are no calendar year are refused."""
        taken: dict[str, object] = {}
        for year, inner in self.mapping(value, path).items():
            if _YEAR.fullmatch(year):
                taken[year] = inner
            else:
                self.fault((*path, year), f'“{_cut(year)}”不是年度；请写作 "2017"', key=True)
        return taken

    def what_it_is(self, value: object) -> str:
        """The type of a value, for a message."""
        return _TYPES.get(type(value), "数字")

    def needed(self, parts: Mapping[str, object], path: KeyPath, key: str) -> None:
        """A key that may not be absent."""
        if key not in parts:
            self.fault(path, f"缺少“{key}”；请补上")

    def unknown(self, name: str, path: KeyPath, known: Iterable[str], what: str, *, key: bool = True) -> None:
        """Note an identifier outside the closed set, with the likely one."""
        if len(self.problems) >= MOST_LISTED:
            self.unlisted += 1
            return
        names = list(known)
        near = get_close_matches(name, names, 1) if len(self.problems) < _MOST_GUESSED else []
        advice = f"是否应为“{near[0]}”" if near else f"可用的有：{'、'.join(names[:_SHOWN])}" if names else "请删去"
        self.fault(path, f"不认识的{what}“{_cut(name)}”；{advice}", key=key)

    def text(self, value: object, path: KeyPath) -> str | None:
        """A text as it stands."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(path, f"应为文字，而不是{self.what_it_is(value)}；请加引号写成文字")
            return None
        if len(value) > MAX_TEXT:
            self.fault(path, f"文字过长（{len(value)}字，最多{MAX_TEXT}字）；请删减")
            return None
        return value

    def choice(self, value: object, path: KeyPath, options: Mapping[Name, str]) -> Name | None:
        """One identifier of a closed list."""
        text = self.text(value, path)
        if text is None:
            return None
        for name in options:
            if name == text:
                return name
        listed = "、".join(f"{key}（{label}）" for key, label in options.items())
        self.fault(path, f"“{_cut(text)}”不在可选范围内；可选：{listed}")
        return None

    def yes_no(self, value: object, path: KeyPath) -> bool | None:
        """True or false."""
        if value is None or isinstance(value, bool):
            return value
        self.fault(path, f"应为 true 或 false，而不是{self.what_it_is(value)}")
        return None

    def number(self, value: object, path: KeyPath, unit: str | None = None) -> Number | None:
        """A figure of 0 or more, whole unless its unit takes decimals; a text in a file is read as it is on a page."""
        if value is None:
            return None
        if isinstance(value, str) and self.located.written:
            return self._figure_of_text(value, path, unit)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(path, f"应为数字，而不是{self.what_it_is(value)}")
            return None
        if not _within_reason(value):
            self.fault(path, f"数字过大或过小，或不是数；请写普通数字（不超过{MAX_DIGITS}位），如 0.35")
            return None
        if value < 0:
            self.fault(path, f"数字不能为负（{value}）；请核对")
            return None
        if takes_decimals(unit):
            return value
        if value != int(value):
            self.fault(path, f"应为整数，而不是 {value}；请核对")
            return None
        return int(value)

    def _figure_of_text(self, text: str, path: KeyPath, unit: str | None) -> Number | None:
        try:
            return read_figure(text, unit)
        except ValueError as refused:
            self.fault(path, str(refused))
            return None

    def day(self, value: object, path: KeyPath) -> date | None:
        """A date written “2018-06-30”."""
        text = self.text(value, path)
        if text is None:
            return None
        try:
            if _DATE.fullmatch(text):
                return self._of_an_age(date.fromisoformat(text), path)
        except ValueError:
            pass
        self.fault(path, f'日期“{_cut(text)}”无效；请写作 "2018-06-30"')
        return None

    def _of_an_age(self, dated: Dated, path: KeyPath) -> Dated | None:
        if dated.year < EARLIEST_YEAR:
            self.fault(path, f"日期“{dated}”早于{EARLIEST_YEAR}年；请核对年份")
            return None
        return dated

    def document_date(self, value: object, path: KeyPath) -> DocumentDate | None:
        """A date, or a month written “2018-06”."""
        if isinstance(value, str) and _MONTH.fullmatch(value):
            try:
                return self._of_an_age(Month(int(value[:4]), int(value[5:])), path)
            except ValueError:
                self.fault(path, f'月份“{value}”无效；请写作 "2018-06"')
                return None
        return self.day(value, path)

    def pattern(self, value: object, path: KeyPath, shape: re.Pattern[str], advice: str) -> str | None:
        """A text of a fixed shape."""
        text = self.text(value, path)
        if text is None or shape.fullmatch(text):
            return text
        self.fault(path, f"“{_cut(text)}”不合要求；{advice}")
        return None

    def items(self, value: object, path: KeyPath, take: Callable[[object, KeyPath], T | None]) -> tuple[T, ...]:
        """A list, each entry taken by ``take``."""
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(path, f"应为列表，而不是{self.what_it_is(value)}；请写作 [甲, 乙]")
            return ()
        taken = (take(inner, (*path, place)) for place, inner in enumerate(value))
        return tuple(item for item in taken if item is not None)

    def once(self, ids: tuple[str, ...], path: KeyPath) -> tuple[str, ...]:
        """The ids, each once; a repetition is refused."""
        seen: set[str] = set()
        for item_id in ids:
            if item_id in seen:
                self.fault(path, f"“{_cut(item_id)}”重复列出；请删去其一")
                break
            seen.add(item_id)
        return tuple(dict.fromkeys(ids))


def _within_reason(value: int | Decimal) -> bool:
    """The bounds of a number in a file; a caller of the use cases may hand over any."""
    if isinstance(value, int):
        return bool(abs(value) < 10**MAX_DIGITS)
    return value.is_finite() and len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "……"
