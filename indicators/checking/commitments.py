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
_NAMED_MONTH = re.compile(r"([0-9]+)月")
_NAMED_DAY = re.compile(r"([0-9]+)[日号]")


def check_commitment(commitment: CommitmentIn, text: str, known: Set[str], vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every fault of one commitment as (path below the commitment, what is wrong and what to write).

    ``text`` is its clause's, ``known`` the commitment ids of the document.
    """
    if commitment.quote not in text:
        yield ("quote",), f"引文“{commitment.quote}”在本条款原文中没有；请照原文逐字抄录"
    yield from _kind(commitment)
    yield from _figures(commitment, vocabulary)
    yield from _dates(commitment, text)
    for place, other in enumerate(commitment.conflicts_with):
        if other not in known:
            yield ("conflicts_with", place), f"没有承诺“{other}”；请改正编号"
        elif other == commitment.id:
            yield ("conflicts_with", place), "承诺不会与自己不一致；请写另一条承诺的编号"


def _kind(commitment: CommitmentIn) -> Iterator[Fault]:
    if commitment.kind in _WITH_FIGURE:
        for key in ("value", "unit"):
            if getattr(commitment, key) is None:
                yield ("kind",), f"“{commitment.kind}”须有“{key}”；请补上，没有数字的改为 duty"
    else:
        for key in ("value", "value_to", "unit", "per"):
            if getattr(commitment, key) is not None:
                yield (key,), f"“{commitment.kind}”没有数字；请删去“{key}”，或改为 amount、ratio、count"
    if commitment.kind == "deadline" and commitment.deadline is None:
        yield ("kind",), '“deadline”须有“deadline”；请写上日期，如 "2018-04"'
    if commitment.kind == "ratio" and commitment.unit is not None and commitment.unit not in SHARE_SCALES:
        yield ("unit",), "“ratio”的单位是 percent（千分数写 permille）；请改正，或改为 count"


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
