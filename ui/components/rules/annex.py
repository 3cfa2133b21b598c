"""Behind a standard's table: what is asked about the county, what must agree, mended scan faults, our readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicators.model import CrossCheck, DistinctDocuments, EvidenceRef, FigureRef, NeverTogether, Standard
from indicators.wording import Wording, number
from ui.components import labels, places, verbatim
from ui.components.rules.document_text import mended_table
from ui.components.table import table
from ui.rules import library

_TESTS = {"equal": "等于", "at_most": "不多于", "at_least": "不少于"}
_EFFECTS = {"warn": "只提醒", "block": "有关各条判为数据与自评不符"}
_PARTS = {None: "", "covered": "之数", "whole": "的总数", "numerator": "的分子", "denominator": "的分母"}


def annex(standard: Standard) -> str:
    """HTML; nothing for a standard that has none of it."""
    parts = [*_asked(standard), _mended(standard), _notes(standard)]
    return f'<div class="dc-annex">{"".join(parts)}</div>' if any(parts) else '<span class="dc-nothing"></span>'


def _asked(standard: Standard) -> Iterator[str]:
    """Of every check why, at which places, and what comes of it."""
    words = Wording(standard, library().vocabulary)
    facts = (
        (fact.label, labels.word("units", fact.unit) if fact.unit else "—", labels.without_ours(fact.note or ""))
        for fact in standard.facts.values()
    )
    yield _table("县情（每县填一次）", ("名称", "单位", "本工具读法"), (map(verbatim.markup, fact) for fact in facts))
    agreeing = (
        (_why(words, of), _sum(standard, of.left), _TESTS[of.test], _sum(standard, of.right), _EFFECTS[of.effect])
        for of in standard.cross_checks
    )
    yield _table("互核", ("应当一致之处", "这里的数字", "应当", "那里的数字", "不符的"), agreeing)
    untrue = (
        (_why(words, of), "<br>".join(map(verbatim.markup, map(words.statement, of.statements))), _EFFECTS[of.effect])
        for of in standard.never_together
    )
    yield _table("不能同时属实的", ("为什么", "这几处", "同时出现的"), untrue)
    distinct = (
        (_why(words, of), "<br>".join(_documents(standard, ref) for ref in of.documents))
        for of in standard.distinct_documents
    )
    heads = ("不宜重复计数之处", "这几处不宜引用同一份材料")
    yield _table("材料互核（只提醒，不影响结论）", heads, distinct)


def _table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Nothing where it has no rows."""
    lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in rows]
    return f"<h3>{title}{labels.tag('本工具所设', 'tool')}</h3>{table(heads, lines)}" if lines else ""


def _documents(standard: Standard, ref: EvidenceRef) -> str:
    row = standard.row(ref.row)
    requirement = row.requirement(ref.evidence) if row else None
    goes = places.link(places.standard_address(standard.id, ref.row), ref.row)
    return f"{goes} {verbatim.markup(f'“{requirement.label}”' if requirement else '')}"


def _why(words: Wording, of: CrossCheck | DistinctDocuments | NeverTogether) -> str:
    when = f"<small>适用：{verbatim.markup(words.condition(of.applies_when))}</small>" if of.applies_when else ""
    return f"{verbatim.markup(of.says)}{when}"


def _sum(standard: Standard, refs: tuple[FigureRef, ...]) -> str:
    return "<br>＋".join(_figure(standard, ref) for ref in refs)


def _figure(standard: Standard, ref: FigureRef) -> str:
    times = f" × {ref.times}" if ref.times is not None else ""
    if ref.number is not None:
        return number(ref.number)
    if ref.fact is not None:
        return verbatim.markup(f"县情“{standard.facts[ref.fact].label}”{times}")
    row = standard.row(ref.row or "")
    measure = row.measure(ref.measure or "") if row else None
    label = f"“{measure.label}”{_PARTS[ref.part]}" if measure else ""
    goes = places.link(places.standard_address(standard.id, ref.row or ""), ref.row or "")
    return f"{goes} {verbatim.markup(label + times)}"


def _mended(standard: Standard) -> str:
    return f"<h3>扫描件错字的更正</h3>{mended_table(standard.mended, '指标')}" if standard.mended else ""


def _notes(standard: Standard) -> str:
    if not standard.notes:
        return ""
    items = "".join(f"<li>{verbatim.markup(labels.without_ours(note))}</li>" for note in standard.notes)
    return f"<h3>说明{labels.tag('本工具读法', 'tool')}</h3><ul>{items}</ul>"
