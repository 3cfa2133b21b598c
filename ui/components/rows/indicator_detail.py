"""One row read through: the document's words, what they ask, the county's figures, the verdicts and their reasons."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import EvidenceRequirement, Indicator, Measure
from indicators.references import cited
from indicators.wording import scope_words, source_words
from scoring.assessment import NOT_ANSWERED, PASSED, MeasureResult
from scoring.submission import Round
from scoring.windows import days_asked
from scoring.wording import MEASURE_STATES
from ui.components import labels, places, verbatim
from ui.components.rows.glossary import terms_fold
from ui.components.rows.reasons import FormOf, reasons_html
from ui.components.rows.row import JudgedRow, Row
from ui.components.rows.row_page import fold
from ui.components.table import table
from ui.rules import library

_OURS = "本工具提出，非文件规定"


def indicator_detail(row: Row, given: Round) -> None:
    """Everything about a row, for who fills it in; what differs between standards is shown for each."""
    for part in detail(row, given):
        st.html(part)


def detail(row: Row, given: Round, form_of: FormOf | None = None) -> tuple[str, ...]:
    """The same as HTML, part by part. ``given``: the round, with the county's own last day; ``form_of`` as for the
    reasons."""
    folds = f'<div class="dc-folds">{_document_words(row)}{_figures(row)}{_ours(row, given)}</div>'
    return (*_judged(row, form_of), folds)


def explanation(row: Row, given: Round) -> str:
    """HTML of the standard's words and what is ours: what a reviewer knows of a row before opening a county's."""
    return f'<div class="dc-folds">{_document_words(row)}{_ours(row, given)}</div>'


def figures(row: Row) -> None:
    """The county's figures against the thresholds."""
    st.html(_figures(row))


def verdicts(row: Row) -> None:
    """The verdicts, and why they are what they are."""
    for part in _judged(row):
        st.html(part)


def _judged(row: Row, form_of: FormOf | None = None) -> tuple[str, ...]:
    several = len(row.judged) > 1
    found = f'<div class="dc-detail dc-verdicts">{_verdicts(row)}{_holding(row, several=several)}</div>'
    explained = row.reasons("blocks", "warns") or PASSED.issuperset(row.states)
    return (found, _reasons(row, form_of, several=several)) if explained else (found,)


def _figures(row: Row) -> str:
    lines = (_measure(row, measure) for measure in row.measures())
    return fold("measures", "逐项对照", table(("要求", "门槛", "本县数据", "判定"), lines, "dc-measures"))


def _document_words(row: Row) -> str:
    """What the document says, and folded away where it says it and what that is founded on."""
    groups: dict[str, list[JudgedRow]] = {}
    for judged in row.judged:
        groups.setdefault(judged.row.statement, []).append(judged)
    statements = "".join(_statement(statement, group) for statement, group in groups.items())
    founded = "".join(_founded(group) for group in groups.values())
    return fold("statement", "原文", statements) + fold("basis", "评估方法、出处和政策依据", founded, is_open=False)


def _verdicts(row: Row) -> str:
    return "".join(
        f'<div class="dc-verdict-cell"><span>{verbatim.markup(labels.short_name(judged.standard))}</span>'
        f"{labels.result_chip(judged.row, judged.result)}{_overruled(judged)}</div>"
        for judged in row.judged
    )


def _overruled(judged: JudgedRow) -> str:
    if judged.result.computed == judged.state:
        return ""
    claim_word = "申明" if judged.row.consequence == "veto" else "自评"
    return (
        f"<small>县级{claim_word}结果：{verbatim.markup(labels.state_word(judged.row, judged.result.computed))}</small>"
    )


def _statement(statement: str, group: Sequence[JudgedRow]) -> str:
    """A statement with the standards whose words it is."""
    names = labels.tags(labels.short_name(judged.standard) for judged in group)
    return f'<p>{names}</p><blockquote class="dc-statement dc-verbatim">{verbatim.markup(statement)}</blockquote>'


def _founded(group: Sequence[JudgedRow]) -> str:
    """Methods, units, source and basis of the standards that share a statement, as those documents print them."""
    facts = "".join(_printed(judged) for judged in group)
    return f'<dl class="dc-facts">{facts}</dl>'


def _printed(judged: JudgedRow) -> str:
    """Of which standard, its methods, units, source and basis."""
    row = judged.row
    words = []
    if row.methods:
        inherited = "（原表该格为空，沿用上格）" if row.methods_inherited else ""
        words.append(("评估方法", "、".join(labels.word("methods", m) for m in row.methods) + inherited))
    if row.responsible_units:
        words.append(("责任单位", "、".join(row.responsible_units)))
    printed = "".join(f"<dt>{name}</dt><dd>{verbatim.markup(text)}</dd>" for name, text in words)
    whose = f"<dt>标准</dt><dd>{labels.tag(labels.short_name(judged.standard))}</dd>"
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


def _reasons(row: Row, form_of: FormOf | None, *, several: bool) -> str:
    parts = []
    for title, effect in (("为什么", "blocks"), ("提醒", "warns")):
        if row.reasons(effect):
            listed = reasons_html(row, effect, several=several, form_of=form_of)
            parts.append(f"<section><h3>{title}</h3>{listed}</section>")
    if not parts and PASSED.issuperset(row.states):
        parts.append("<p><b>此项已齐备</b></p>")
    return f'<article class="dc-detail">{"".join(parts)}</article>'


def _holding(row: Row, *, several: bool) -> str:
    """What holds, folded away; nothing where nothing does."""
    holding = row.reasons("holds")
    if not holding:
        return ""
    listed = reasons_html(row, "holds", several=several)
    return f"<details><summary>符合要求的各项（{len(holding)}）</summary>{listed}</details>"


def _measure(row: Row, measure: Measure) -> str:
    """One line; what differs between the standards stands in its cell once each, with whose it is."""
    under = [(judged, own) for judged in row.judged if (own := judged.row.measure(measure.id)) is not None]
    results = [(judged, next((r for r in judged.result.measures if r.id == measure.id), None)) for judged, _ in under]
    partly = len(under) < len(row.judged)
    names = labels.tags(f"仅{labels.short_name(judged.standard)}" for judged, _ in under) if partly else ""
    scope = scope_words(measure.scope, library().vocabulary.lists["scope_keys"])
    quotes = [(judged, verbatim.markup("；".join(f"“{quote}”" for quote in own.quotes))) for judged, own in under]
    notes = [(judged, verbatim.markup(labels.without_ours(own.note or ""))) for judged, own in under]
    small = _worded("small", quotes) + (f"<small>{verbatim.markup(scope)}</small>" if scope else "")
    small += _worded("small", notes, mark=labels.tag("本工具读法", "tool"))
    thresholds = [
        (judged, verbatim.markup((result.threshold if result else None) or "—")) for judged, result in results
    ]
    found = [(judged, verbatim.markup((result.figure if result else None) or "—")) for judged, result in results]
    states = [(judged, _state(result, untouched=judged.state in NOT_ANSWERED)) for judged, result in results]
    return (
        f"<tr><td>{verbatim.markup(measure.label)}{names}{small}</td><td>{_worded('div', thresholds)}</td>"
        f'<td class="dc-verbatim">{_worded("div", found)}</td><td>{_worded("div", states)}</td></tr>'
    )


def _state(result: MeasureResult | None, *, untouched: bool) -> str:
    """``untouched``: of a row nobody has answered; what is not there yet is no fault of it."""
    state = result.state if result else "not_asked"
    if untouched and state == "missing":
        return '<span class="dc-state dc-m-not_asked">未填</span>'
    return f'<span class="dc-state dc-m-{state}">{MEASURE_STATES[state]}</span>'


def _worded(element: str, wordings: Sequence[tuple[JudgedRow, str]], *, mark: str = "") -> str:
    """Each wording (HTML) once, where there are several with the standards it is of; nothing for an empty one."""
    groups: dict[str, list[JudgedRow]] = {}
    for judged, words in wordings:
        groups.setdefault(words, []).append(judged)
    whose = {
        words: labels.tags(labels.short_name(judged.standard) for judged in group) if len(groups) > 1 else ""
        for words, group in groups.items()
    }
    return "".join(f"<{element}>{mark}{whose[words]}{words}</{element}>" for words in groups if words)


def _evidence(row: Row, given: Round) -> str:
    lines = []
    for requirement in row.requirements():
        judged = next(judged for judged in row.judged if judged.row.requirement(requirement.id))
        lines.append(_requirement(requirement, days_asked(judged.standard, judged.row, requirement, given)))
    if not lines:
        return ""
    inner = f'<div class="dc-ours"><ul>{"".join(lines)}</ul></div>'
    return fold("materials", "建议材料", inner, is_open=False, marks=labels.tag(_OURS, "tool"))


def _requirement(requirement: EvidenceRequirement, days: str) -> str:
    facts = [labels.words("evidence_kinds", requirement.kinds, "或"), days]
    if requirement.required:
        facts.append("判定达标所需")
    if requirement.holder:
        facts.append(f"一般由{requirement.holder}掌握")
    return f"<li>{verbatim.markup(requirement.label)}<small>{verbatim.markup('，'.join(facts))}</small></li>"


def _ours(row: Row, given: Round) -> str:
    """Suggested material, advice, readings."""
    notes: dict[str, list[JudgedRow]] = {}
    guidance: dict[str, list[JudgedRow]] = {}
    for judged in row.judged:
        for note in judged.row.notes:
            notes.setdefault(note, []).append(judged)
        if judged.row.guidance:
            guidance.setdefault(judged.row.guidance, []).append(judged)
    parts = [_evidence(row, given)]
    if guidance:
        of = len(row.judged)
        text = "".join(f"<p>{_whose(group, of=of)}{verbatim.markup(words)}</p>" for words, group in guidance.items())
        inner = f'<div class="dc-ours">{text}</div>'
        parts.append(fold("advice", "填报提示", inner, is_open=False, marks=labels.tag(_OURS, "tool")))
    if notes:
        items = "".join(_note(note, group, of=len(row.judged)) for note, group in notes.items())
        inner = f'<div class="dc-ours"><ul>{items}</ul></div>'
        parts.append(fold("readings", "本工具读法", inner, is_open=False, marks=labels.tag("文件未写明之处", "tool")))
    parts.append(terms_fold(judged.row.statement for judged in row.judged))
    return "".join(parts)


def _note(note: str, group: Sequence[JudgedRow], *, of: int) -> str:
    return f"<li>{_whose(group, of=of)}{verbatim.markup(labels.without_ours(note))}</li>"


def _whose(group: Sequence[JudgedRow], *, of: int) -> str:
    """The standards something is of, where it is not of every one."""
    return labels.tags(labels.short_name(judged.standard) for judged in group) if len(group) < of else ""


def row_title(row: Row, tags: str = "") -> None:
    """Section, topic and number; a veto's name already says its section. ``tags`` is HTML behind it."""
    place = "" if row.veto else f"<span>{verbatim.markup(f'{row.section}　{row.topic}')}</span> "
    name = verbatim.markup(f"{labels.row_name(row.first)}（{row.first.label}）")
    st.html(f'<h2 class="dc-row-title">{place}{name}{tags}</h2>')
