"""How figures and thresholds read in Chinese. Each class is made while judging and put into words only when shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from indicators.model import SHARE_SCALES, Bound, Measure, Standard, Unit
from indicators.model.vocabulary import SHARE_SIGNS
from scoring.conditions import fact_number
from scoring.submission import FactValue, Level, Number, Period

PERCENT = "percent"
# In running text; the vocabulary's `levels` are the names of the levels' reviews (市级基础评价).
LEVEL_NAMES: Mapping[str, str] = {"county": "县级", "prefecture": "市级", "province": "省级"}
_CONDITIONS = {"county": "申报条件", "prefecture": "推荐条件", "province": "推荐条件"}
HUNDRED = 100
_MOST_DIGITS = 6


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
    """Part ÷ whole in percent (or ``unit``), cut towards the failing side: what fails 70 % is never shown as 70 %.

    Down where the limit is a minimum, up where it is a maximum, with at least the limit's own digits.
    """

    part: Number
    whole: Number
    limit: Number | None = None
    upwards: bool = False
    unit: str = PERCENT

    def __str__(self) -> str:
        if self.whole == 0:
            return "—"
        value = Fraction(self.part) * SHARE_SCALES[self.unit] / Fraction(self.whole)
        digits = max(1, _digits(self.limit))
        while True:
            scaled = value * 10**digits
            cut = -(-scaled.numerator // scaled.denominator) if self.upwards else scaled.numerator // scaled.denominator
            if cut or not value or digits >= _MOST_DIGITS:
                return f"{plain(Decimal(cut).scaleb(-digits))}{unit_label(self.unit)}"
            digits += 1


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
        share = Share(self.covered, self.whole, self.limit, unit=self.unit)
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


class Items(NamedTuple):
    """Ticked or lacking items by their labels."""

    ids: tuple[str, ...]
    labels: Mapping[str, str]

    def __str__(self) -> str:
        return "、".join(self.labels.get(item, item) for item in self.ids) or "无"


class Labels(NamedTuple):
    """Labels of several measures."""

    measures: tuple[Measure, ...]

    def __str__(self) -> str:
        return "、".join(measure.label for measure in self.measures)


class Truth(NamedTuple):
    """A yes or no."""

    value: bool

    def __str__(self) -> str:
        return "是" if self.value else "否"


TRUTHS: Mapping[bool, Truth] = {value: Truth(value) for value in (True, False)}


class FieldsToCheck(NamedTuple):
    """The fields behind a figure, for “请核对…”."""

    measure: Measure
    standard: Standard

    def __str__(self) -> str:
        measure = self.measure
        if measure.numerator and measure.denominator:
            return f"{measure.numerator.label}与{measure.denominator.label}"
        if measure.whole:
            return f"已做到的数与{measure.whole.label}"
        if measure.of:
            facts = self.standard.facts
            return "所填数与县情中的" + "、".join(facts[fact].label if fact in facts else fact for fact in measure.of)
        return "所填数"


class PeriodWords(NamedTuple):
    """A period: 2017-01-01至2018-06-30."""

    period: Period

    def __str__(self) -> str:
        return f"{self.period.first.isoformat()}至{self.period.last.isoformat()}"
