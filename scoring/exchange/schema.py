"""The closed shape of the exchange file, value by value: what is allowed where, and the words for what is not.

`Reading` walks the located text and never stops at the first fault; a faulty part is left out and noted, so that all
problems come at once. ``null`` means absent everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar, overload

from indicators.model import Measure
from indicators.reading.scalars import MAX_DIGITS
from scoring.entry.answer import DECIMAL_UNITS
from scoring.submission import Covered, Figure, Number, Part

if TYPE_CHECKING:
    from indicators.reading.located import KeyPath, Located
    from indicators.reading.problems import Problem

MAX_TEXT = 200_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[12][0-9]{3}")
_PLAIN_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_SHOWN = 40
# 一次列出的以二百行为限（最后一行说明还有多少），再多也没有人逐条看；猜想“是否应为”很费时，只猜前面的。
MOST_LISTED = 199
_MOST_GUESSED = 50

T = TypeVar("T")
Name = TypeVar("Name", bound=str)


class Reading:
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

    @overload
    def mapping(self, value: object, path: KeyPath) -> dict[str, object]: ...

    @overload
    def mapping(self, value: object, path: KeyPath, known: Collection[Name]) -> dict[Name, object]: ...

    def mapping(
        self, value: object, path: KeyPath, known: Collection[Name] | None = None
    ) -> dict[str, object] | dict[Name, object]:
        """The mapping without its absent entries; keys outside ``known`` are refused."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(path, f"应为“键: 值”的映射，而不是{_kind(value)}；请按格式改写")
            return {}
        if known is None:
            return {key: inner for key, inner in value.items() if inner is not None}
        names = {name: name for name in known}
        taken: dict[Name, object] = {}
        for key, inner in value.items():
            name = names.get(key)
            if name is None:
                self.unknown(key, (*path, key), known, "键")
            elif inner is not None:
                taken[name] = inner
        return taken

    def needed(self, given: Mapping[str, object], path: KeyPath, key: str) -> None:
        """A key that may not be absent."""
        if key not in given:
            self.fault(path, f"缺少“{key}”；请补上")

    def unknown(self, given: str, path: KeyPath, known: Iterable[str], what: str, *, key: bool = True) -> None:
        """Note an identifier outside the closed set, with the likely one."""
        if len(self.problems) >= MOST_LISTED:
            self.unlisted += 1
            return
        names = list(known)
        near = get_close_matches(given, names, 1) if len(self.problems) < _MOST_GUESSED else []
        advice = f"是否应为“{near[0]}”" if near else f"可用的有：{'、'.join(names[:_SHOWN])}" if names else "请删去"
        self.fault(path, f"不认识的{what}“{_cut(given)}”；{advice}", key=key)

    def text(self, value: object, path: KeyPath) -> str | None:
        """A text as it stands."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(path, f"应为文字，而不是{_kind(value)}；请加引号写成文字")
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
        self.fault(path, f"应为 true 或 false，而不是{_kind(value)}")
        return None

    def number(self, value: object, path: KeyPath, unit: str | None = None) -> Number | None:
        """A figure of 0 or more; whole unless it is money or a percentage."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(path, f"应为数字，而不是{_kind(value)}{_number_advice(value)}")
            return None
        if not _within_reason(value):
            self.fault(path, f"数字过大或过小，或不是数；请写普通数字（不超过{MAX_DIGITS}位），如 0.35")
            return None
        if value < 0:
            self.fault(path, f"数字不能为负（{value}）；请核对")
            return None
        if unit not in DECIMAL_UNITS and value != int(value):
            self.fault(path, f"应为整数，而不是 {value}；请核对")
            return None
        return int(value) if unit not in DECIMAL_UNITS else value

    def day(self, value: object, path: KeyPath) -> date | None:
        """A date written “2018-06-30”."""
        text = self.text(value, path)
        if text is None:
            return None
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.fault(path, f'日期“{_cut(text)}”无效；请写作 "2018-06-30"')
        return None

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
            self.fault(path, f"应为列表，而不是{_kind(value)}；请写作 [甲, 乙]")
            return ()
        taken = (take(inner, (*path, place)) for place, inner in enumerate(value))
        return tuple(one for one in taken if one is not None)

    def once(self, ids: tuple[str, ...], path: KeyPath) -> tuple[str, ...]:
        """The ids, each once; a repetition is refused."""
        seen: set[str] = set()
        for one in ids:
            if one in seen:
                self.fault(path, f"“{_cut(one)}”重复列出；请删去其一")
                break
            seen.add(one)
        return tuple(dict.fromkeys(ids))


def _within_reason(value: int | Decimal) -> bool:
    """The bounds of a number in a file; a caller of the use cases may hand over any."""
    if isinstance(value, int):
        return abs(value) < 10**MAX_DIGITS
    return value.is_finite() and len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS


def _kind(value: object) -> str:
    names = {bool: "是否值（true/false）", str: "文字", dict: "映射", list: "列表", type(None): "空"}
    return names.get(type(value), "数字")


def _number_advice(value: object) -> str:
    """What to write: an unquoted figure would have been read as one, so only a quoted one can lose its quotes."""
    if not isinstance(value, str):
        return ""
    return "；请去掉引号" if _PLAIN_NUMBER.fullmatch(value) else f"“{_cut(value)}”；请写阿拉伯数字，如 430000"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "……"


# --- figures: the shape follows the kind ----------------------------------------------------------------------------


def read_figure(reading: Reading, value: object, path: KeyPath, measure: Measure) -> Figure | None:
    """The county's figure in the shape the measure's kind asks for (DESIGN §4)."""
    if measure.kind == "yes_no":
        return reading.yes_no(value, path)
    if measure.kind in ("all_of", "some_of"):
        if not isinstance(value, list):
            reading.fault(path, f"“{measure.label}”应列出已有的各项，如 [{next(iter(measure.items), '')}]")
            return None
        ticked = reading.items(value, path, lambda one, at: _item(reading, one, at, measure))
        return reading.once(ticked, path)
    if measure.kind == "rate":
        return _rate(reading, value, path, measure)
    if measure.yearly:
        return _by_year(reading, value, path, measure)
    return _single(reading, value, path, measure)


def _item(reading: Reading, value: object, path: KeyPath, measure: Measure) -> str | None:
    text = reading.text(value, path)
    if text is None or text in measure.items:
        return text
    reading.unknown(text, path, measure.items, "选项", key=False)
    return None


def _rate(reading: Reading, value: object, path: KeyPath, measure: Measure) -> Part | None:
    if not isinstance(value, dict):
        reading.fault(path, f"“{measure.label}”是比例，应写作 {{numerator: 分子, denominator: 分母}}")
        return None
    parts = reading.mapping(value, path, ("numerator", "denominator"))
    units = {"numerator": measure.numerator, "denominator": measure.denominator}
    taken = {
        key: reading.number(inner, (*path, key), quantity.unit if (quantity := units[key]) else None)
        for key, inner in parts.items()
    }
    return Part(**taken)


def _by_year(reading: Reading, value: object, path: KeyPath, measure: Measure) -> Figure | None:
    if not isinstance(value, dict):
        example = '{"2017": {covered: 3, whole: 3}}' if _own_whole(measure) else '{"2017": 2, "2018": 1}'
        reading.fault(path, f"“{measure.label}”按年度填报，应写作 {example}")
        return None
    figures = {}
    for year, inner in reading.mapping(value, path).items():
        if not _YEAR.fullmatch(year):
            reading.fault((*path, year), f'“{_cut(year)}”不是年度；请写作 "2017"', key=True)
            continue
        figure = _single(reading, inner, (*path, year), measure)
        if figure is not None:
            figures[year] = figure
    return figures


def _own_whole(measure: Measure) -> bool:
    return measure.kind == "coverage" and not measure.of


def _single(reading: Reading, value: object, path: KeyPath, measure: Measure) -> Number | Covered | None:
    unit = measure.unit or (measure.whole.unit if measure.whole else None)
    if not _own_whole(measure):
        if isinstance(value, dict | list):
            hint = "应写已做到的数，总数取自县情" if measure.kind == "coverage" else "应写一个数字"
            reading.fault(path, f"“{measure.label}”{hint}，而不是{_kind(value)}")
            return None
        return reading.number(value, path, unit)
    if not isinstance(value, dict):
        reading.fault(path, f"“{measure.label}”应写作 {{covered: 已做到的数, whole: 总数}}")
        return None
    parts = reading.mapping(value, path, ("covered", "whole"))
    return Covered(**{key: reading.number(inner, (*path, key), unit) for key, inner in parts.items()})
