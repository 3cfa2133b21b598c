"""The checks of what a clause promises: in its own words, with printed figures and dates, complete for its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from indicators.building.schema_documents import CommitmentIn
from indicators.checking.figures import directions, expanded
from indicators.checking.kinds import Fault
from indicators.checking.units import fraction, other_unit
from indicators.model import SHARE_SCALES, Number, Vocabulary
from indicators.reading.figures import values

_WITH_FIGURE = ("amount", "ratio", "count")
_YEARS_AFTER = (("年底", "年末", "年内", "今年", "本年", "当年"), ("明年", "次年", "下一年"), ("后年",))
_EVERY = {"year": ("每年", "每一年"), "quarter": ("每季", "按季"), "month": ("每月", "按月", "逐月")}
_MONTHS = 12
_NAMED_MONTH = re.compile(r"([0-9]+)月")
_NAMED_DAY = re.compile(r"([0-9]+)[日号]")


def check_commitment(
    commitment: CommitmentIn, text: str, known: Set[str], vocabulary: Vocabulary, issued: str | None
) -> Iterator[Fault]:
    """Every fault of one commitment as (path below the commitment, what is wrong and what to write).

    ``text`` is its clause's, ``known`` the commitment ids of the document, ``issued`` its date.
    """
    if commitment.quote not in text:
        yield ("quote",), f"引文“{commitment.quote}”在本条款原文中没有；请照原文逐字抄录"
    yield from _kind(commitment)
    yield from _figures(commitment, vocabulary)
    yield from _dates(commitment, text)
    yield from _due(commitment, issued)
    for place, other in enumerate(commitment.conflicts_with):
        if other not in known:
            yield ("conflicts_with", place), f"没有承诺“{other}”；请改正编号"
        elif other == commitment.id:
            yield ("conflicts_with", place), "承诺不会与自己不一致；请写另一条承诺的编号"


def _kind(commitment: CommitmentIn) -> Iterator[Fault]:
    if commitment.kind in _WITH_FIGURE:
        for key in ("unit",) if commitment.than is not None else ("value", "unit"):
            if getattr(commitment, key) is None:
                yield ("kind",), f"“{commitment.kind}”须有“{key}”；请补上，没有数字的改为 duty"
    else:
        for key in ("value", "value_to", "unit", "per", "than"):
            if getattr(commitment, key) is not None:
                yield (key,), f"“{commitment.kind}”没有数字；请删去“{key}”，或改为 amount、ratio、count"
    if commitment.kind == "deadline" and commitment.deadline is None and commitment.due is None:
        yield ("kind",), '“deadline”须有“deadline”；请写上日期，如 "2018-04"，按发文之年算的写 due'
    yield from _recurring(commitment)
    if commitment.kind == "ratio" and commitment.unit is not None and commitment.unit not in SHARE_SCALES:
        yield ("unit",), "“ratio”的单位是 percent（千分数写 permille）；请改正，或改为 count"


def _recurring(commitment: CommitmentIn) -> Iterator[Fault]:
    """每年、每季度、每月 is printed; what comes back has no one date; what stands beside an amount has no number."""
    words = _EVERY[commitment.every] if commitment.every is not None else ()
    if words and not any(word in commitment.quote for word in words):
        yield ("every",), f"引文中没有“{words[0]}”；请改正，或引用印有这个词的原文"
    if commitment.every is not None and commitment.kind == "deadline":
        yield ("every",), "逐年、逐季、逐月的事没有一个完成日期；请把 kind 改为 duty 或 count，每年几月底前的写 due"
    if commitment.than is not None:
        if commitment.than not in commitment.quote:
            yield ("than",), f"引文中没有“{commitment.than}”；请照原文抄录所比的是什么"
        for key in ("value", "value_to", "reads", "same_figure_as", "per"):
            if getattr(commitment, key) is not None:
                yield (key,), f"写了“than”（与另一个数相比），不写“{key}”；请删去其一"


def _figures(commitment: CommitmentIn, vocabulary: Vocabulary) -> Iterator[Fault]:
    units, scopes = vocabulary.lists.get("units", {}), vocabulary.lists.get("scope_keys", {})
    if commitment.unit is not None and commitment.unit not in units:
        yield ("unit",), f"“{commitment.unit}”不在词表 units 中；可写 {'、'.join(units)}，或先在词表里加上"
    quoted = values(commitment.quote)
    for key in ("value", "value_to"):
        value = getattr(commitment, key)
        if value is not None:
            yield from _figure(commitment, key, value, vocabulary)
    yield from _direction(commitment)
    if commitment.value is not None and commitment.value_to is not None and commitment.value_to <= commitment.value:
        yield ("value_to",), f"上限 {commitment.value_to} 应大于 {commitment.value}；请改正或删去"
    for key, value in commitment.scope.items():
        if key not in scopes:
            yield ("scope", key), f"“{key}”不在词表 scope_keys 中；可写 {'、'.join(scopes)}"
        elif Decimal(value) not in quoted:
            yield ("scope", key), f"数 {value} 在引文中没有；请改正，或引用印有这个数的原文"


def _figure(commitment: CommitmentIn, key: str, value: Number, vocabulary: Vocabulary) -> Iterator[Fault]:
    quoted, unit = values(commitment.quote), commitment.unit
    if value not in quoted:
        yield (key,), f"数 {value} 在引文中没有；{expanded(value, quoted)}请改正，或引用印有这个数的原文"
    elif unit is not None and unit in vocabulary.lists.get("units", {}):
        if words := other_unit(value, unit, [commitment.quote], vocabulary):
            yield ("unit",), words
        elif words := fraction(value, unit, vocabulary):
            yield (key,), words


def _direction(commitment: CommitmentIn) -> Iterator[Fault]:
    """The quote bounds the same way as the comparison; a printed range says both ends itself."""
    ways = directions((commitment.quote,)) if commitment.value is not None and commitment.value_to is None else {}
    if len(ways) == 1 and (commitment.compare or "at_least") not in ways:
        ((way, words),) = ways.items()
        written = f"“{commitment.compare}”" if commitment.compare else "没有写 compare（就是 at_least）"
        where = "compare" if commitment.compare else "value"
        yield (where,), f"引文写的是“{words}”，{written}方向不符；请写 compare: {way}，或引用写明方向的原文"


def _due(commitment: CommitmentIn, issued: str | None) -> Iterator[Fault]:
    """A date reckoned from the year of issue, which must be known, in the quote's own words."""
    due = commitment.due
    if due is None:
        return
    if commitment.deadline is not None:
        yield ("due",), "“due”与“deadline”只写一个；请删去其一"
    if commitment.every is not None:
        if commitment.kind != "deadline" and (commitment.every != "year" or due.years is not None or due.month is None):
            yield ("due",), "与“every”同写的只有每年几月底前：every: year，due: {month: 3}；请改正，或删去“due”"
    elif due.years is None:
        yield ("due",), "没有写“years”（年底前写 0）；请补上，每年几月底前的，另写 every: year"
    elif issued is None:
        yield ("due",), "本文件没有发文日期（date），算不出时限；请写上 date，或改写 deadline"
    elif due.years >= len(_YEARS_AFTER):
        yield ("due", "years"), "只能写 0（年底前、今年）、1（明年）、2（后年）；再远的请写 deadline"
    elif not any(word in commitment.quote for word in _YEARS_AFTER[due.years]):
        yield ("due", "years"), f"引文中没有“{'”“'.join(_YEARS_AFTER[due.years])}”之一；请改正，或引用印有时限的原文"
    months = {int(named) for named in _NAMED_MONTH.findall(commitment.quote)}
    if due.month is not None and (due.month not in months or not 1 <= due.month <= _MONTHS):
        yield ("due", "month"), f"月份 {due.month}月 在引文中没有；请改正，或引用印有这个月份的原文"


def _dates(commitment: CommitmentIn, text: str) -> Iterator[Fault]:
    # The year may stand elsewhere in the clause (“3月底前各地要完成…”); month and day must be quoted.
    for key in ("since", "deadline"):
        date = getattr(commitment, key)
        if date is None:
            continue
        year, month, day = (*date.split("-"), "", "")[:3]
        if year not in text:
            yield (key,), f"年份 {year} 在本条款原文中没有；请改正"
        if month and month not in {named.zfill(2) for named in _NAMED_MONTH.findall(commitment.quote)}:
            yield (key,), f"月份 {int(month)}月 在引文中没有；请改正，或引用印有这个月份的原文"
        if day and day not in {named.zfill(2) for named in _NAMED_DAY.findall(commitment.quote)}:
            yield (key,), f"日期 {int(day)}日 在引文中没有；请改正，或引用印有这一天的原文"
