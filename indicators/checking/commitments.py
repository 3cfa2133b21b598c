"""The checks of what a clause promises: in its own words, with printed figures and dates, complete for its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from indicators.building.schema_documents import CommitmentIn
from indicators.model import Vocabulary
from indicators.reading.figures import values
from indicators.reading.located import KeyPath

Fault = tuple[KeyPath, str]
_WITH_FIGURE = ("amount", "ratio", "count")
_NAMED_MONTH = re.compile(r"([0-9]+)月")
_NAMED_DAY = re.compile(r"([0-9]+)[日号]")


def check_commitment(one: CommitmentIn, text: str, known: Set[str], vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every fault of one commitment as (path below the commitment, what is wrong and what to write).

    ``text`` is its clause's, ``known`` the commitment ids of the document.
    """
    if one.quote not in text:
        yield ("quote",), f"引文“{one.quote}”在本条款原文中没有；请照原文逐字抄录"
    yield from _kind(one)
    yield from _figures(one, vocabulary)
    yield from _dates(one, text)
    for place, other in enumerate(one.conflicts_with):
        if other not in known:
            yield ("conflicts_with", place), f"没有承诺“{other}”；请改正编号"
        elif other == one.id:
            yield ("conflicts_with", place), "承诺不会与自己不一致；请写另一条承诺的编号"


def _kind(one: CommitmentIn) -> Iterator[Fault]:
    if one.kind in _WITH_FIGURE:
        for key in ("value", "unit"):
            if getattr(one, key) is None:
                yield ("kind",), f"“{one.kind}”须有“{key}”；请补上，没有数字的改为 duty"
    else:
        for key in ("value", "value_to", "unit", "per"):
            if getattr(one, key) is not None:
                yield (key,), f"“{one.kind}”没有数字；请删去“{key}”，或改为 amount、ratio、count"
    if one.kind == "deadline" and one.deadline is None:
        yield ("kind",), '“deadline”须有“deadline”；请写上日期，如 "2018-04"'
    if one.kind == "ratio" and one.unit not in (None, "percent"):
        yield ("unit",), "“ratio”的单位是 percent；请改正，或改为 count"


def _figures(one: CommitmentIn, vocabulary: Vocabulary) -> Iterator[Fault]:
    units, scopes = vocabulary.lists.get("units", {}), vocabulary.lists.get("scope_keys", {})
    if one.unit is not None and one.unit not in units:
        yield ("unit",), f"“{one.unit}”不在词表 units 中；可写 {'、'.join(units)}，或先在词表里加上"
    quoted = values(one.quote)
    for key in ("value", "value_to"):
        value = getattr(one, key)
        if value is not None and value not in quoted:
            yield (key,), f"数 {value} 在引文中没有；请改正，或引用印有这个数的原文"
    if one.value is not None and one.value_to is not None and one.value_to <= one.value:
        yield ("value_to",), f"上限 {one.value_to} 应大于 {one.value}；请改正或删去"
    for key, value in one.scope.items():
        if key not in scopes:
            yield ("scope", key), f"“{key}”不在词表 scope_keys 中；可写 {'、'.join(scopes)}"
        elif Decimal(value) not in quoted:
            yield ("scope", key), f"数 {value} 在引文中没有；请改正，或引用印有这个数的原文"


def _dates(one: CommitmentIn, text: str) -> Iterator[Fault]:
    # The year may stand elsewhere in the clause (“3月底前各地要完成…”); month and day must be quoted.
    for key in ("since", "deadline"):
        date = getattr(one, key)
        if date is None:
            continue
        year, month, day = (*date.split("-"), "", "")[:3]
        if year not in text:
            yield (key,), f"年份 {year} 在本条款原文中没有；请改正"
        if month and month not in {named.zfill(2) for named in _NAMED_MONTH.findall(one.quote)}:
            yield (key,), f"月份 {int(month)}月 在引文中没有；请改正，或引用印有这个月份的原文"
        if day and day not in {named.zfill(2) for named in _NAMED_DAY.findall(one.quote)}:
            yield (key,), f"日期 {int(day)}日 在引文中没有；请改正，或引用印有这一天的原文"
