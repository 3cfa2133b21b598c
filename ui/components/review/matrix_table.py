"""County × indicator as one table: a colour and one character per cell, counts below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from indicators.model import Indicator, Standard
from scoring.assessment import PASSED, VERDICTS
from scoring.rollup import MatrixRow
from scoring.wording import eligibility
from ui.components import labels, verbatim
from ui.components.state_styles import MARKS, TONES, ink
from ui.rules import library
from workflow.divisions import has_prefecture
from workflow.overview.matrix import AreaMatrix
from workflow.states import State, state_label
from workflow.verdicts.reading import REJUDGING

VETOES = "一票否决"
_CELL = "padding:0;min-width:1.1rem;vertical-align:middle;text-align:center;font-size:.78rem;line-height:1.6rem;color:"
_LISTED = 40


def matrix_table(picture: AreaMatrix, standard: Standard, sections: Sequence[str]) -> None:
    """The picture under one standard, its legend, and how many counties have which verdict per column."""
    rows = _columns(standard, sections)
    head = "".join(_column_head(row) for row in rows)
    here = [line for line in picture.roll_up.matrix if line.standard == standard.id]
    lines = "".join(_county(picture, line, rows) for line in here)
    across = f'<td colspan="{len(rows) + 1}">'
    waiting = "".join(
        f'<tr><th scope="row">{verbatim.markup(record.division_name)}</th>'
        f"{across}{_state(record.state, record.division_code)}，{why}</td></tr>"
        for why, records in ((REJUDGING, picture.rejudging), ("内容尚未上报", picture.unreleased))
        for record in records
    )
    st.html(
        f'<div style="overflow-x:auto"><table class="dc-table dc-matrix"><thead><tr><th>县（市、区）</th>'
        f"<th>结论</th>{head}</tr></thead><tbody>{lines}{waiting}</tbody>"
        f"<tfoot>{_totals(here, rows)}</tfoot></table></div>{_legend()}"
    )


def area_counts(picture: AreaMatrix, standard: Standard) -> None:
    """How many counties there are, and how many of them qualify."""
    rolled = picture.roll_up
    here = [line for line in rolled.matrix if line.standard == standard.id]
    qualified = sum(line.eligible for line in here)
    together = f"，同时达到全部标准 {len(rolled.eligible)}" if len(picture.standards) > 1 else ""
    anew = f"；{REJUDGING} {len(picture.rejudging)}" if picture.rejudging else ""
    st.html(
        f'<p class="dc-together">已有内容 <b>{rolled.counties}</b> 县，按{verbatim.markup(labels.short_name(standard))}'
        f"{eligibility(picture.level, eligible=True)} <b>{qualified}</b>{together}{anew}；"
        f"未上报 {len(picture.unreleased)}；未开始 {len(picture.missing)}</p>"
    )
    if picture.missing:
        names = "、".join(place.name for place in picture.missing[:_LISTED])
        more = f"等 {len(picture.missing)} 个" if len(picture.missing) > _LISTED else ""
        st.caption(verbatim.markdown(f"未开始：{names}{more}"))


def section_titles(standard: Standard) -> tuple[str, ...]:
    """What the filter offers: the sections in printed order, then the vetoes."""
    return (*(section.title for section in standard.sections), *([VETOES] if standard.vetoes else ()))


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
    name, code = line.division.name, line.division.code
    state = f"<small>{_state(picture.shown[code].state, code)}</small>"
    under = picture.verdicts[code].standards[line.standard]
    cells = "".join(_cell(name, row, under.verdicts[row.id], under.blocking.get(row.id, ())) for row in rows)
    word = eligibility(picture.level, eligible=line.eligible)
    return (
        f'<tr><th scope="row" class="dc-verbatim">{verbatim.markup(name)}{state}</th>'
        f'<td style="color:{ink(good=line.eligible)};min-width:4.5rem">{word}</td>{cells}</tr>'
    )


def _cell(name: str, row: Indicator, state: str, blocking: Iterable[str]) -> str:
    spoken = verbatim.markup(f"{name} {row.id} {labels.outcome_words(row, state, blocking)}")
    cell_style = f'class="dc-s-{state}" style="{_CELL}{TONES[state].on_background}"'
    return f'<td {cell_style} title="{spoken}" aria-label="{spoken}">{MARKS[state]}</td>'


def _totals(here: Sequence[MatrixRow], rows: Sequence[Indicator]) -> str:
    counts = [sum((line.verdicts.get(row.id) or line.vetoes[row.id]) in PASSED for line in here) for row in rows]
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
