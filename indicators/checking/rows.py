"""The mechanical checks of one row: kinds, words, vocabulary, facts, evidence, policy basis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from indicators.checking.figures import check_words
from indicators.checking.kinds import Fault, check_kind
from indicators.checking.units import check_limits
from indicators.model import Cell, Condition, Fact, Indicator, Measure, Vocabulary
from indicators.model.vocabulary import OTHER_KIND
from indicators.reading.located import KeyPath

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a row may refer to: the closed lists, the standard's facts and documents, the clauses of all policies.

    ``unread_policies``: documents with faults of their own, whose clauses are not known. ``at_end_days``: whether the
    standard says how long before the period's end ``dated: at_end`` reaches back.
    """

    vocabulary: Vocabulary
    facts: Mapping[str, Fact]
    documents: frozenset[str]
    clauses: frozenset[str]
    unread_policies: frozenset[str]
    at_end_days: bool


def check_row(row: Indicator, context: CheckContext) -> Iterator[Fault]:
    """Every fault of the row, each with its key path inside the row."""
    veto = row.section == "vetoes"
    if veto != (row.consequence == "veto"):
        yield ("consequence",), f"此处应为“{'veto' if veto else 'required'}”；请改正或删去（按所在文件自动取值）"
    if row.source.document not in context.documents:
        yield ("source",), f"文件“{row.source.document}”未列入 standard.yaml 的 documents；请补上或改正"
    yield from _listed(context, "methods", row.methods, ("methods",))
    yield from _measures(row, context)
    yield from _evidence(row, context)
    yield from _basis(row, context)
    yield from check_condition(row.applies_when, ("applies_when",), context)
    yield from _tiers(row, context)
    yield from check_words(row)


def _tiers(row: Indicator, context: CheckContext) -> Iterator[Fault]:
    """Measures that apply by the options of one choice fact must together cover all of its options.

    A kind of county that no tier asks would meet the row without a figure.
    """
    asking: dict[str, list[int]] = {}
    for index, measure in enumerate(row.measures):
        for fact_id in dict.fromkeys(measure.applies_when.facts() if measure.applies_when else ()):
            asking.setdefault(fact_id, []).append(index)
    for fact_id, indexes in asking.items():
        fact = context.facts.get(fact_id)
        options = context.vocabulary.lists.get(fact.options or "", {}) if fact and fact.kind == "choice" else {}
        if len(indexes) == 1 or not options:
            continue
        left = set(options).difference(*(_options(row.measures[i].applies_when, fact_id, options) for i in indexes))
        if left:
            names = "、".join(f"{key}（{label}）" for key, label in options.items() if key in left)
            message = f"按“{fact_id}”分档，漏了 {names}；请写进其中一档，各档合起来须覆盖词表全部选项"
            yield ("measures", indexes[-1], "applies_when"), message


def _options(condition: Condition | None, fact: str, options: Mapping[str, str]) -> frozenset[str]:
    """The options of the choice with which the condition may still hold, whatever the other facts are."""
    if condition is None or (condition.fact is not None and condition.fact != fact):
        return frozenset(options)
    if condition.fact == fact:
        return frozenset(condition.value if isinstance(condition.value, tuple) else (condition.value,))
    parts = [_options(part, fact, options) for part in condition.parts]
    return frozenset.intersection(*parts) if condition.op == "all" else frozenset().union(*parts)


def check_condition(condition: Condition | None, path: KeyPath, context: CheckContext) -> Iterator[Fault]:
    """Facts exist, and are compared with what their kind can be."""
    if condition is None:
        return
    for part in condition.parts:
        yield from check_condition(part, path, context)
    if condition.fact is None:
        return
    fact = context.facts.get(condition.fact)
    if fact is None:
        yield path, f"县情“{condition.fact}”不存在；请在 standard.yaml 的 facts 里列出或改正"
        return
    fits = {
        "number": condition.op in {"at_least", "at_most"},
        "choice": condition.op == "in" or (condition.op == "is" and isinstance(condition.value, str)),
    }.get(fact.kind, condition.op == "is" and isinstance(condition.value, bool))
    if not fits:
        advice = "请改用：数字 at_least、at_most，选项 in，是否 is: true 或 is: false"
        yield path, f"县情“{fact.id}”的类型是 {fact.kind}，不能这样比较；{advice}"
    elif fact.kind == "choice" and (options := context.vocabulary.lists.get(fact.options or "")) is not None:
        for value in condition.value if isinstance(condition.value, tuple) else (condition.value,):
            if value not in options:
                yield path, f"“{value}”不在词表 {fact.options} 中；可写 {'、'.join(options)}"


def check_unit(unit: str | None, path: KeyPath, context: CheckContext) -> Iterator[Fault]:
    """A unit of the closed list."""
    if unit is not None:
        yield from _listed(context, "units", (unit,), path, whole=True)


def _listed(
    context: CheckContext, name: str, values: Iterable[str], path: KeyPath, *, whole: bool = False
) -> Iterator[Fault]:
    allowed = context.vocabulary.lists.get(name, {})
    for index, value in enumerate(values):
        if value not in allowed:
            place = path if whole else (*path, index)
            meant = next((key for key, label in allowed.items() if label == value), None)
            near = meant or next(iter(get_close_matches(value, allowed, 1)), None)
            advice = f"是否应为“{near}”，" if near else ""
            yield place, f"“{value}”不在词表 {name} 中；{advice}可写 {'、'.join(allowed)}"


def _unique(ids: Sequence[str], key: str, what: str, name: str = "id") -> Iterator[Fault]:
    seen: set[str] = set()
    for index, identifier in enumerate(ids):
        if identifier in seen:
            yield (key, index, name), f"{what}“{identifier}”重复；请合并或换一个编号"
        seen.add(identifier)


def _measures(row: Indicator, context: CheckContext) -> Iterator[Fault]:
    yield from _unique([measure.id for measure in row.measures], "measures", "测量项")
    for index, measure in enumerate(row.measures):
        for path, message in (
            *check_kind(measure),
            *_measure(measure, context),
            *_shared(row, index),
            *_replaced(row, index),
        ):
            yield ("measures", index, *path), message


def _shared(row: Indicator, index: int) -> Iterator[Fault]:
    """``same_figures_as`` names an earlier measure that asks for the same figures."""
    measure = row.measures[index]
    if measure.same_figures_as is None:
        return
    earlier = next((m for m in row.measures[:index] if m.id == measure.same_figures_as), None)
    alike = ("kind", "numerator", "denominator", "of", "whole", "unit", "per", "each", "items")
    if earlier is None:
        yield ("same_figures_as",), f"本条前面没有测量项“{measure.same_figures_as}”；请改正编号或顺序"
    elif measure.kind == "judgement" or any(getattr(earlier, key) != getattr(measure, key) for key in alike):
        yield ("same_figures_as",), f"与“{earlier.id}”所填的数字不是同一种；类型、单位、分子分母须一致，请改正或删去"


def _replaced(row: Indicator, index: int) -> Iterator[Fault]:
    """``replaces`` names ids the row asks no more."""
    measure = row.measures[index]
    for place, former in enumerate(measure.replaces):
        if row.measure(former) is not None:
            yield ("replaces", place), f"本条还在问“{former}”；请删去，或写已经不问的测量项"
        elif any(former in other.replaces for other in row.measures[:index]):
            yield ("replaces", place), f"“{former}”前面的测量项已经写了；请删去一处"


def _measure(measure: Measure, context: CheckContext) -> Iterator[Fault]:
    yield from check_unit(measure.unit, ("unit",), context)
    for key in ("whole", "numerator", "denominator", "require"):
        part = getattr(measure, key)
        if part is not None:
            yield from check_unit(part.unit, (key, "unit"), context)
    yield from check_limits(measure, context.vocabulary)
    for key in measure.scope:
        if key not in context.vocabulary.lists.get("scope_keys", {}):
            known = "、".join(context.vocabulary.lists.get("scope_keys", {}))
            yield ("scope", key), f"“{key}”不在词表 scope_keys 中；可写 {known}"
    yield from _cell(measure.in_table, context)
    for item in measure.items:
        if not _IDENTIFIER.fullmatch(item):
            yield ("items", item), f"“{item}”写法不对；清单项的标识须为小写英文、数字和下划线，以字母开头"
    bounds = (measure.require.at_least, measure.require.at_most) if measure.require else ()
    named = [(("of",), fact_id) for fact_id in measure.of]
    named += [(("require",), bound.fact) for bound in bounds if bound is not None and bound.fact is not None]
    for path, fact_id in named:
        fact = context.facts.get(fact_id)
        if fact is None:
            yield path, f"县情“{fact_id}”不存在；请在 standard.yaml 的 facts 里列出或改正"
        elif fact.kind != "number":
            yield path, f"县情“{fact_id}”的类型是 {fact.kind}，不是数字；请改用数字类县情"
    yield from check_condition(measure.applies_when, ("applies_when",), context)


def _cell(cell: Cell | None, context: CheckContext) -> Iterator[Fault]:
    for name, word in (("figure_tables", cell.table), ("table_lines", cell.line)) if cell is not None else ():
        key = "table" if name == "figure_tables" else "line"
        yield from _listed(context, name, () if word is None else (word,), ("in_table", key), whole=True)


def _evidence(row: Indicator, context: CheckContext) -> Iterator[Fault]:
    yield from _unique([requirement.id for requirement in row.evidence], "evidence", "佐证材料")
    measures = {measure.id for measure in row.measures}
    for index, requirement in enumerate(row.evidence):
        if requirement.id == "other":
            yield ("evidence", index, "id"), "“other”留给申报文件里的其他材料；请换一个编号"
        yield from _listed(context, "evidence_kinds", (requirement.kind,), ("evidence", index, "kind"), whole=True)
        yield from _listed(context, "evidence_kinds", requirement.also_kinds, ("evidence", index, "also_kinds"))
        yield from _listed(context, "dated", (requirement.dated,), ("evidence", index, "dated"), whole=True)
        if requirement.dated == "at_end" and not context.at_end_days:
            message = (
                "standard.yaml 没有写 at_end_days，不知道期末前多少天以内算；请写上，如 {indicators: 92, vetoes: 31}"
            )
            yield ("evidence", index, "dated"), message
        if OTHER_KIND in requirement.kinds:
            message = f"“{OTHER_KIND}”只用于材料登记；请写所要的材料类别"
            yield ("evidence", index, "kind"), message
        for place, supported in enumerate(requirement.supports):
            if supported not in measures:
                yield (
                    ("evidence", index, "supports", place),
                    f"佐证材料“{requirement.id}”所证的测量项“{supported}”不在本条；可写 {'、'.join(sorted(measures))}",
                )


def _basis(row: Indicator, context: CheckContext) -> Iterator[Fault]:
    yield from _unique([basis.clause for basis in row.policy_basis], "policy_basis", "政策依据", "clause")
    for index, basis in enumerate(row.policy_basis):
        if basis.clause not in context.clauses and basis.clause.partition("/")[0] not in context.unread_policies:
            yield (
                ("policy_basis", index, "clause"),
                f"条款“{basis.clause}”在 policies/ 中没有；请写作“文件编号/条款号”，如 state-council-2016-36/二（二）",
            )
