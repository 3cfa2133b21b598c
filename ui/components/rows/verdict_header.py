"""Cards of the result: eligible or not under each standard, counts per verdict, the rows not passed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import Standard
from scoring.assessment import PASSED, VERDICTS, Assessment, StandardAssessment
from scoring.wording import eligibility, plain
from ui.components import labels, verbatim
from ui.components.rows.cross_checks import DrawLink, at_odds, cross_checks
from ui.components.rows.row import HasVerdicts
from ui.office import office

_OURS = "本工具进度数，非文件规定"


def verdict_header(forms: HasVerdicts, draw_link: DrawLink | None = None) -> None:
    """One card per standard, side by side; with several, first their common result; below, the warnings.

    ``draw_link`` draws the links from figures that are at odds to where they were entered; None: no warnings.
    """
    if len(forms.standards) > 1:
        word = eligibility(forms.assessment.level, eligible=forms.assessment.eligible)
        kind = "yes" if forms.assessment.eligible else "no"
        st.html(f'<p class="dc-together dc-{kind}">总体结论：<b>{word}</b>（须同时达到各项标准）</p>')
    cards = "".join(_card(standard, forms.assessment.standards[standard.id]) for standard in forms.standards)
    st.html(f'<div class="dc-cards">{cards}</div>')
    if draw_link is not None:
        _warnings_box(forms.assessment, draw_link)


def _warnings_box(assessment: Assessment, draw_link: DrawLink) -> None:
    """The assessment's warnings, folded away: entries not used and figures at odds; nothing where there is none."""
    if not assessment.warnings:
        return
    crossed = at_odds(assessment)
    with st.expander(f"填报提醒（{len(assessment.warnings)}，不影响结论）"):
        others = [warning for warning in assessment.warnings if warning not in crossed]
        if others:
            items = "".join(f"<li>{verbatim.markup(warning.text)}</li>" for warning in others)
            st.html(f'<ul class="dc-verbatim">{items}</ul>')
        cross_checks(crossed, draw_link)


def _card(standard: Standard, judged: StandardAssessment) -> str:
    kind = "yes" if judged.eligible else "no"
    return (
        f'<section class="dc-card dc-{kind}"><h2>{verbatim.markup(labels.short_name(standard))}</h2>'
        f'<p class="dc-verdict">{eligibility(judged.level, eligible=judged.eligible)}</p>'
        f'<p class="dc-fulltitle">{verbatim.markup(standard.title)}</p>'
        f"{_vetoes(standard, judged)}"
        f"<h3>{len(judged.indicators)} 项指标</h3><p>{_counts(judged)}</p>{_wanting(standard, judged)}"
        f"<p class='dc-score'>进度 {plain(judged.score.value)}/{plain(judged.score.of)}"
        f"<small>{_scheme()}</small></p></section>"
    )


def _scheme() -> str:
    """The scheme's title, with the mark that the figure is this tool's where the title lacks it."""
    title = office().points().title
    ours = "" if _OURS in title else f"（{_OURS}）"
    return verbatim.markup(f"计分办法：{title}{ours}")


def _vetoes(standard: Standard, judged: StandardAssessment) -> str:
    rows = {row.id: row for row in standard.vetoes}
    chips = " ".join(
        f'<span class="dc-pair">{verbatim.markup(rows[veto.id].label)} {labels.result_chip(rows[veto.id], veto)}</span>'
        for veto in judged.vetoes
    )
    return f"<h3>一票否决</h3><p>{chips}</p>" if chips else ""


def _counts(judged: StandardAssessment) -> str:
    return " ".join(
        f'<span class="dc-chip dc-s-{verdict} {"" if judged.counts[verdict] else "dc-none"}">'
        f"{verbatim.markup(labels.word('verdicts', verdict))} {judged.counts[verdict]}</span>"
        for verdict in VERDICTS
    )


def _wanting(standard: Standard, judged: StandardAssessment) -> str:
    lines = []
    for verdict in VERDICTS:
        ids = [row.id for row in standard.indicators if judged.indicators[row.id].verdict == verdict]
        if verdict in PASSED or not ids:
            continue
        lines.append(_line(labels.word("verdicts", verdict), ids, len(judged.indicators)))
    vetoes = [veto.id for veto in judged.vetoes if veto.state not in PASSED]
    if vetoes:
        lines.insert(0, _line("一票否决", vetoes, 0))
    if not lines:
        return ""
    short = eligibility(judged.level, eligible=False)
    return f'<h3>{short}的原因在</h3><dl class="dc-wanting">{"".join(lines)}</dl>'


def _line(name: str, ids: Sequence[str], whole: int) -> str:
    listed = "全部指标" if len(ids) == whole else "、".join(ids)
    return f"<dt>{verbatim.markup(name)}</dt><dd>{verbatim.markup(listed)}</dd>"
