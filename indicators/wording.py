"""Measures, scopes, conditions, thresholds and places in the documents as short Chinese, for all who show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from indicators.model import (
    NEVER,
    Condition,
    CrossCheck,
    DistinctDocuments,
    Each,
    EvidenceRef,
    EvidenceRequirement,
    FigureRef,
    Indicator,
    Measure,
    NeverTogether,
    Number,
    Require,
    Standard,
    Statement,
    Vocabulary,
)

SCOPE_NUMBER = "{n}"

_PER = {"year": "每年", "week": "每周"}
_TESTS = {"at_least": "不少于", "at_most": "不多于"}
_AGREES: Mapping[str, str] = {"equal": "等于", **_TESTS}


class Wording:
    """Words for one standard: labels come from its facts and the vocabulary."""

    def __init__(self, standard: Standard, vocabulary: Vocabulary) -> None:
        self._standard = standard
        self._facts = standard.facts
        self._lists = vocabulary.lists

    def label(self, list_name: str, identifier: str) -> str:
        """The vocabulary's label, or the identifier itself."""
        return self._lists.get(list_name, {}).get(identifier, identifier)

    def labels(self, list_name: str) -> tuple[str, ...]:
        """Every label of a vocabulary list, in printed order."""
        return tuple(self._lists.get(list_name, {}).values())

    def dated(self, row: Indicator, paper: EvidenceRequirement) -> str:
        """When a document has to be dated: 申报期末至截止日出具（期末前92天以内也可）."""
        label, days = self.label("dated", paper.dated), self._standard.at_end_days
        if paper.dated != "at_end" or days is None:
            return label
        return f"{label}（期末前{days.vetoes if row.consequence == 'veto' else days.indicators}天以内也可）"

    def paper_kinds(self, paper: EvidenceRequirement) -> str:
        """The kinds of paper it asks for: 名册台账或统计表."""
        return "或".join(self.label("evidence_kinds", kind) for kind in paper.kinds)

    @property
    def scope_phrases(self) -> Mapping[str, str]:
        """The vocabulary's ``scope_keys``, for `scope_words`."""
        return self._lists.get("scope_keys", {})

    def fact(self, fact_id: str) -> str:
        """The label of a fact."""
        return self._facts[fact_id].label

    def condition(self, condition: Condition) -> str:
        """A condition as a phrase."""
        if condition == NEVER:
            return "不问申报的县"
        if condition.op in {"all", "any"}:
            joined = (" 且 " if condition.op == "all" else " 或 ").join(self.condition(p) for p in condition.parts)
            return f"（{joined}）" if len(condition.parts) > 1 else joined
        name = self.fact(condition.fact or "")
        if condition.op in _TESTS:
            return f"{name}{_TESTS[condition.op]}{number(condition.value)}"
        if isinstance(condition.value, bool):
            return f"{name}：{'是' if condition.value else '否'}"
        options = self._facts[condition.fact or ""].options or ""
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        return f"{name}为{'、'.join(self.label(options, value) for value in values)}"

    def threshold(self, measure: Measure) -> str:
        """What the measure must reach, empty where nothing is printed or implied."""
        parts = []
        if measure.each is not None:
            parts.append(self._each(measure.each))
        if measure.require is not None:
            parts.append(self._require(measure.require, measure))
        elif measure.kind == "coverage":
            parts.append("全部")
        elif measure.kind == "all_of":
            parts.append(f"{len(measure.items)}项齐备")
        elif measure.kind == "zero":
            parts.append("应为0")
        return "，".join(parts)

    def measure(self, measure: Measure) -> str:
        """One line: kind, label, whole, threshold, condition."""
        words = f"{self.label('measure_kinds', measure.kind)} · {measure.label}"
        if measure.of:
            words += f"／{'＋'.join(self.fact(fact_id) for fact_id in measure.of)}"
        if measure.whole is not None:
            words += f"／{measure.whole.label}"
        if measure.numerator is not None and measure.denominator is not None:
            words += f"＝{measure.numerator.label}÷{measure.denominator.label}"
        if measure.items:
            words += f"：{'、'.join(measure.items.values())}"
        scope = scope_words(measure.scope, self.scope_phrases)
        words += f"（{scope}）" if scope else ""
        threshold = self.threshold(measure)
        words += f"，要求{threshold}" if threshold else ""
        if measure.applies_when is not None:
            words += f"；适用：{self.condition(measure.applies_when)}"
        return words

    def cross_check(self, check: CrossCheck) -> str:
        """One line: what must agree with what, when, and why."""
        left, right = ("＋".join(self._figure(ref) for ref in side) for side in (check.left, check.right))
        return f"{left} {_AGREES[check.test]} {right}（{check.says}）{self._when(check)}{_blocks(check)}"

    def never(self, check: NeverTogether) -> str:
        """One line: what cannot all be true, when, and why."""
        statements = "；".join(self.statement(statement) for statement in check.statements)
        return f"不能同时：{statements}（{check.says}）{self._when(check)}{_blocks(check)}"

    def statement(self, said: Statement) -> str:
        """A statement as a phrase."""
        if said.subject == "any":
            return " 或 ".join(self.statement(part) for part in said.parts)
        if said.subject == "fact" and said.condition is not None:
            return f"县情“{self.condition(said.condition)}”"
        if said.subject == "review":
            return f"{self.label('levels', said.word or '')}已有认定或者意见"
        if said.subject == "nil_return":
            return f"{said.row}报“无此情形”"
        if said.subject == "claim":
            names = "veto_claims" if (said.row or "").startswith("V") else "claims"
            return f"{said.row}自评“{self.label(names, said.word or '')}”"
        row = self._standard.row(said.row or "")
        measure = row.measure(said.measure or "") if row else None
        label = measure.quantity(said.part).label if measure else said.measure
        return f"{said.row}“{label}”{self._test(said, measure)}"

    def _test(self, said: Statement, measure: Measure | None) -> str:
        if said.test == "is":
            return f"填“{'是' if said.yes else '否'}”"
        if said.test == "includes":
            return f"选“{measure.items.get(said.word or '', said.word) if measure else said.word}”"
        if said.test == "times_last_year":
            return f"达到上一年的{number(said.number or 0)}倍"
        return f"{_TESTS[said.test or '']}{number(said.number or 0)}"

    def distinct(self, check: DistinctDocuments) -> str:
        """One line: at which places no document should be cited twice, when, and why."""
        places = "、".join(self._documents(place) for place in check.documents)
        return f"{places} 不宜引用同一份材料（{check.says}）{self._when(check)}"

    def _when(self, check: CrossCheck | DistinctDocuments | NeverTogether) -> str:
        return f"；适用：{self.condition(check.applies_when)}" if check.applies_when is not None else ""

    def _documents(self, ref: EvidenceRef) -> str:
        row = self._standard.row(ref.row)
        requirement = row.requirement(ref.evidence) if row else None
        return f"{ref.row}“{requirement.label if requirement else ref.evidence}”"

    def _figure(self, ref: FigureRef) -> str:
        times = f"×{ref.times}" if ref.times is not None else ""
        if ref.number is not None:
            return number(ref.number)
        if ref.fact is not None:
            return f"县情“{self.fact(ref.fact)}”{times}"
        row = self._standard.row(ref.row or "")
        measure = row.measure(ref.measure or "") if row else None
        return f"{ref.row}“{measure.quantity(ref.part).label if measure else ref.measure}”{times}"

    def _each(self, each: Each) -> str:
        return f"每个{_PER.get(each.per or '', '')}不少于{number(each.at_least)}"

    def _require(self, require: Require, measure: Measure) -> str:
        unit = require.unit or measure.unit or ""
        unit = self.label("units", unit) if unit else ("项" if measure.kind == "some_of" else "")
        per = _PER.get(measure.per or "", "")
        parts = []
        for key, bound in (("at_least", require.at_least), ("at_most", require.at_most)):
            if bound is not None and bound.fact is not None:
                parts.append(f"{per}{_TESTS[key]}“{self.fact(bound.fact)}”")
            elif bound is not None and bound.number is not None:
                parts.append(f"{per}{_TESTS[key]}{number(bound.number)}{unit}")
        return "，".join(parts)


def _blocks(check: CrossCheck | NeverTogether) -> str:
    return "；不符的，有关各条判为数据与自评不符" if check.effect == "block" else ""


def scope_words(scope: Mapping[str, int], phrases: Mapping[str, str]) -> str:
    """A measure's scope: 近2年内, 0—6岁; empty where there is none. ``phrases`` is the vocabulary's ``scope_keys``."""
    left = dict(scope)
    words = []
    if "age_from" in left and "age_to" in left:
        words.append(f"{left.pop('age_from')}—{left.pop('age_to')}岁")  # 文件印作“0—6岁”
    words += [phrases.get(key, SCOPE_NUMBER).replace(SCOPE_NUMBER, str(value)) for key, value in left.items()]
    return "、".join(words)


def source_words(row: Indicator, documents: Mapping[str, str]) -> str:
    """Where a row's words are printed: the document's title, then the locator: 附件2 · 附件1 · 监测预防 · ②."""
    source = row.source
    return f"{documents.get(source.document, source.document)}　{source.locator.replace('/', ' · ')}"


def number(value: Number) -> str:
    """A figure without trailing zeros or exponent."""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
