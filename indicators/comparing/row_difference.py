"""The difference of two editions of a standard, row by row and part by part, in the words of each.

The command ``diff``, standards side by side, rehearsal, repinning and the news of a row all read this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, NamedTuple

from indicators.model import Indicator, Measure, Policy, Quantity, Require, Standard, Vocabulary
from indicators.model.rule_changes import paired_rows
from indicators.references import short_title
from indicators.wording import Wording, number, scope_words

Part = Literal["statement", "methods", "units", "condition", "measure", "evidence", "basis", "fact", "cross_check"]
PARTS: Mapping[Part, str] = {
    "statement": "原文",
    "methods": "评估方法",
    "units": "责任单位",
    "condition": "适用条件",
    "measure": "要求",
    "evidence": "佐证材料",
    "basis": "政策依据",
    "fact": "县情",
    "cross_check": "互核",
}
PRINTED: frozenset[Part] = frozenset({"statement", "methods", "units", "condition"})
_KIND, _OF = "类型", "所占的县情"
_NOTHING: Mapping[str, str] = MappingProxyType({})
WHOLE, THRESHOLD, BUT_THRESHOLD, REQUIRED = "", "threshold", "but_threshold", "required"
_MARKS = re.compile(r"[\s，。、；：？！（）“”《》·,.;:?!()\"'\[\]—-]+")
_LIMITS = re.compile(
    r"不低于|不少于|不高于|不超过|不多于|至少|达到|以上|以下|超过|高于|低于|少于|全部|百分之"
    r"|[0-9]+(?:\.[0-9]+)?[%％]?|[零一二两三四五六七八九十百千万亿]+"
)
_FACT_KINDS: Mapping[str, str] = {"number": "数字", "choice": "选一项", "yes_no": "是否", "judged": "由人判断"}
_PER_EACH: Mapping[str | None, str] = {None: "每个", "year": "每个每年", "week": "每个每周"}


@dataclass(frozen=True, slots=True)
class PartChange:
    """One thing that differs, in words; ``old`` or ``new`` None: only the other edition has it.

    ``id``, ``label``: of the measure, document, clause, fact or check, as the newest edition that has it names it.
    ``aspect``: `WHOLE` (all of it in one line), `THRESHOLD`, `BUT_THRESHOLD` (the line without its threshold),
    `REQUIRED`; any other names, in Chinese, what of it now means something else under the same id.
    """

    part: Part
    old: str | None
    new: str | None
    id: str = ""
    label: str = ""
    aspect: str = WHOLE

    @property
    def of_meaning(self) -> bool:
        """Whether it says that the same id means something else."""
        return self.aspect not in {WHOLE, THRESHOLD, BUT_THRESHOLD, REQUIRED}


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of either edition. ``old``, ``new``: None where that edition has no such row; then ``changes`` is empty.

    ``changes`` in the order of `PARTS`, then of the new edition. ``measures``: those of each edition, a line each.
    """

    id: str
    old: Indicator | None
    new: Indicator | None
    changes: tuple[PartChange, ...] = ()
    measures: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def differing(self) -> frozenset[Part]:
        """The printed parts that differ: what a reader sees of both editions side by side."""
        measures: set[Part] = {"measure"} if self.measures[0] != self.measures[1] else set()
        return frozenset({change.part for change in self.changes} & PRINTED | measures)

    @property
    def alike(self) -> bool:
        """Whether both editions have it, and in the same words."""
        return self.old is not None and self.new is not None and not self.differing

    @property
    def asks_otherwise(self) -> bool:
        """Whether a finding on the old row is no finding on the new one."""
        return _asked(self.old) != _asked(self.new)


@dataclass(frozen=True, slots=True)
class StandardDifference:
    """Every row of either edition, the new one's order first; then what differs in the facts and the cross-checks."""

    old: Standard
    new: Standard
    rows: tuple[RowDifference, ...]
    facts: tuple[PartChange, ...]
    cross_checks: tuple[PartChange, ...]


class _Item(NamedTuple):
    """Something listed in one edition: ``line`` says all of it; ``aspects``: what is compared, in words, None is not.

    ``of``: what is compared of `_OF`, whatever its words.
    """

    label: str
    line: str
    aspects: Mapping[str, str | None] = _NOTHING
    quotes: tuple[str, ...] = ()
    options: Mapping[str, str] = _NOTHING
    limits: Require | None = None  # 限值变了的，引文里印限值的字不算
    of: tuple[str, ...] = ()


_Items = dict[str, _Item]  # by id


def standard_difference(
    old: Standard, new: Standard, vocabulary: Vocabulary, policies: Mapping[str, Policy] = MappingProxyType({})
) -> StandardDifference:
    """``policies``: by id, to name the documents of 政策依据; one not there is named by its id."""
    words = Wording(old, vocabulary), Wording(new, vocabulary)
    rows = []
    for row_id, was, now in paired_rows(old, new):
        if was is None or now is None:
            rows.append(RowDifference(row_id, was, now))
            continue
        columns = _columns(was, words[0])
        measures = _measures(was, words[0]), _measures(now, words[1])
        changes = [
            PartChange(part, columns[part], text)
            for part, text in _columns(now, words[1]).items()
            if columns[part] != text
        ]
        changes += _listed("measure", *measures)
        changes += _listed("evidence", _evidence(was, words[0]), _evidence(now, words[1]))
        changes += _listed("basis", _basis(was, words[0], policies), _basis(now, words[1], policies))
        lines = [tuple(item.line for item in edition.values()) for edition in measures]
        rows.append(RowDifference(row_id, was, now, tuple(changes), (lines[0], lines[1])))
    facts = _listed("fact", _facts(old, words[0]), _facts(new, words[1]))
    cross_checks = _listed("cross_check", _cross_checks(old, words[0]), _cross_checks(new, words[1]))
    return StandardDifference(old, new, tuple(rows), tuple(facts), tuple(cross_checks))


def _asked(row: Indicator | None) -> tuple[object, ...] | None:
    if row is None:
        return None
    required = tuple(
        (paper.id, paper.kinds, paper.only_kind, paper.dated, paper.supports)
        for paper in row.evidence
        if paper.required
    )
    return row.statement, row.consequence, row.applies_when, row.measures, required


def _listed(part: Part, old: _Items, new: _Items) -> Iterator[PartChange]:
    """By id, the new edition's first."""
    for key, item in {**new, **old, **new}.items():
        was, now = old.get(key), new.get(key)
        if was is None or now is None or was.line != now.line:
            yield PartChange(part, was.line if was else None, now.line if now else None, key, item.label)
        for aspect, old_words, new_words in _aspects(was, now):
            yield PartChange(part, old_words, new_words, key, item.label, aspect)


def _aspects(old: _Item | None, new: _Item | None) -> Iterator[tuple[str, str | None, str | None]]:
    if old is None or new is None:
        for aspect in (THRESHOLD, REQUIRED):
            was, words = (None if item is None else item.aspects.get(aspect) for item in (old, new))
            if was != words:
                yield aspect, was, words
        return
    other_kind = old.aspects.get(_KIND) != new.aspects.get(_KIND)  # 类型不同的，限值不可比
    for aspect, words in new.aspects.items():
        was = old.aspects[aspect]
        differs = old.of != new.of if aspect == _OF else was != words
        if differs and was is not None and words is not None and not (other_kind and aspect == THRESHOLD):
            yield aspect, was, words
    renamed = [key for key, label in old.options.items() if new.options.get(key) != label]
    if renamed:
        left = (new.options.get(key, f"取消“{old.options[key]}”") for key in renamed)
        yield "选项", "、".join(old.options[key] for key in renamed), "、".join(left)
    bare = [_MARKS.sub("", "".join(item.quotes)) for item in (old, new)]
    if old.limits != new.limits:
        bare = [_LIMITS.sub("", text) for text in bare]
    if bare[0] != bare[1]:
        yield "所据原文", "；".join(old.quotes), "；".join(new.quotes)


def _columns(row: Indicator, words: Wording) -> dict[Part, str]:
    methods = "、".join(words.label("methods", method) for method in row.methods)
    return {
        "statement": row.statement,
        "methods": f"{methods}（承上）" if row.methods_inherited else methods,
        "units": "、".join(row.responsible_units),
        "condition": words.condition(row.applies_when) if row.applies_when else "",
    }


def _measures(row: Indicator, words: Wording) -> _Items:
    """A higher or lower threshold leaves the meaning of a figure alone; another label, unit, whole, period, scope, list
    or quotation does not.
    """
    return {measure.id: _measure(row, measure, words) for measure in row.measures}


def _measure(row: Indicator, measure: Measure, words: Wording) -> _Item:
    threshold = words.threshold(measure)
    if measure.require is not None and measure.each is None:  # 与结论的理由同一说法
        threshold = threshold.replace("不少于", "不低于").replace("不多于", "不高于")
    source = row.measure(measure.same_figures_as or "")
    unit = measure.unit or (measure.require.unit if measure.require else None)  # 没有单位的一边只是不再有限值
    aspects = {
        THRESHOLD: threshold,
        BUT_THRESHOLD: words.measure(replace(measure, require=None, each=None)),
        _KIND: words.label("measure_kinds", measure.kind),
        "名称": measure.label,
        "总数": _quantity(measure.whole, words),
        "分子": _quantity(measure.numerator, words),
        "分母": _quantity(measure.denominator, words),
        "填报方式": "按年填" if measure.yearly else "填一次",
        "计入条件": f"{_PER_EACH[measure.each.per]}不少于{number(measure.each.at_least)}" if measure.each else "",
        "范围": scope_words(measure.scope, words.scope_phrases),
        "取数": f"与“{source.label}”用同一数字" if source else "",
        _OF: "＋".join(words.fact(fact) for fact in measure.of),  # 县情本身口径变了的，在县情下说
        "单位": None if unit is None else words.label("units", unit),
    }
    line = words.measure(measure)
    return _Item(measure.label, line, aspects, measure.quotes, measure.items, measure.require, measure.of)


def _quantity(quantity: Quantity | None, words: Wording) -> str:
    return "" if quantity is None else f"{quantity.label}（{words.label('units', quantity.unit)}）"


def _evidence(row: Indicator, words: Wording) -> _Items:
    """Which documents prove what, and when, is no part of their meaning."""
    items = {}
    for paper in row.evidence:
        need = "必需" if paper.required else ""
        kinds = f"{'限' if paper.only_kind else ''}{words.paper_kinds(paper)}"
        line = f"{paper.label}（{kinds}，{need or '可选'}，{words.dated(row, paper)}）"
        kind = words.label("evidence_kinds", paper.kind)
        items[paper.id] = _Item(paper.label, line, {"名称": paper.label, _KIND: kind, REQUIRED: need})
    return items


def _basis(row: Indicator, words: Wording, policies: Mapping[str, Policy]) -> _Items:
    """国发〔2016〕36号 二（二）（相关依据）."""
    items = {}
    for basis in row.policy_basis:
        document, _, place = basis.clause.partition("/")
        policy = policies.get(document)
        clause = basis.clause if policy is None else f"{short_title(policy)} {place}"
        items[basis.clause] = _Item(clause, f"{clause}（{words.label('relations', basis.relation)}）")
    return items


def _facts(standard: Standard, words: Wording) -> _Items:
    items = {}
    for fact in standard.facts.values():
        aspects = {
            "名称": fact.label,
            _KIND: _FACT_KINDS[fact.kind],
            "单位": words.label("units", fact.unit or ""),
            "选项": "、".join(words.labels(fact.options or "")),
        }
        items[fact.id] = _Item(fact.label, fact.label, aspects, fact.quotes)
    return items


def _cross_checks(standard: Standard, words: Wording) -> _Items:
    figures = {check.id: words.cross_check(check) for check in standard.cross_checks}
    statements = {check.id: words.never(check) for check in standard.never_together}
    lines = figures | statements | {check.id: words.distinct(check) for check in standard.distinct_documents}
    return {key: _Item(key, line) for key, line in lines.items()}
