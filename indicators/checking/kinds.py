"""Which keys each kind of measure needs, and which it may have. One table, read by the check and by the docs' test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.model import SHARE_SCALES, Measure, MeasureKind
from indicators.reading.located import KeyPath

Fault = tuple[KeyPath, str]  # where below the thing checked, and what is wrong with what to write instead


@dataclass(frozen=True, slots=True)
class Keys:
    """``needs`` and ``may``: keys of a kind besides the common ones (id, kind, label, quotes, scope, …).

    ``one_number``: its figure is one number; ``two_numbers``: the names of both, unless the whole is a fact.
    """

    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    one_number: bool = False
    two_numbers: tuple[str, ...] = ()


KINDS: dict[MeasureKind, Keys] = {
    "count": Keys(needs=frozenset({"unit"}), may=frozenset({"per", "require"}), one_number=True),
    "coverage": Keys(
        may=frozenset({"of", "whole", "require", "each", "per", "unit"}), two_numbers=("covered", "whole")
    ),
    "rate": Keys(needs=frozenset({"numerator", "denominator", "require"}), two_numbers=("numerator", "denominator")),
    "zero": Keys(needs=frozenset({"unit"}), one_number=True),
    "yes_no": Keys(),
    "all_of": Keys(needs=frozenset({"items"})),
    "some_of": Keys(needs=frozenset({"items", "require"})),
    "amount": Keys(needs=frozenset({"unit"}), may=frozenset({"per", "require"}), one_number=True),
    "judgement": Keys(),
}
SHARE_KINDS = frozenset({"coverage", "rate"})


def parts_of(measure: Measure) -> tuple[str, ...]:
    """Names of the two numbers a county gives for the measure (covered, whole); empty where it gives one or none."""
    return KINDS[measure.kind].two_numbers if not measure.of else ()


def check_kind(measure: Measure) -> Iterator[Fault]:
    """What is missing, out of place or contradictory for the measure's kind."""
    keys = KINDS[measure.kind]
    written = _written(measure)
    for key in sorted(keys.needs - written):
        yield ("kind",), f"“{measure.kind}”缺少“{key}”；请补上"
    for key in sorted(written - keys.needs - keys.may):
        takers = "、".join(kind for kind, allowed in KINDS.items() if key in allowed.needs | allowed.may)
        yield (key,), f"“{measure.kind}”这一类不写“{key}”；请删去，确实要写的把 kind 改成 {takers} 之一"
    if measure.kind == "coverage" and len(written & {"of", "whole"}) != 1:
        yield ("kind",), "“coverage”须有全体；“of”（县情）与“whole”（自报全体）请写且只写一个"
    if measure.whole_above_zero and measure.whole is None:
        yield ("whole_above_zero",), "“whole_above_zero”用于全体由县里自己填的（whole）；请删去"
    if measure.settled_by_nil_return and measure.applies_when is None and measure.kind in {"count", "amount"}:
        yield ("settled_by_nil_return",), f"“{measure.kind}”不能凭“无此情形”了结；请删去"
    yield from _require(measure)
    yield from _items(measure)
    yield from _cell(measure)


def _cell(measure: Measure) -> Iterator[Fault]:
    if measure.in_table is None:
        return
    if not (keys := KINDS[measure.kind]).one_number and not (keys.two_numbers and measure.of):
        yield ("in_table",), "“in_table”用于只填一个数的测量项；请删去"
    if measure.yearly == (measure.in_table.line is not None):
        advice = "按年填的一年一行，请删去“line”" if measure.yearly else "缺少“line”（哪一行）；请补上"
        yield ("in_table",), advice


def _written(measure: Measure) -> set[str]:
    names = ("unit", "require", "per", "of", "whole", "each", "numerator", "denominator", "items")
    return {name for name in names if getattr(measure, name)}


def _require(measure: Measure) -> Iterator[Fault]:
    require = measure.require
    if require is None:
        return
    if require.at_least is None and require.at_most is None:
        yield ("require",), "缺少限值；请写 at_least 或 at_most"
    if measure.kind in SHARE_KINDS and require.unit not in SHARE_SCALES:
        yield ("require",), f"“{measure.kind}”的限值以百分数表示；请写 unit: percent（千分数写 permille）"
    if measure.kind not in SHARE_KINDS and require.unit is not None and require.unit != measure.unit:
        yield ("require", "unit"), "限值的单位与本项的“unit”不同；请改成一致或删去"


def _items(measure: Measure) -> Iterator[Fault]:
    for item in measure.noted:
        if item not in measure.items:
            known = "、".join(measure.items) or "先列出 items"
            yield ("noted",), f"清单里没有“{item}”；可写 {known}"
    if measure.kind not in {"all_of", "some_of"} or not measure.items:
        return
    if len(measure.items) < 2:  # noqa: PLR2004 - a list of one is a yes_no
        yield ("items",), "清单少于两项；只有一项的请用 yes_no"
    bound = measure.require.at_least if measure.kind == "some_of" and measure.require else None
    if measure.kind == "some_of" and measure.require and (bound is None or bound.number is None):
        yield ("require",), "“some_of”须写至少几项；请写 require: {at_least: 1}"
    elif bound is not None and not 1 <= (bound.number or 0) <= len(measure.items):
        yield ("require", "at_least"), f"“at_least”应在1与{len(measure.items)}（清单项数）之间；请改正"
