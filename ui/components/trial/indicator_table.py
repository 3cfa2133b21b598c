"""All rows in one table and why they are not met, under one set of filters; choosing one opens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from scoring.assessment import PASSED
from scoring.spreadsheets.tables import Table
from ui import navigation
from ui.components import labels, verbatim
from ui.components.column_widths import fitted
from ui.components.rows.cross_checks import DrawLink
from ui.components.rows.reasons import chips, reasons_html
from ui.components.rows.row import Row, rows
from ui.components.state_styles import TONES
from ui.components.table_downloads import table_downloads
from ui.components.trial.workspace import Workspace
from ui.menu import entry

_ROW_HEIGHT = 35
_TALLEST = 760
_MOST = {"项目": 140, "内容": 180}
_REASON, _STATEMENT = "主要原因", "指标原文"


@dataclass(frozen=True, slots=True)
class _Filters:
    section: str | None
    state: str | None
    unit: str | None

    def take(self, row: Row) -> bool:
        return (
            (self.section is None or row.section == self.section)
            and (self.state is None or self.state in _state_words(row))
            and (self.unit is None or self.unit in row.units)
        )


def indicator_table(workspace: Workspace) -> None:
    """Filters, then the table and the reasons as two tabs."""
    every = rows(workspace)
    vetoes = sum(row.veto for row in every)
    also = f"，{vetoes} 项一票否决" if vetoes else ""
    st.subheader(f"指标总表（{len(every) - vetoes} 项指标{also}）", anchor=False)
    filters = _filters(every)
    shown = [row for row in every if filters.take(row)]
    wanting = [row for row in shown if not set(row.states) <= PASSED]
    table, why = st.tabs([f"总表（{len(shown)}）", f"未通过的原因（{len(wanting)}）"])
    with table:
        _table(workspace, shown)
    with why:
        _why(workspace, wanting)


def open_row(workspace: Workspace, row_id: str) -> None:
    """Go to an indicator's page."""
    workspace.row = row_id
    st.switch_page(navigation.INDICATOR.script)


def row_link(workspace: Workspace) -> DrawLink:
    """From one figure of a file in memory to another."""

    def draw_link(row_id: str | None, name: str, key: str) -> None:
        if row_id is None:
            st.page_link(entry(navigation.COUNTY), label=name)
        elif st.button(name, key=key):
            open_row(workspace, row_id)

    return draw_link


def _filters(every: Sequence[Row]) -> _Filters:
    section, state, unit = st.columns(3)
    with section:
        by_section = _choice("项目", (row.section for row in every))
    with state:
        by_state = _choice("结论", (word for row in every for word in _state_words(row)))
    with unit:
        by_unit = _choice("责任单位", (unit for row in every for unit in row.units))
    return _Filters(by_section, by_state, by_unit)


def _choice(label: str, options: Iterable[str]) -> str | None:
    distinct = list(dict.fromkeys(options))
    return st.selectbox(
        f"按{label}筛选", distinct, index=None, format_func=verbatim.plain, placeholder="全部", key=f"filter-{label}"
    )


def _state_words(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels.state_word(judged.row, judged.state) for judged in row.judged))


def _table(workspace: Workspace, shown: Sequence[Row]) -> None:
    if not shown:
        st.info("没有符合筛选条件的指标。")
        return
    st.caption("点击任意一行，查看该指标的原文、要求、本县数据和原因，并可修改填报。")
    names = [labels.short_name(standard) for standard in workspace.standards]
    frame = pd.DataFrame([_cells(row, names) for row in shown], columns=["编号", *_MOST, *names, _REASON, _STATEMENT])
    if not any(frame[_REASON]):
        frame = frame.drop(columns=_REASON)
    styled = frame.style.apply(_ink, rows_shown=shown, names=names, axis=None)
    event = st.dataframe(
        styled,
        hide_index=True,
        height=min(_TALLEST, _ROW_HEIGHT * (len(shown) + 1) + 3),
        row_height=_ROW_HEIGHT,
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        key=f"table-{workspace.generation}-{st.session_state.get('opened', 0)}",
        alt="指标总表",
        column_config={
            "编号": st.column_config.TextColumn(width=fitted("编号", frame["编号"], 80), pinned=True),
            **{
                name: st.column_config.TextColumn(width=fitted(name, frame[name], most))
                for name, most in (*_MOST.items(), *((name, 150) for name in names))
            },
            _REASON: st.column_config.TextColumn(width=400),
            _STATEMENT: st.column_config.TextColumn(
                width=fitted(_STATEMENT, frame[_STATEMENT], 600 if _REASON in frame else 900)
            ),
        },
    )
    whole = Table("指标总表", list(frame.columns), frame.to_numpy().tolist())
    shown_ids = tuple(row.id for row in shown)
    table_downloads("指标总表", lambda: [whole], key="indicators", stamp=(workspace.level, workspace.text, shown_ids))
    chosen = _chosen(event)
    if chosen is not None and chosen < len(shown):
        # A fresh key, so that coming back does not find the row still chosen and leave again.
        st.session_state["opened"] = st.session_state.get("opened", 0) + 1
        open_row(workspace, shown[chosen].id)


def _chosen(event: object) -> int | None:
    selection = getattr(event, "selection", None)
    if selection is None:
        return None
    if selection.rows:
        return int(selection.rows[0])
    return int(selection.cells[0][0]) if selection.cells else None


def _cells(row: Row, names: Sequence[str]) -> list[str]:
    states = {
        labels.short_name(judged.standard): labels.result_words(judged.row, judged.result) for judged in row.judged
    }
    blocking = row.reasons("blocks")
    first = verbatim.plain(blocking[0][0].text) if blocking else ""
    return [
        row.id,
        verbatim.plain(row.section),
        verbatim.plain(row.topic),
        *(states.get(name, "—") for name in names),
        first,
        verbatim.plain(row.first.statement),
    ]


def _ink(frame: pd.DataFrame, rows_shown: Sequence[Row], names: Sequence[str]) -> pd.DataFrame:
    ink = pd.DataFrame("", index=frame.index, columns=frame.columns)
    for line, row in zip(frame.index, rows_shown, strict=True):
        for judged in row.judged:
            name = labels.short_name(judged.standard)
            if name in names:
                ink.loc[line, name] = f"color: {TONES[judged.state].ink}; font-weight: 600"
    return ink


def _why(workspace: Workspace, wanting: Sequence[Row]) -> None:
    if not wanting:
        st.success("筛选范围内没有未通过的指标。")
        return
    several = len(workspace.standards) > 1
    section = None
    for row in wanting:
        if row.section != section:
            section = row.section
            st.html(f'<h3 class="dc-section">{verbatim.markup(section)}</h3>')
        action, words = st.columns([1, 11], vertical_alignment="top")
        if action.button(row.id, key=f"why-{row.id}", help="打开该指标", width="stretch"):
            open_row(workspace, row.id)
        reasons = reasons_html(row, "blocks", several=several)
        words.html(f'<div class="dc-why"><p>{chips(row, several=several)}</p>{reasons}</div>')
