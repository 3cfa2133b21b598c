"""One row read through: the document's words, what they ask, the county's figures, the verdicts and their reasons."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import EvidenceRequirement, Indicator, Measure
from indicators.references import cited
from indicators.wording import scope_words, source_words
from scoring.assessment import MeasureResult
from ui.components import labels, places, verbatim
from ui.components.rows.reasons import reasons_html
from ui.components.rows.row import JudgedRow, Row
from ui.rules import library

_OURS = "本工具提出，非文件规定"


def indicator_detail(row: Row) -> None:
    """Everything about a row, top to bottom; what differs between standards is shown for each."""
    several = len(row.judged) > 1
    st.html(f'<article class="dc-detail">{_verdicts(row)}{_statements(row)}</article>')
    st.html(_reasons(row, several=several))
    for group in _same(row, several=several):
        st.html(_measures(group, several=several))
    st.html(_evidence(row.requirements()) + _ours(row))


def _verdicts(row: Row) -> str:
    cells = "".join(
        f'<div class="dc-verdict-cell"><span>{verbatim.markup(labels.short_name(judged.standard))}</span>'
        f"{labels.result_chip(judged.row, judged.result)}{_overruled(judged)}</div>"
        for judged in row.judged
    )
    return f'<div class="dc-verdicts">{cells}</div>'


def _overruled(judged: JudgedRow) -> str:
    if judged.result.computed == judged.state:
        return ""
    claim_word = "申明" if judged.row.consequence == "veto" else "自评"
    return (
        f"<small>县级{claim_word}结果：{verbatim.markup(labels.state_word(judged.row, judged.result.computed))}</small>"
    )


def _statements(row: Row) -> str:
    """Each different statement once, with its standards, methods and units as those documents print them."""
    groups: dict[str, list[JudgedRow]] = {}
    for judged in row.judged:
        groups.setdefault(judged.row.statement, []).append(judged)
    return "".join(_statement(statement, group) for statement, group in groups.items())


def _statement(statement: str, group: Sequence[JudgedRow]) -> str:
    names = labels.tags(labels.short_name(judged.standard) for judged in group)
    facts = "".join(_printed(judged, named=len(group) > 1) for judged in group)
    return (
        f'<section><h3>原文 {names}</h3><blockquote class="dc-statement dc-verbatim">{verbatim.markup(statement)}'
        f'</blockquote><dl class="dc-facts">{facts}</dl></section>'
    )


def _printed(judged: JudgedRow, *, named: bool) -> str:
    """Methods, units, source and basis; ``named``: of which standard, where the statement above is several's."""
    row = judged.row
    words = []
    if row.methods:
        inherited = "（原表该格为空，沿用上格）" if row.methods_inherited else ""
        words.append(("评估方法", "、".join(labels.word("methods", m) for m in row.methods) + inherited))
    if row.responsible_units:
        words.append(("责任单位", "、".join(row.responsible_units)))
    printed = "".join(f"<dt>{name}</dt><dd>{verbatim.markup(text)}</dd>" for name, text in words)
    whose = f"<dt>标准</dt><dd>{labels.tag(labels.short_name(judged.standard))}</dd>" if named else ""
    return f"{whose}{printed}<dt>出处</dt><dd>{_source(judged)}</dd>{_founding(row)}"


def _source(judged: JudgedRow) -> str:
    """Where it is printed, and a link to it in its standard; none where that standard is no longer installed."""
    printed_at = verbatim.markup(source_words(judged.row, judged.standard.documents))
    installed = library().standards.get(judged.standard.id)
    if installed is None or installed.row(judged.row.id) is None:
        return printed_at
    # A round may pin another edition than the one installed.
    unchanged = installed.fingerprint == judged.standard.fingerprint
    words = "在标准中查看" if unchanged else "在现行标准中查看（与本批次所用的内容不同）"
    address = places.standard_address(judged.standard.id, judged.row.id)
    return f"{printed_at}　{places.link(address, words, elsewhere=True)}"


def _founding(row: Indicator) -> str:
    """Policy clauses, folded away: there may be many. Each opens in its document, in a window of its own."""
    if not row.policy_basis:
        return ""
    lines = []
    for citation in cited(row, library().policies):
        clauses = (places.clause_link(library(), citation.document, c, elsewhere=True) for c in citation.clauses)
        relation = verbatim.markup(labels.word("relations", citation.relation))
        lines.append(f"<li>{verbatim.markup(citation.name)} {'、'.join(clauses)}<small>{relation}</small></li>")
    count = len(row.policy_basis)
    return f"<dt>政策依据</dt><dd><details><summary>{count} 条</summary><ul>{''.join(lines)}</ul></details></dd>"


def _reasons(row: Row, *, several: bool) -> str:
    parts = []
    for title, effect in (("为什么", "blocks"), ("提醒", "warns")):
        if row.reasons(effect):
            parts.append(f"<section><h3>{title}</h3>{reasons_html(row, effect, several=several)}</section>")
    holding = row.reasons("holds")
    if holding:
        listed = reasons_html(row, "holds", several=several)
        parts.append(f"<details><summary>符合要求的各项（{len(holding)}）</summary>{listed}</details>")
    return f'<article class="dc-detail">{"".join(parts)}</article>' if parts else "<span></span>"


def _same(row: Row, *, several: bool) -> list[list[JudgedRow]]:
    """Standards whose measures read and came out alike share one table."""
    groups: dict[object, list[JudgedRow]] = {}
    for judged in row.judged:
        results = tuple((m.id, m.state, m.figure, m.threshold) for m in judged.result.measures)
        groups.setdefault((results, tuple(m.quotes for m in judged.row.measures)), []).append(judged)
    return list(groups.values()) if several else [list(row.judged)]


def _measures(group: Sequence[JudgedRow], *, several: bool) -> str:
    first = group[0]
    results = {result.id: result for result in first.result.measures}
    lines = "".join(_measure(measure, results.get(measure.id)) for measure in first.row.measures)
    names = labels.tags(labels.short_name(judged.standard) for judged in group) if several else ""
    head = "<tr><th>要求</th><th>门槛</th><th>本县数据</th><th>判定</th></tr>"
    return (
        f'<article class="dc-detail"><h3>逐项对照 {names}</h3><table class="dc-table dc-measures">'
        f"<thead>{head}</thead><tbody>{lines}</tbody></table></article>"
    )


def _measure(measure: Measure, result: MeasureResult | None) -> str:
    quotes = "；".join(f"“{quote}”" for quote in measure.quotes)
    scope = scope_words(measure.scope, library().vocabulary.lists["scope_keys"])
    state = result.state if result else "not_asked"
    figure = (result.figure if result else None) or "—"
    threshold = (result.threshold if result else None) or "—"
    small = "".join(f"<small>{verbatim.markup(words)}</small>" for words in (quotes, scope) if words)
    ours = f"{labels.tag('本工具读法', 'tool')}{verbatim.markup(labels.without_ours(measure.note or ''))}"
    note = f"<small>{ours}</small>" if measure.note else ""
    return (
        f"<tr><td>{verbatim.markup(measure.label)}{small}{note}</td><td>{verbatim.markup(threshold)}</td>"
        f'<td class="dc-verbatim">{verbatim.markup(figure)}</td>'
        f'<td><span class="dc-state dc-m-{state}">{labels.MEASURE_STATES[state]}</span></td></tr>'
    )


def _evidence(requirements: Sequence[EvidenceRequirement]) -> str:
    if not requirements:
        return "<span></span>"
    lines = "".join(_requirement(requirement) for requirement in requirements)
    return f'<article class="dc-detail dc-ours"><h3>建议材料 {labels.tag(_OURS, "tool")}</h3><ul>{lines}</ul></article>'


def _requirement(requirement: EvidenceRequirement) -> str:
    facts = [labels.word("evidence_kinds", requirement.kind), labels.word("dated", requirement.dated)]
    if requirement.required:
        facts.append("判定达标所需")
    if requirement.holder:
        facts.append(f"一般由{requirement.holder}掌握")
    return f"<li>{verbatim.markup(requirement.label)}<small>{verbatim.markup('，'.join(facts))}</small></li>"


def _ours(row: Row) -> str:
    notes: dict[str, list[JudgedRow]] = {}
    for judged in row.judged:
        for note in judged.row.notes:
            notes.setdefault(note, []).append(judged)
    guidance = tuple(dict.fromkeys(judged.row.guidance for judged in row.judged if judged.row.guidance))
    parts = []
    if guidance:
        text = "".join(f"<p>{verbatim.markup(words)}</p>" for words in guidance)
        parts.append(f"<h3>填报提示 {labels.tag(_OURS, 'tool')}</h3>{text}")
    if notes:
        items = "".join(_note(note, group, of=len(row.judged)) for note, group in notes.items())
        parts.append(f"<h3>本工具读法 {labels.tag('文件未写明之处', 'tool')}</h3><ul>{items}</ul>")
    return f'<article class="dc-detail dc-ours">{"".join(parts)}</article>' if parts else ""


def _note(note: str, group: Sequence[JudgedRow], *, of: int) -> str:
    """A reading with the standards it is of, where it is not of every one."""
    whose = labels.tags(labels.short_name(judged.standard) for judged in group) if len(group) < of else ""
    return f"<li>{whose}{verbatim.markup(labels.without_ours(note))}</li>"


def row_title(row: Row, tags: str = "") -> None:
    """Section, topic and number; a veto's name already says its section. ``tags`` is HTML behind it."""
    place = "" if row.veto else f"<span>{verbatim.markup(f'{row.section}　{row.topic}')}</span> "
    name = verbatim.markup(f"{labels.row_name(row.first)}（{row.first.label}）")
    st.html(f'<h2 class="dc-row-title">{place}{name}{tags}</h2>')
