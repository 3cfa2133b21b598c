"""Behind a standard's table: what is asked about the county, what must agree, mended scan faults, our readings."""

from __future__ import annotations

from indicators.model import CrossCheck, DistinctDocuments, EvidenceRef, FigureRef, NeverTogether, Standard
from indicators.wording import Wording, number
from ui.components import labels, places, verbatim
from ui.components.rules.document_text import mended_table
from ui.rules import library

_TESTS = {"equal": "等于", "at_most": "不多于", "at_least": "不少于"}
_EFFECTS = {"warn": "只提醒", "block": "有关各条判为数据与自评不符"}
_PARTS = {None: "", "covered": "之数", "whole": "的总数", "numerator": "的分子", "denominator": "的分母"}


def annex(standard: Standard) -> str:
    """HTML; nothing for a standard that has none of it."""
    shown = (_facts, _cross_checks, _never_together, _distinct_documents, _mended, _notes)
    parts = [part(standard) for part in shown]
    return f'<div class="dc-annex">{"".join(parts)}</div>' if any(parts) else '<span class="dc-nothing"></span>'


def _facts(standard: Standard) -> str:
    if not standard.facts:
        return ""
    lines = "".join(
        f"<tr><td>{verbatim.markup(fact.label)}</td><td>{verbatim.markup(_unit(fact.unit))}</td>"
        f"<td>{verbatim.markup(labels.without_ours(fact.note or ''))}</td></tr>"
        for fact in standard.facts.values()
    )
    return (
        f'<h3>县情（每县填一次）{labels.tag("本工具所设", "tool")}</h3><table class="dc-table"><thead><tr><th>名称</th>'
        f"<th>单位</th><th>本工具读法</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def _unit(unit: str | None) -> str:
    return labels.word("units", unit) if unit else "—"


def _cross_checks(standard: Standard) -> str:
    """Which figures must agree, with both places, and what comes of it where they do not."""
    if not standard.cross_checks:
        return ""
    words = Wording(standard, library().vocabulary)
    lines = "".join(
        f"<tr><td>{verbatim.markup(check.says)}{_when(words, check)}</td>"
        f"<td>{_sum(standard, check.left)}</td><td>{_TESTS[check.test]}</td><td>{_sum(standard, check.right)}</td>"
        f"<td>{_EFFECTS[check.effect]}</td></tr>"
        for check in standard.cross_checks
    )
    return (
        f'<h3>互核{labels.tag("本工具所设", "tool")}</h3><table class="dc-table"><thead><tr>'
        f"<th>应当一致之处</th><th>这里的数字</th><th>应当</th><th>那里的数字</th><th>不符的</th></tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _never_together(standard: Standard) -> str:
    """What cannot all be true; likewise."""
    if not standard.never_together:
        return ""
    words = Wording(standard, library().vocabulary)
    lines = "".join(
        f"<tr><td>{verbatim.markup(check.says)}{_when(words, check)}</td>"
        f"<td>{'<br>'.join(verbatim.markup(words.statement(said)) for said in check.statements)}</td>"
        f"<td>{_EFFECTS[check.effect]}</td></tr>"
        for check in standard.never_together
    )
    return (
        f'<h3>不能同时属实的{labels.tag("本工具所设", "tool")}</h3><table class="dc-table"><thead><tr>'
        f"<th>为什么</th><th>这几处</th><th>同时出现的</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def _distinct_documents(standard: Standard) -> str:
    """Where one document would count one event twice; likewise."""
    if not standard.distinct_documents:
        return ""
    words = Wording(standard, library().vocabulary)
    lines = "".join(
        f"<tr><td>{verbatim.markup(check.says)}{_when(words, check)}</td>"
        f"<td>{'<br>'.join(_documents(standard, ref) for ref in check.documents)}</td></tr>"
        for check in standard.distinct_documents
    )
    return (
        f'<h3>材料互核（只提醒，不影响结论）{labels.tag("本工具所设", "tool")}</h3><table class="dc-table"><thead><tr>'
        f"<th>不宜重复计数之处</th><th>这几处不宜引用同一份材料</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def _documents(standard: Standard, ref: EvidenceRef) -> str:
    row = standard.row(ref.row)
    requirement = row.requirement(ref.evidence) if row else None
    goes = places.link(places.standard_address(standard.id, ref.row), ref.row)
    return f"{goes} {verbatim.markup(f'“{requirement.label}”' if requirement else '')}"


def _when(words: Wording, check: CrossCheck | DistinctDocuments | NeverTogether) -> str:
    return f"<small>适用：{verbatim.markup(words.condition(check.applies_when))}</small>" if check.applies_when else ""


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
