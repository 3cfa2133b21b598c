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
        f'<div class="dc-verdict-cell"><span>{verbatim.markup(labels.short_name(one.standard))}</span>'
        f"{labels.result_chip(one.row, one.result)}{_overruled(one)}</div>"
        for one in row.judged
    )
    return f'<div class="dc-verdicts">{cells}</div>'


def _overruled(one: JudgedRow) -> str:
    if one.result.computed == one.state:
        return ""
    said = "申明" if one.row.consequence == "veto" else "自评"
    return f"<small>县级{said}结果：{verbatim.markup(labels.state_word(one.row, one.result.computed))}</small>"


def _statements(row: Row) -> str:
    """Each different statement once, with its standards, methods and units as those documents print them."""
    shown: dict[str, list[JudgedRow]] = {}
    for one in row.judged:
        shown.setdefault(one.row.statement, []).append(one)
    return "".join(_statement(statement, group) for statement, group in shown.items())


def _statement(statement: str, group: Sequence[JudgedRow]) -> str:
    names = labels.tags(labels.short_name(one.standard) for one in group)
    facts = "".join(_printed(one, named=len(group) > 1) for one in group)
    return (
        f'<section><h3>原文 {names}</h3><blockquote class="dc-statement dc-verbatim">{verbatim.markup(statement)}'
        f'</blockquote><dl class="dc-facts">{facts}</dl></section>'
    )


def _printed(one: JudgedRow, *, named: bool) -> str:
    """Methods, units, source and basis; ``named``: of which standard, where the statement above is several's."""
    row = one.row
    words = []
    if row.methods:
        inherited = "（原表该格为空，沿用上格）" if row.methods_inherited else ""
        words.append(("评估方法", "、".join(labels.word("methods", m) for m in row.methods) + inherited))
    if row.responsible_units:
        words.append(("责任单位", "、".join(row.responsible_units)))
    printed = "".join(f"<dt>{name}</dt><dd>{verbatim.markup(text)}</dd>" for name, text in words)
    whose = f"<dt>标准</dt><dd>{labels.tag(labels.short_name(one.standard))}</dd>" if named else ""
    return f"{whose}{printed}<dt>出处</dt><dd>{_source(one)}</dd>{_founding(row)}"


def _source(one: JudgedRow) -> str:
    """Where it is printed, and a link to it in its standard; none where that standard is no longer installed."""
    told = verbatim.markup(source_words(one.row, one.standard.documents))
    installed = library().standards.get(one.standard.id)
    if installed is None or installed.row(one.row.id) is None:
        return told
    # A round may pin another edition than the one installed.
    same = installed.fingerprint == one.standard.fingerprint
    words = "在标准中查看" if same else "在现行标准中查看（与本批次所用的内容不同）"
    return f"{told}　{places.link(places.standard_address(one.standard.id, one.row.id), words, elsewhere=True)}"


def _founding(row: Indicator) -> str:
    """Policy clauses, folded away: there may be many. Each opens in its document, in a window of its own."""
    if not row.policy_basis:
        return ""
    clauses = "".join(
        f"<li>{verbatim.markup(one.name)} "
        f"{'、'.join(places.clause_link(library(), one.document, clause, elsewhere=True) for clause in one.clauses)}"
        f"<small>{verbatim.markup(labels.word('relations', one.relation))}</small></li>"
        for one in cited(row, library().policies)
    )
    count = len(row.policy_basis)
    return f"<dt>政策依据</dt><dd><details><summary>{count} 条</summary><ul>{clauses}</ul></details></dd>"


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
    groups: dict[tuple, list[JudgedRow]] = {}
    for one in row.judged:
        results = tuple((m.id, m.state, m.figure, m.threshold) for m in one.result.measures)
        groups.setdefault((results, tuple(m.quotes for m in one.row.measures)), []).append(one)
    return list(groups.values()) if several else [list(row.judged)]


def _measures(group: Sequence[JudgedRow], *, several: bool) -> str:
    one = group[0]
    results = {result.id: result for result in one.result.measures}
    lines = "".join(_measure(measure, results.get(measure.id)) for measure in one.row.measures)
    names = labels.tags(labels.short_name(each.standard) for each in group) if several else ""
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
    lines = "".join(
        f"<li>{verbatim.markup(one.label)}<small>{verbatim.markup(labels.word('evidence_kinds', one.kind))}，"
        f"{verbatim.markup(labels.word('dated', one.dated))}"
        f"{'，判定达标所需' if one.required else ''}{_holder(one)}</small></li>"
        for one in requirements
    )
    return f'<article class="dc-detail dc-ours"><h3>建议材料 {labels.tag(_OURS, "tool")}</h3><ul>{lines}</ul></article>'


def _holder(one: EvidenceRequirement) -> str:
    return f"，一般由{verbatim.markup(one.holder)}掌握" if one.holder else ""


def _ours(row: Row) -> str:
    notes: dict[str, list[JudgedRow]] = {}
    for one in row.judged:
        for note in one.row.notes:
            notes.setdefault(note, []).append(one)
    guidance = tuple(dict.fromkeys(one.row.guidance for one in row.judged if one.row.guidance))
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
    whose = labels.tags(labels.short_name(one.standard) for one in group) if len(group) < of else ""
    return f"<li>{whose}{verbatim.markup(labels.without_ours(note))}</li>"


def row_title(row: Row, tags: str = "") -> None:
    """Section, topic and number; a veto's name already says its section. ``tags`` is HTML behind it."""
    place = "" if row.veto else f"<span>{verbatim.markup(f'{row.section}　{row.topic}')}</span> "
    name = verbatim.markup(f"{labels.row_name(row.first)}（{row.first.label}）")
    st.html(f'<h2 class="dc-row-title">{place}{name}{tags}</h2>')
