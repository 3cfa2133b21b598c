"""County × indicator as one table: a colour and one character per cell, counts below."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import Indicator, Standard
from scoring.assessment import PASSED, VERDICTS, IndicatorResult, VetoResult
from scoring.rollup import MatrixRow
from scoring.wording import eligibility
from ui.components import labels, verbatim
from ui.components.state_styles import MARKS, TONES, ink
from ui.rules import library
from workflow.divisions import has_prefecture
from workflow.overview.overview import AreaMatrix
from workflow.states import State, state_label

VETOES = "一票否决"
_CELL = "padding:0;min-width:1.1rem;vertical-align:middle;text-align:center;font-size:.78rem;line-height:1.6rem;color:"
_LISTED = 40


def matrix_table(picture: AreaMatrix, standard: Standard, sections: Sequence[str]) -> None:
    """The picture under one standard, its legend, and how many counties have which verdict per column."""
    rows = _columns(standard, sections)
    head = "".join(_column_head(row) for row in rows)
    lines = "".join(_county(picture, line, rows) for line in picture.roll_up.matrix if line.standard == standard.id)
    waiting = "".join(
        f'<tr><th scope="row">{verbatim.markup(record.division_name)}</th>'
        f'<td colspan="{len(rows) + 1}">{_state(record.state, record.division_code)}，内容尚未上报</td></tr>'
        for record in picture.unreleased
    )
    st.html(
        f'<div style="overflow-x:auto"><table class="dc-table dc-matrix"><thead><tr><th>县（市、区）</th>'
        f"<th>结论</th>{head}</tr></thead><tbody>{lines}{waiting}</tbody>"
        f"<tfoot>{_totals(picture, standard, rows)}</tfoot></table></div>{_legend()}"
    )


def area_counts(picture: AreaMatrix, standard: Standard) -> None:
    """How many counties there are, and how many of them qualify."""
    rolled = picture.roll_up
    here = [line for line in rolled.matrix if line.standard == standard.id]
    qualified = sum(line.eligible for line in here)
    together = f"，同时达到全部标准 {len(rolled.eligible)}" if len(picture.standards) > 1 else ""
    st.html(
        f'<p class="dc-together">已有内容 <b>{rolled.counties}</b> 县，按{verbatim.markup(labels.short_name(standard))}'
        f"{eligibility(picture.level, eligible=True)} <b>{qualified}</b>{together}；"
        f"未上报 {len(picture.unreleased)}；未开始 {len(picture.missing)}</p>"
    )
    if picture.missing:
        names = "、".join(place.name for place in picture.missing[:_LISTED])
        more = f"等 {len(picture.missing)} 个" if len(picture.missing) > _LISTED else ""
        st.caption(verbatim.markdown(f"未开始：{names}{more}"))


def section_titles(standard: Standard) -> tuple[str, ...]:
    """What the filter offers: the sections in printed order, then the vetoes."""
    return (*(section.title for section in standard.sections), VETOES)


def _columns(standard: Standard, sections: Sequence[str]) -> tuple[Indicator, ...]:
    titles = {section.id: section.title for section in standard.sections}
    every = not sections
    indicators = tuple(row for row in standard.indicators if every or titles.get(row.section) in sections)
    return indicators + (standard.vetoes if every or VETOES in sections else ())


def _column_head(row: Indicator) -> str:
    # 竖排编号：四十八列要放进一屏。
    return (
        f'<th scope="col" title="{verbatim.markup(row.statement)}" '
        'style="writing-mode:vertical-rl;padding:.3rem 0;font-weight:400;font-size:.78rem">'
        f"{verbatim.markup(row.id)}</th>"
    )


def _county(picture: AreaMatrix, line: MatrixRow, rows: Sequence[Indicator]) -> str:
    name = line.division.name
    record = next(
        (judged.record for judged in picture.judged if judged.record.division_code == line.division.code), None
    )
    state = f"<small>{_state(record.state, record.division_code)}</small>" if record else ""
    states = {**line.verdicts, **line.vetoes}
    results = _results(picture, line)
    cells = "".join(_cell(name, row, states[row.id], results.get(row.id)) for row in rows)
    word = eligibility(picture.level, eligible=line.eligible)
    return (
        f'<tr><th scope="row" class="dc-verbatim">{verbatim.markup(name)}{state}</th>'
        f'<td style="color:{ink(good=line.eligible)};min-width:4.5rem">{word}</td>{cells}</tr>'
    )


def _results(picture: AreaMatrix, line: MatrixRow) -> dict[str, IndicatorResult | VetoResult]:
    """What was judged of this line's county under its standard, by row id."""
    judged = next((county for county in picture.judged if county.record.division_code == line.division.code), None)
    if judged is None:
        return {}
    verdicts = judged.assessment.standards[line.standard]
    return {**verdicts.indicators, **{veto.id: veto for veto in verdicts.vetoes}}


def _cell(name: str, row: Indicator, state: str, result: IndicatorResult | VetoResult | None) -> str:
    words = labels.state_word(row, state) if result is None else labels.result_words(row, result)
    spoken = verbatim.markup(f"{name} {row.id} {words}")
    cell_style = f'class="dc-s-{state}" style="{_CELL}{TONES[state].on_background}"'
    return f'<td {cell_style} title="{spoken}" aria-label="{spoken}">{MARKS[state]}</td>'


def _totals(picture: AreaMatrix, standard: Standard, rows: Sequence[Indicator]) -> str:
    here = [line for line in picture.roll_up.matrix if line.standard == standard.id]
    counts = [sum({**line.verdicts, **line.vetoes}[row.id] in PASSED for line in here) for row in rows]
    cells = "".join(f'<td style="{_CELL}#1f2329">{count}</td>' for count in counts)
    return f'<tr><th scope="row">通过的县数</th><td>共 {len(here)}</td>{cells}</tr>'


def _legend() -> str:
    words = library().vocabulary.lists
    named = [*((v, words["verdicts"][v]) for v in VERDICTS), *words["veto_states"].items()]
    chips = "".join(
        f'<span class="dc-chip dc-s-{state}">{MARKS[state]} {verbatim.markup(word)}</span>'
        for state, word in dict(named).items()
    )
    return f'<p class="dc-legend">图例 {chips}</p>'


def _state(state: str, code: str) -> str:
    return verbatim.markup(state_label(State(state), has_prefecture=has_prefecture(code)))
