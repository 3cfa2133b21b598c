"""Two standards side by side: which rows, words, measures and thresholds differ."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.compared import compared
from indicators.model import Indicator, Standard, Vocabulary
from indicators.wording import Wording

_MARKS = {"both": "{}", "first": "［-{}-］", "second": "｛+{}+｝"}
LEGEND = "［-甲有乙无-］　｛+乙有甲无+｝"


def differences(first: Standard, second: Standard, vocabulary: Vocabulary) -> Iterator[str]:
    """Lines for people, clause by clause in printed order; nothing where the two are the same."""
    words = (Wording(first, vocabulary), Wording(second, vocabulary))
    for row_id in dict.fromkeys(row.id for row in (*first.rows(), *second.rows())):
        old, new = first.row(row_id), second.row(row_id)
        if old is None or new is None:
            yield from (f"{row_id}  只在 {s.id} 中：{row.statement}" for s, row in ((first, old), (second, new)) if row)
            continue
        lines = list(_row(old, new, words))
        if lines:
            yield f"{row_id} {new.label}"
            yield from (f"  {line}" for line in lines)
    yield from _together("县情", _labels(first), _labels(second))
    before, after = words
    yield from _together("互核", _cross_checks(first, before), _cross_checks(second, after))


def marked(old: str, new: str) -> str:
    """The new text with what went and what came marked, numbers whole."""
    return "".join(_MARKS[piece.side].format(piece.text) for piece in compared(old, new))


def _row(old: Indicator, new: Indicator, words: tuple[Wording, Wording]) -> Iterator[str]:
    if old.statement != new.statement:
        yield f"原文：{marked(old.statement, new.statement)}"
    before, after = words
    pairs = {
        "评估方法": (_methods(old, before), _methods(new, after)),
        "责任单位": ("、".join(old.responsible_units), "、".join(new.responsible_units)),
        "适用条件": (
            before.condition(old.applies_when) if old.applies_when else "",
            after.condition(new.applies_when) if new.applies_when else "",
        ),
    }
    for name, (left, right) in pairs.items():
        if left != right:
            yield f"{name}：{left or '（无）'} → {right or '（无）'}"
    yield from _listed("测量项", {m.id: before.measure(m) for m in old.measures}, _measures(new, after))
    yield from _listed("佐证材料", _evidence(old, before), _evidence(new, after))
    yield from _listed("政策依据", _basis(old, before), _basis(new, after))


def _methods(row: Indicator, words: Wording) -> str:
    named = "、".join(words.label("methods", one) for one in row.methods)
    return f"{named}（承上）" if row.methods_inherited else named


def _measures(row: Indicator, words: Wording) -> dict[str, str]:
    return {measure.id: words.measure(measure) for measure in row.measures}


def _evidence(row: Indicator, words: Wording) -> dict[str, str]:
    return {
        one.id: f"{one.label}（{words.label('evidence_kinds', one.kind)}，{'必需' if one.required else '可选'}，"
        f"{words.label('dated', one.dated)}）"
        for one in row.evidence
    }


def _basis(row: Indicator, words: Wording) -> dict[str, str]:
    return {one.clause: f"{one.clause}（{words.label('relations', one.relation)}）" for one in row.policy_basis}


def _listed(name: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        left, right = old.get(key), new.get(key)
        if left is None:
            yield f"{name} 增：{right}"
        elif right is None:
            yield f"{name} 减：{left}"
        elif left != right:
            yield f"{name} 改：{marked(left, right)}"


def _labels(standard: Standard) -> dict[str, str]:
    return {fact.id: fact.label for fact in standard.facts.values()}


def _cross_checks(standard: Standard, words: Wording) -> dict[str, str]:
    figures = {check.id: words.cross_check(check) for check in standard.cross_checks}
    return figures | {check.id: words.distinct(check) for check in standard.distinct_documents}


def _together(name: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    lines = list(_listed(name, old, new))
    if lines:
        yield name
        yield from (f"  {line}" for line in lines)
