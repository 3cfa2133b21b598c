"""Checks of text against data: quotes occur in the statement, thresholds in the quotes, its figures in the data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from indicators.checking.kinds import Fault
from indicators.model import Condition, Indicator, Measure, Number
from indicators.reading.figures import FoundFigure, figures, values

LONGEST_EXCUSE = 30  # characters of a key of ``not_figures``: what is looked at around each figure has an end


def check_words(row: Indicator) -> Iterator[Fault]:
    """Quotes, thresholds, the statement's own figures and ``not_figures`` of one row."""
    printed_figures = figures(row.statement)
    printed = {figure.value for figure in printed_figures}
    for index, measure in enumerate(row.measures):
        for path, message in _measure_words(measure, row.statement, printed):
            yield ("measures", index, *path), message
    yield from _printed_in_statement(row.applies_when, ("applies_when",), printed)
    yield from _not_figures(row)
    numbers, excused = set(_numbers(row)), {words for words in row.not_figures if len(words) <= LONGEST_EXCUSE}
    lengths = {len(words) for words in excused}
    for figure in printed_figures:
        if figure.value not in numbers and not _excused(figure, row.statement, excused, lengths):
            words = _around(row.statement, figure)
            message = f"原文“{words}”里的数 {figure.value} 没有写进本条的测量项、范围或条件"
            yield ("statement",), f"{message}；请写上，或在 not_figures 写明为何不是数量"


def condition_numbers(condition: Condition | None) -> Iterator[Number]:
    """The printed numbers a condition compares with. “至少有一个” (1) or “没有” (0) of something is our own wording."""
    if condition is None:
        return
    if condition.op in {"at_least", "at_most"} and condition.value not in {0, 1}:
        yield condition.value
    for part in condition.parts:
        yield from condition_numbers(part)


def _measure_words(measure: Measure, statement: str, printed: set[Decimal]) -> Iterator[Fault]:
    for index, quote in enumerate(measure.quotes):
        if quote not in statement:
            yield ("quotes", index), f"引文“{quote}”在原文（statement）中没有；请照原文逐字抄录"
    quoted = set().union(*(values(quote) for quote in measure.quotes)) if measure.quotes else set()
    for key, number in _thresholds(measure):
        if Decimal(number) not in quoted:
            whole = Decimal(number) * 100
            percent = f"百分数写百分号前的数 {whole.normalize():f}；" if number < 1 and whole in quoted else ""
            hint = percent or expanded(number, quoted)
            yield key, f"限值 {number} 在引文（quotes）中没有；{hint}请改正限值，或引用印有这个数的原文"
        elif key[-1] not in (ways := directions(measure.quotes)) and ways:
            ((way, words),) = ways.items()
            yield key, f"引文写的是“{words}”，与“{key[-1]}”方向相反；请改用“{way}”，或引用写明方向的原文"
    for scope, number in measure.scope.items():
        if Decimal(number) not in printed:
            yield ("scope", scope), f"范围 {number} 在原文（statement）中没有；请改正或删去"
    yield from _printed_in_statement(measure.applies_when, ("applies_when",), printed)


_DIRECTIONS: Mapping[str, tuple[str, ...]] = {
    "at_least": ("不低于", "不得低于", "不少于", "不得少于", "不小于", "至少", "最少", "以上"),
    "at_most": ("不高于", "不得高于", "不超过", "不得超过", "不多于", "不大于", "至多", "最多", "以下", "以内", "日内"),
}


# 18岁以下的儿童、县级以上的政府：说的是谁，不是多少
_NOT_BOUNDS = re.compile(r"[岁级]及?以[上下]")


def directions(quotes: Iterable[str]) -> dict[str, str]:
    """Which ways the quoted words bound a figure: at_least, at_most → the word that says so."""
    text = _NOT_BOUNDS.sub("", "；".join(quotes))
    found = {way: next((word for word in words if word in text), None) for way, words in _DIRECTIONS.items()}
    return {way: word for way, word in found.items() if word is not None}


def expanded(number: Number, quoted: Collection[Decimal]) -> str:
    """What to write for a figure that is quoted with 万 or 亿 behind it."""
    meant = next((whole for scale in (10_000, 100_000_000) if (whole := Decimal(number) * scale) in quoted), None)
    return "" if meant is None else f"万、亿请展开，写 {meant.normalize():f}；"


def _printed_in_statement(condition: Condition | None, path: tuple[str], printed: set[Decimal]) -> Iterator[Fault]:
    for number in condition_numbers(condition):
        if Decimal(number) not in printed:
            yield path, f"条件中的数 {number} 在原文（statement）中没有；请改正或删去"


def _thresholds(measure: Measure) -> Iterator[tuple[tuple[str, str], Number]]:
    """The printed thresholds of a measure. “至少一项” of a menu is our reading, not a printed figure."""
    if measure.require is not None:
        for key in ("at_least", "at_most"):
            bound = getattr(measure.require, key)
            if bound is None or bound.number is None or (measure.kind == "some_of" and bound.number == 1):
                continue
            yield ("require", key), bound.number
    if measure.each is not None:
        yield ("each", "at_least"), measure.each.at_least


def _numbers(row: Indicator) -> Iterator[Decimal]:
    conditions: Iterable[Condition | None] = (row.applies_when, *(measure.applies_when for measure in row.measures))
    for condition in conditions:
        yield from (Decimal(number) for number in condition_numbers(condition))
    for measure in row.measures:
        yield from (Decimal(number) for _, number in _thresholds(measure))
        yield from (Decimal(number) for number in measure.scope.values())


def _excused(figure: FoundFigure, statement: str, excused: Collection[str], lengths: Collection[int]) -> bool:
    """Whether the figure stands inside one of these words, at its place in the statement."""
    return any(
        statement[start : start + length] in excused
        for length in lengths
        for start in range(max(0, figure.end - length), figure.start + 1)
    )


def _not_figures(row: Indicator) -> Iterator[Fault]:
    for words in row.not_figures:
        if len(words) > LONGEST_EXCUSE:
            message = f"“{words[:LONGEST_EXCUSE]}……”有{len(words)}字，最多{LONGEST_EXCUSE}字；请只写数字所在的词语"
            yield ("not_figures", words), message
        elif words not in row.statement:
            yield ("not_figures", words), f"“{words}”在原文（statement）中没有；请照原文抄录或删去"
        elif not figures(words):
            yield ("not_figures", words), f"“{words}”里没有数字；请写上带数字的原文词语，或删去"


def _around(statement: str, figure: FoundFigure) -> str:
    return statement[max(0, figure.start - 3) : figure.end + 3].replace("\n", "")
