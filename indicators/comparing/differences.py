"""Two standards side by side: which rows, words, measures and thresholds differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from indicators.model import Indicator, Policy, Standard, Vocabulary
from indicators.references import short_title
from indicators.wording import Wording

ROW = "指标"  # 整条指标（或一票否决）增减
_OLD, _NEW = "　原：", "　新："
_NONE = "（无）"
_UNNAMED: Mapping[str, Policy] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One thing that differs. ``row``: 3.3.2 ②, or 县情, 互核; ``what``: 原文, 要求, 佐证材料 …

    ``old``/``new``: both wordings; None where only the other standard has it.
    """

    row: str
    what: str
    old: str | None
    new: str | None


def rule_changes(
    first: Standard, second: Standard, vocabulary: Vocabulary, policies: Mapping[str, Policy] = _UNNAMED
) -> Iterator[RuleChange]:
    """Clause by clause in printed order, then 县情 and 互核; nothing where the two are the same.

    ``policies``: by id, to name the documents of 政策依据; one not there is named by its id.
    """
    words = (Wording(first, vocabulary), Wording(second, vocabulary))
    for row_id in dict.fromkeys(row.id for row in (*first.rows(), *second.rows())):
        old, new = first.row(row_id), second.row(row_id)
        if old is not None and new is not None:
            yield from _row(old, new, words, policies)
            continue
        name = " ".join((row_id, *(row.label for row in (old, new) if row is not None)))
        yield RuleChange(name, ROW, old.statement if old else None, new.statement if new else None)
    before, after = words
    yield from _listed("县情", "县情", _labels(first), _labels(second))
    yield from _listed("互核", "互核", _cross_checks(first, before), _cross_checks(second, after))


def differences(
    first: Standard,
    second: Standard,
    vocabulary: Vocabulary,
    sides: tuple[str, str] = ("原", "新"),
    policies: Mapping[str, Policy] = _UNNAMED,
) -> Iterator[str]:
    """The same as lines for people: both wordings whole, one under the other; ``sides`` names the two standards."""
    gone, come = ("取消", "新增") if sides == ("原", "新") else (f"{a}有{b}无" for a, b in (sides, sides[::-1]))
    for row, found in groupby(rule_changes(first, second, vocabulary, policies), key=lambda one: one.row):
        yield row
        for one in found:
            if one.old is not None and one.new is not None:
                yield f"  {one.what}　{sides[0]}：{one.old}"
                yield f"  {one.what}　{sides[1]}：{one.new}"
            else:
                yield f"  {one.what}　{come if one.old is None else gone}：{one.new if one.old is None else one.old}"


def paired(lines: Sequence[str]) -> Iterator[tuple[str, str, str | None]]:
    """`differences` read back for showing: (line up to the colon, text, the new text), None where it is one text."""
    waiting = iter((*lines, ""))
    line = next(waiting)
    for following in waiting:
        name, old, text = line.partition(_OLD)
        if old and following.startswith(name + _NEW):
            yield name, text, following.removeprefix(name + _NEW)
            line = next(waiting, "")
            continue
        if line:
            yield "", line, None
        line = following


def _row(
    old: Indicator, new: Indicator, words: tuple[Wording, Wording], policies: Mapping[str, Policy]
) -> Iterator[RuleChange]:
    name = f"{old.id} {new.label}"
    before, after = words
    pairs = {
        "原文": (old.statement, new.statement),
        "评估方法": (_methods(old, before), _methods(new, after)),
        "责任单位": ("、".join(old.responsible_units), "、".join(new.responsible_units)),
        "适用条件": (
            before.condition(old.applies_when) if old.applies_when else "",
            after.condition(new.applies_when) if new.applies_when else "",
        ),
    }
    for what, (left, right) in pairs.items():
        if left != right:
            yield RuleChange(name, what, left or _NONE, right or _NONE)
    yield from _listed(name, "要求", _measures(old, before), _measures(new, after))
    yield from _listed(name, "佐证材料", _evidence(old, before), _evidence(new, after))
    yield from _listed(name, "政策依据", _basis(old, before, policies), _basis(new, after, policies))


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


def _basis(row: Indicator, words: Wording, policies: Mapping[str, Policy]) -> dict[str, str]:
    return {
        one.clause: f"{_clause(one.clause, policies)}（{words.label('relations', one.relation)}）"
        for one in row.policy_basis
    }


def _clause(clause: str, policies: Mapping[str, Policy]) -> str:
    """国发〔2016〕36号 二（二）"""
    document, _, place = clause.partition("/")
    policy = policies.get(document)
    return f"{short_title(policy)} {place}" if policy is not None else clause


def _listed(row: str, what: str, old: dict[str, str], new: dict[str, str]) -> Iterator[RuleChange]:
    for key in dict.fromkeys((*old, *new)):
        left, right = old.get(key), new.get(key)
        if left != right:
            yield RuleChange(row, what, left, right)


def _labels(standard: Standard) -> dict[str, str]:
    return {fact.id: fact.label for fact in standard.facts.values()}


def _cross_checks(standard: Standard, words: Wording) -> dict[str, str]:
    figures = {check.id: words.cross_check(check) for check in standard.cross_checks}
    return figures | {check.id: words.distinct(check) for check in standard.distinct_documents}
