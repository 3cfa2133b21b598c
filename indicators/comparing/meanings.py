"""What a figure, a document or a fact means, and where other rules ask something else under the same id.

A higher or lower threshold leaves the meaning of a figure alone; another label, unit, whole, period, scope, list or
quotation does not. Which documents prove what, and when something applies, is no part of it either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from indicators.model import (
    EvidenceRequirement,
    Fact,
    Indicator,
    Library,
    Measure,
    Quantity,
    Standard,
    Vocabulary,
)
from indicators.model.meanings import Asked, Redefinition
from indicators.wording import Wording, number, scope_words

_MARKS = re.compile(r"[\s，。、；：？！（）“”《》·,.;:?!()\"'\[\]—-]+")
_LIMITS = re.compile(
    r"不低于|不少于|不高于|不超过|不多于|至少|达到|以上|以下|超过|高于|低于|少于|全部|百分之"
    r"|[0-9]+(?:\.[0-9]+)?[%％]?|[零一二两三四五六七八九十百千万亿]+"
)
_NONE = "（无）"
_FACT_KINDS: Mapping[str, str] = {"number": "数字", "choice": "选一项", "yes_no": "是否", "judged": "由人判断"}
_PER_EACH: Mapping[str | None, str] = {None: "每个", "year": "每个每年", "week": "每个每周"}


def redefined(old: Standard, new: Standard, vocabulary: Vocabulary) -> tuple[Redefinition, ...]:
    """Every measure, evidence requirement and fact of both standards whose meaning differs, facts last."""
    words = (Wording(old, vocabulary), Wording(new, vocabulary))
    found: list[Redefinition] = []
    for row in new.rows():
        was = old.row(row.id)
        if was is not None:
            found += _in_row(was, row, words)
    for fact in new.facts.values():
        before = old.facts.get(fact.id)
        changes = () if before is None else tuple(_fact_changes(before, fact, words))
        if changes:
            found.append(Redefinition("fact", "", fact.id, fact.label, changes))
    return tuple(found)


def redefined_in(old: Library, new: Library, standard_ids: Iterable[str]) -> tuple[Redefinition, ...]:
    """Over several standards; what they share is told once."""
    found: dict[Asked, Redefinition] = {}
    for one in standard_ids:
        for change in redefined(old.standards[one], new.standards[one], new.vocabulary):
            found.setdefault(change.key, change)
    return tuple(found.values())


def _in_row(was: Indicator, row: Indicator, words: tuple[Wording, Wording]) -> Iterator[Redefinition]:
    for measure in row.measures:
        before = was.measure(measure.id)
        changes = () if before is None else tuple(_measure_changes((was, before), (row, measure), words))
        if changes:
            yield Redefinition("measure", row.id, measure.id, measure.label, changes)
    for one in row.evidence:
        asked = was.requirement(one.id)
        changes = () if asked is None else tuple(_evidence_changes(asked, one, words))
        if changes:
            yield Redefinition("evidence", row.id, one.id, one.label, changes)


def _measure_changes(
    was: tuple[Indicator, Measure], now: tuple[Indicator, Measure], words: tuple[Wording, Wording]
) -> Iterator[tuple[str, str, str]]:
    for (what, before), (_, after) in zip(_measure_words(*was, words[0]), _measure_words(*now, words[1]), strict=True):
        if before != after:
            yield what, before or _NONE, after or _NONE
    old, new = was[1], now[1]
    if old.of != new.of:  # 县情本身口径变了的，在县情下说
        facts = ("＋".join(one.fact(fact) for fact in of) for one, of in zip(words, (old.of, new.of), strict=True))
        before, after = facts
        yield "所占的县情", before or _NONE, after or _NONE
    units = [one.unit or (one.require.unit if one.require else None) for one in (old, new)]
    if all(units) and units[0] != units[1]:  # 没有单位的一边只是不再有限值
        yield "单位", words[0].label("units", units[0] or ""), words[1].label("units", units[1] or "")
    renamed = [key for key, label in old.items.items() if new.items.get(key) != label]
    if renamed:
        kept = (new.items.get(key, f"取消“{old.items[key]}”") for key in renamed)
        yield "选项", "、".join(old.items[key] for key in renamed), "、".join(kept)
    same = old.require == new.require
    if _bare(old.quotes, limits=same) != _bare(new.quotes, limits=same):
        yield "所据原文", "；".join(old.quotes) or _NONE, "；".join(new.quotes) or _NONE


def _measure_words(row: Indicator, measure: Measure, words: Wording) -> tuple[tuple[str, str], ...]:
    source = row.measure(measure.same_figures_as or "")
    each = "" if measure.each is None else f"{_PER_EACH[measure.each.per]}不少于{number(measure.each.at_least)}"
    return (
        ("类型", words.label("measure_kinds", measure.kind)),
        ("名称", measure.label),
        ("总数", _quantity(measure.whole, words)),
        ("分子", _quantity(measure.numerator, words)),
        ("分母", _quantity(measure.denominator, words)),
        ("填报方式", "按年填" if measure.yearly else "填一次"),
        ("计入条件", each),
        ("范围", scope_words(measure.scope, words.scope_phrases)),
        ("取数", f"与“{source.label}”用同一数字" if source else ""),
    )


def _evidence_changes(
    old: EvidenceRequirement, new: EvidenceRequirement, words: tuple[Wording, Wording]
) -> Iterator[tuple[str, str, str]]:
    if old.label != new.label:
        yield "名称", old.label, new.label
    if old.kind != new.kind:
        yield "类型", words[0].label("evidence_kinds", old.kind), words[1].label("evidence_kinds", new.kind)


def _fact_changes(old: Fact, new: Fact, words: tuple[Wording, Wording]) -> Iterator[tuple[str, str, str]]:
    pairs = (
        ("名称", old.label, new.label),
        ("类型", _FACT_KINDS[old.kind], _FACT_KINDS[new.kind]),
        ("单位", words[0].label("units", old.unit or ""), words[1].label("units", new.unit or "")),
        ("选项", *("、".join(words[i].labels(one.options or "")) for i, one in enumerate((old, new)))),
    )
    for what, before, after in pairs:
        if before != after:
            yield what, before or _NONE, after or _NONE
    if _bare(old.quotes, limits=True) != _bare(new.quotes, limits=True):
        yield "所据原文", "；".join(old.quotes) or _NONE, "；".join(new.quotes) or _NONE


def _quantity(one: Quantity | None, words: Wording) -> str:
    return "" if one is None else f"{one.label}（{words.label('units', one.unit)}）"


def _bare(quotes: tuple[str, ...], *, limits: bool) -> str:
    """The words without marks; where the threshold moved, also without what prints it."""
    text = _MARKS.sub("", "".join(quotes))
    return text if limits else _LIMITS.sub("", text)
