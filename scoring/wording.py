"""How figures and thresholds read in Chinese. Each class is made while judging and put into words only when shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from indicators.model import SHARE_SCALES, Bound, Measure, Standard, Unit
from indicators.model.vocabulary import SHARE_SIGNS
from scoring.conditions import fact_number
from scoring.days import Window
from scoring.submission import FactValue, Level, Number, Period

PERCENT = "percent"
# In running text; the vocabulary's `levels` are the names of the levels' reviews (市级基础评价).
LEVEL_NAMES: Mapping[str, str] = {"county": "县级", "prefecture": "市级", "province": "省级"}
MEASURE_STATES: Mapping[str, str] = {
    "holds": "符合",
    "fails": "不符",
    "missing": "缺项",
    "open": "待判断",
    "not_asked": "不需填",
    "settled": "无此情形",
}
_CONDITIONS = {"county": "申报条件", "prefecture": "推荐条件", "province": "推荐条件"}
HUNDRED = 100


def eligibility(level: Level, *, eligible: bool) -> str:
    """The one wording of the whole result: a county applies, the levels above recommend (民函〔2018〕4号 三)."""
    return ("符合" if eligible else "尚不符合") + _CONDITIONS[level]


def exact(number: Number) -> int | Fraction:
    """The number for comparing: Decimal products would be rounded to the context's 28 digits."""
    return number if isinstance(number, int) else Fraction(number)


def resolve(bound: Bound | None, facts: Mapping[str, FactValue]) -> Number | None:
    """The limit as a number: printed, or the county's fact; None where that fact is not given."""
    if bound is None:
        return None
    return bound.number if bound.fact is None else fact_number(facts, bound.fact)


def plain(number: Number) -> str:
    """Digits without exponent or idle zeros."""
    if isinstance(number, int):
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_label(unit: str | None) -> str:
    """The unit as it is written behind a number."""
    if isinstance(unit, Unit):
        return unit.name
    return SHARE_SIGNS.get(unit or "", unit or "")


class Amount(NamedTuple):
    """A number with its unit: 2次."""

    number: Number
    unit: str | None

    def __str__(self) -> str:
        return f"{plain(self.number)}{unit_label(self.unit)}"


class Share(NamedTuple):
    """Part ÷ whole in percent (or ``unit``), rounded to as many digits as it takes to stand to its limit, to nothing
    and to the whole as it really does: 1/300 against 0.33 % is 0.333 %, 6996/10000 against 70 % is 69.96 %. What is
    below one has two digits at least, whatever it is held against.
    """

    part: Number
    whole: Number
    limit: Number | None = None
    unit: str = PERCENT

    def __str__(self) -> str:
        if self.whole == 0:
            return "—"
        value = Fraction(self.part) * SHARE_SCALES[self.unit] / Fraction(self.whole)
        marks = [Fraction(mark) for mark in (0, SHARE_SCALES[self.unit], self.limit) if mark is not None]
        digits = max(1 if value >= 1 else 2, _digits(self.limit))
        while not all(_side(_rounded(value, digits), mark) == _side(value, mark) for mark in marks):
            digits += 1
        shown = _rounded(value, digits)
        return f"{plain(Decimal(int(shown * 10**digits)).scaleb(-digits))}{unit_label(self.unit)}"


def _rounded(value: Fraction, digits: int) -> Fraction:
    """Half up, as people round."""
    return Fraction(math.floor(value * 10**digits + Fraction(1, 2)), 10**digits)


def _side(value: Fraction, mark: Fraction) -> int:
    """Below, at or above it."""
    return (value > mark) - (value < mark)


def _digits(limit: Number | None) -> int:
    if not isinstance(limit, Decimal):
        return 0
    exponent = limit.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class Coverage(NamedTuple):
    """How many of how many: 14/16（87.5%）."""

    covered: Number
    whole: Number
    limit: Number | None = None
    unit: str = PERCENT

    def __str__(self) -> str:
        share = Share(self.covered, self.whole, self.limit, self.unit)
        return f"{plain(self.covered)}/{plain(self.whole)}（{share}）"


class ByYear(NamedTuple):
    """Figures by calendar year; years that are only shown say so."""

    years: tuple[tuple[str, object], ...]
    judged: tuple[str, ...]

    def __str__(self) -> str:
        return "；".join(
            f"{year}年 {shown}" + ("" if year in self.judged else "（不足一个完整年度，只作参考）")
            for year, shown in self.years
        )


class Total(NamedTuple):
    """A figure over a period without a full calendar year."""

    figure: object

    def __str__(self) -> str:
        return f"申报期内 {self.figure}"


def quoted(labels: Iterable[str]) -> str:
    """“甲”、“乙”."""
    return "、".join(f"“{label}”" for label in labels)


class DocumentName(NamedTuple):
    """A registered document by its title, or its number where it has none; ``id``: where a page leads."""

    id: str
    title: str

    def __str__(self) -> str:
        return self.title


class Items(NamedTuple):
    """Ticked or lacking items by their labels, each quoted: a label may hold a 、 of its own."""

    ids: tuple[str, ...]
    labels: Mapping[str, str]

    def __str__(self) -> str:
        return quoted(self.labels.get(item, item) for item in self.ids) or "无"


class Labels(NamedTuple):
    """Labels of several measures, each quoted."""

    measures: tuple[Measure, ...]

    def __str__(self) -> str:
        return quoted(measure.label for measure in self.measures)


class Truth(NamedTuple):
    """A yes or no."""

    value: bool

    def __str__(self) -> str:
        return "是" if self.value else "否"


TRUTHS: Mapping[bool, Truth] = {value: Truth(value) for value in (True, False)}


class WholeWords(NamedTuple):
    """What a share is a share of, for “……为 0”: 自负费用总额, or 县情“乡镇数”."""

    measure: Measure
    standard: Standard

    def __str__(self) -> str:
        measure, facts = self.measure, self.standard.facts
        own = measure.whole or measure.denominator
        named = quoted(facts[fact].label if fact in facts else fact for fact in measure.of)
        return own.label if own else f"县情{named}"


class FieldsToCheck(NamedTuple):
    """The fields behind a figure, for “请核对…”."""

    measure: Measure
    standard: Standard

    def __str__(self) -> str:
        measure = self.measure
        if measure.numerator and measure.denominator:
            return quoted((measure.numerator.label, measure.denominator.label))
        if measure.whole:
            return quoted((measure.label, measure.whole.label))
        if measure.of:
            return f"所填数与{WholeWords(measure, self.standard)}"
        return "所填数"


class PeriodWords(NamedTuple):
    """A period: 2017-01-01至2018-06-30."""

    period: Period

    def __str__(self) -> str:
        return f"{self.period.first.isoformat()}至{self.period.last.isoformat()}"


class CutOffWords(NamedTuple):
    """The last day a county's papers count: 截止日（2018-07-15）, or 申报期末（2018-06-30）."""

    cut_off: date
    period: Period

    def __str__(self) -> str:
        name = "申报期末" if self.cut_off == self.period.last else "截止日"
        return f"{name}（{self.cut_off.isoformat()}）"


class WindowWords(NamedTuple):
    """When a document should be from: 不晚于截止日（2018-07-15）."""

    window: Window
    period: Period

    def __str__(self) -> str:
        if self.window == (self.period.first, self.period.last):
            return f"在申报期（{PeriodWords(self.period)}）内"
        if self.window.first is None:
            return f"不晚于{CutOffWords(self.window.last, self.period)}"
        return f"在{self.window.first.isoformat()}至{self.window.last.isoformat()}之间"


class KindWords(NamedTuple):
    """Kinds of paper by their labels: 名册台账或统计表."""

    kinds: tuple[str, ...]
    standard: Standard

    def __str__(self) -> str:
        labels = self.standard.vocabulary.lists.get("evidence_kinds", {})
        return "或".join(labels.get(kind, kind) for kind in self.kinds)
