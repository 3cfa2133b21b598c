"""Checks of units: the one printed behind a quoted figure is the one written, and some answer can meet the limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicators.checking.kinds import SHARE_KINDS, Fault
from indicators.model import Measure, Number, Vocabulary, takes_decimals
from indicators.model.vocabulary import ALIKE_UNITS, SHARE_SCALES, SHARE_SIGNS
from indicators.reading.figures import FoundFigure, figures

_SIGNS = {"％": "percent"} | {sign: unit for unit, sign in SHARE_SIGNS.items()}
_BEFORE = {"百分之": "percent", "千分之": "permille"}


def check_limits(measure: Measure, vocabulary: Vocabulary) -> Iterator[Fault]:
    """The limits of a measure: in the printed unit, and such that an answer can meet them."""
    limits = dict(_limits(measure))
    unit = (measure.require.unit if measure.require else None) or measure.unit or ""
    if unit in vocabulary.lists.get("units", {}) and (unit in SHARE_SCALES or measure.kind not in SHARE_KINDS):
        for path, number in limits.items():
            words = other_unit(number, unit, measure.quotes, vocabulary) or fraction(number, unit, vocabulary)
            if words is None and _of_one_whole(measure) and number > SHARE_SCALES[unit]:
                words = f"限值 {number} 超过全部（{SHARE_SCALES[unit]}{vocabulary.unit(unit).name}），没有意义；请核对"
            if words is not None:
                yield path, words
    low, high = limits.get(("require", "at_least")), limits.get(("require", "at_most"))
    if low is not None and high is not None and low > high:
        yield ("require", "at_least"), f"至少 {low} 又至多 {high}，没有数能同时达到；请核对"


def _limits(measure: Measure) -> Iterator[tuple[tuple[str, ...], Number]]:
    """The printed limits with their places; those that are facts have no number here."""
    for key in ("at_least", "at_most"):
        bound = getattr(measure.require, key, None)
        if bound is not None and bound.number is not None:
            yield ("require", key), bound.number


def other_unit(number: Number, unit: str, quotes: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """What is wrong where every quoted place of the number prints another unit behind it than the one written."""
    printed = [
        (figure.words, unit_printed(quote, figure, vocabulary))
        for quote in quotes
        for figure in figures(quote)
        if figure.value == number
    ]
    known = [(words, found) for words, found in printed if found is not None]
    if not known or len(known) < len(printed) or any(_same(found, unit, vocabulary) for _, found in known):
        return None
    words, found = known[0]
    return f"引文写的是“{words}{vocabulary.unit(found).name}”，单位却写“{unit}”；请改为 unit: {found}，或改引原文"


def unit_printed(quote: str, figure: FoundFigure, vocabulary: Vocabulary) -> str | None:
    """The unit of the figure as it is printed: 8‰, 百分之八, 3名; None where none of the list stands there."""
    for words, unit in _BEFORE.items():
        if quote[: figure.start].endswith(words):
            return unit
    behind = quote[figure.end :].lstrip()
    names = _SIGNS | {label: unit for unit, label in vocabulary.lists.get("units", {}).items()}
    printed = max((name for name in names if behind.startswith(name)), key=len, default=None)
    return None if printed is None else names[printed]


def fraction(number: Number, unit: str, vocabulary: Vocabulary) -> str | None:
    """What is wrong with a broken limit in a unit whose figures are whole."""
    named = vocabulary.unit(unit)
    if number == int(number) or takes_decimals(named):
        return None
    return f"{number} 带小数，“{named.name}”却只能填整数，达不到；请把“{unit}”写进词表 units_with_decimals，或改正数字"


def _same(found: str, unit: str, vocabulary: Vocabulary) -> bool:
    """人 and 名 count alike; 元 is printed where 元/人·月 is meant, and 次 where 次/年 is."""
    names = {vocabulary.unit(one).name.partition("/")[0] for one in (found, unit)}
    return len(names) == 1 or any(names <= words for words in ALIKE_UNITS)


def _of_one_whole(measure: Measure) -> bool:
    """Whether the share is of one whole, which it cannot exceed."""
    numerator, denominator = measure.numerator, measure.denominator
    return measure.kind == "coverage" or (
        numerator is not None and denominator is not None and numerator.unit == denominator.unit
    )
