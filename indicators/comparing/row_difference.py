"""The difference of two editions of a standard, row by row and part by part, in the words of each.

The command ``diff``, standards side by side, rehearsal, repinning and the news of a row all read this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from indicators.model import EvidenceRequirement, Fact, Indicator, Measure, Policy, Require, Standard, Vocabulary
from indicators.model.rule_changes import Part, PartChange, paired_rows
from indicators.references import short_title
from indicators.wording import Wording, number, scope_words

PARTS: Mapping[Part, str] = {
    "row": "指标",
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
_COLUMNS: Mapping[Part, str] = {"methods": "methods", "units": "responsible_units"}
_KIND, _OF = "类型", "所占的县情"
_NOTHING: Mapping[str, str] = MappingProxyType({})
# Aspects of a change; any other names, in Chinese, what of it now means something else under the same id.
WHOLE, THRESHOLD, BUT_THRESHOLD, REQUIRED = ASPECTS = "", "threshold", "but_threshold", "required"
# The aspect of a part that is told at the row, in short; so is each threshold.
AT_ROW: Mapping[Part, str] = {
    "row": WHOLE, "statement": WHOLE, "condition": WHOLE, "measure": BUT_THRESHOLD, "evidence": REQUIRED,
}  # fmt: skip
_MARKS = re.compile(r"[\s，。、；：？！（）“”《》·,.;:?!()\"'\[\]—-]+")
_LIMITS = re.compile(
    r"不低于|不少于|不高于|不超过|不多于|至少|达到|以上|以下|超过|高于|低于|少于|全部|百分之"
    r"|[0-9]+(?:\.[0-9]+)?[%％]?|[零一二两三四五六七八九十百千万亿]+"
)
# What a finding on a row was about, and of its required papers.
_ASKED = attrgetter("statement", "consequence", "applies_when", "measures")
_PROOF = attrgetter("id", "kinds", "only_kind", "dated", "supports")
_FACT_KINDS: Mapping[str, str] = {"number": "数字", "choice": "选一项", "yes_no": "是否", "judged": "由人判断"}
_PER_EACH: Mapping[str | None, str] = {None: "每个", "year": "每个每年", "week": "每个每周"}


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of either edition. ``old``, ``new``: None where that edition has no such row.

    ``changes`` in the order of `PARTS`, then of print. ``measures``: those of each edition, a line each.
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
        old, new = (
            row and (*_ASKED(row), [_PROOF(paper) for paper in row.evidence if paper.required])
            for row in (self.old, self.new)
        )
        return old != new


@dataclass(frozen=True, slots=True)
class StandardDifference:
    """Every row of either edition, in printed order; ``changes``: as of a row, of the facts and the cross-checks."""

    old: Standard
    new: Standard
    rows: tuple[RowDifference, ...]
    changes: tuple[PartChange, ...]

    def side_by_side(self) -> tuple[RowDifference, ...]:
        """The rows; a column that one of the documents does not print at all is no difference of theirs."""
        one_only = set(columns_printed(self.old)) ^ set(columns_printed(self.new))
        return tuple(replace(row, changes=tuple(c for c in row.changes if c.part not in one_only)) for row in self.rows)


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
    old_words, new_words = Wording(old, vocabulary), Wording(new, vocabulary)
    rows = []
    for row_id, was, now in paired_rows(old, new):
        if was is None or now is None:
            (label,) = (row.label for row in (was, now) if row is not None)
            change = PartChange("row", "", label, was.statement if was else None, now.statement if now else None)
            rows.append(RowDifference(row_id, was, now, (change,)))
            continue
        before, after = _parts(was, old_words, policies), _parts(now, new_words, policies)
        lines = [tuple(item.line for item in parts["measure"].values()) for parts in (before, after)]
        rows.append(RowDifference(row_id, was, now, _changes(before, after), (lines[0], lines[1])))
    return StandardDifference(old, new, tuple(rows), _changes(_common(old, old_words), _common(new, new_words)))


def columns_printed(standard: Standard) -> list[Part]:
    """The documents of 2018 print one or the other of 评估方法 and 责任单位; a standard of one's own may both."""
    return [part for part, of in _COLUMNS.items() if any(getattr(row, of) for row in standard.rows())]


def _changes(old: Mapping[Part, _Items], new: Mapping[Part, _Items]) -> tuple[PartChange, ...]:
    """By id, the old edition's first."""
    return tuple(
        PartChange(part, key, item.label, was, now, aspect)
        for part in new
        for key, item in {**old[part], **new[part]}.items()
        for aspect, was, now in _aspects(old[part].get(key), new[part].get(key))
    )


def _aspects(old: _Item | None, new: _Item | None) -> Iterator[tuple[str, str | None, str | None]]:
    if old is None or new is None:
        yield WHOLE, old and old.line, new and new.line
        for aspect in (THRESHOLD, REQUIRED):
            was, words = (item and item.aspects.get(aspect) for item in (old, new))
            if was != words:
                yield aspect, was, words
        return
    if old.line != new.line:
        yield WHOLE, old.line, new.line
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


def _parts(row: Indicator, words: Wording, policies: Mapping[str, Policy]) -> dict[Part, _Items]:
    """A higher or lower threshold leaves the meaning of a figure alone; another label, unit, whole, period, scope, list
    or quotation does not. Which documents prove what, and when, is no part of their meaning.
    """
    methods = "、".join(words.label("methods", method) for method in row.methods)
    printed: dict[Part, str] = {
        "statement": row.statement,
        "methods": f"{methods}（承上）" if row.methods_inherited else methods,
        "units": "、".join(row.responsible_units),
        "condition": words.condition(row.applies_when) if row.applies_when else "",
    }
    return {
        **{part: {"": _Item("", text)} for part, text in printed.items()},
        "measure": {measure.id: _measure(row, measure, words) for measure in row.measures},
        "evidence": {paper.id: _paper(row, paper, words) for paper in row.evidence},
        "basis": {basis.clause: _clause(basis.clause, basis.relation, words, policies) for basis in row.policy_basis},
    }


def _measure(row: Indicator, measure: Measure, words: Wording) -> _Item:
    threshold = words.threshold(measure)
    if measure.require is not None and measure.each is None:  # 与结论的理由同一说法
        threshold = threshold.replace("不少于", "不低于").replace("不多于", "不高于")
    source = row.measure(measure.same_figures_as or "")
    unit = measure.unit or (measure.require.unit if measure.require else None)  # 没有单位的一边只是不再有限值
    quantities = {"总数": measure.whole, "分子": measure.numerator, "分母": measure.denominator}
    aspects = {
        THRESHOLD: threshold,
        BUT_THRESHOLD: words.measure(replace(measure, require=None, each=None)),
        _KIND: words.label("measure_kinds", measure.kind),
        "名称": measure.label,
        **{name: f"{of.label}（{words.label('units', of.unit)}）" if of else "" for name, of in quantities.items()},
        "填报方式": "按年填" if measure.yearly else "填一次",
        "计入条件": f"{_PER_EACH[measure.each.per]}不少于{number(measure.each.at_least)}" if measure.each else "",
        "范围": scope_words(measure.scope, words.scope_phrases),
        "取数": f"与“{source.label}”用同一数字" if source else "",
        _OF: "＋".join(words.fact(fact) for fact in measure.of),  # 县情本身口径变了的，在县情下说
        "单位": None if unit is None else words.label("units", unit),
    }
    line = words.measure(measure)
    return _Item(measure.label, line, aspects, measure.quotes, measure.items, measure.require, measure.of)


def _paper(row: Indicator, paper: EvidenceRequirement, words: Wording) -> _Item:
    need = "必需" if paper.required else ""
    kinds = f"{'限' if paper.only_kind else ''}{words.paper_kinds(paper)}"
    line = f"{paper.label}（{kinds}，{need or '可选'}，{words.dated(row, paper)}）"
    kind = words.label("evidence_kinds", paper.kind)
    return _Item(paper.label, line, {"名称": paper.label, _KIND: kind, REQUIRED: need})


def _clause(clause: str, relation: str, words: Wording, policies: Mapping[str, Policy]) -> _Item:
    """国发〔2016〕36号 二（二）（相关依据）."""
    document, _, place = clause.partition("/")
    named = f"{short_title(policies[document])} {place}" if document in policies else clause
    return _Item(named, f"{named}（{words.label('relations', relation)}）")


def _common(standard: Standard, words: Wording) -> dict[Part, _Items]:
    checks = {check.id: words.cross_check(check) for check in standard.cross_checks}
    checks |= {check.id: words.never(check) for check in standard.never_together}
    checks |= {check.id: words.distinct(check) for check in standard.distinct_documents}
    return {
        "fact": {fact.id: _fact(fact, words) for fact in standard.facts.values()},
        "cross_check": {key: _Item(key, line) for key, line in checks.items()},
    }


def _fact(fact: Fact, words: Wording) -> _Item:
    aspects = {
        "名称": fact.label,
        _KIND: _FACT_KINDS[fact.kind],
        "单位": words.label("units", fact.unit or ""),
        "选项": "、".join(words.labels(fact.options or "")),
    }
    return _Item(fact.label, fact.label, aspects, fact.quotes)
