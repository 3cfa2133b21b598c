"""Every row in one table: the county's claim, what is computed, each level's finding; choosing one opens it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from scoring.submission import REVIEW_LEVELS
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import finding_word, leave_for, levels_differ
from ui.components.table_links import table_links
from workflow.procedure.reviewing import RowAcrossLevels

_ROW_HEIGHT = 35
_TALLEST = 700
_NONE = "—"


def side_by_side(opened: OpenedSubmission, ids: Sequence[str]) -> None:
    """The table of these rows."""
    if not ids:
        st.info("没有符合条件的指标。请改选“显示”。")
        return
    st.caption("点击任意一行，逐项查看并认定。“不一致”标出各级之间、或认定与计算结论之间不同的项。")
    frame = pd.DataFrame([_cells(opened, row_id) for row_id in ids])
    event = st.dataframe(
        frame,
        hide_index=True,
        height=min(_TALLEST, _ROW_HEIGHT * (len(ids) + 1) + 3),
        row_height=_ROW_HEIGHT,
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        key=opened.place("table", st.session_state.get(opened.place("opened"), 0)),
        alt="各级结论对照",
        column_config={"编号": st.column_config.TextColumn(width=64, pinned=True)},
    )
    table_links("levels", "各级结论对照", s=opened.id)
    selection = getattr(event, "selection", None)
    chosen = None
    if selection is not None and (selection.rows or selection.cells):
        chosen = int(selection.rows[0] if selection.rows else selection.cells[0][0])
    if chosen is not None and chosen < len(ids):
        # A fresh key, so that coming back does not find the row still chosen and leave again.
        st.session_state[opened.place("opened")] = st.session_state.get(opened.place("opened"), 0) + 1
        leave_for(opened, ids[chosen], whole=False)


def _cells(opened: OpenedSubmission, row_id: str) -> dict[str, str]:
    row, compared = opened.rows[row_id], opened.compared[row_id]
    claim = labels.word("veto_claims" if row.veto else "claims", compared.claim) if compared.claim else "未填"
    words = dict.fromkeys(labels.state_word(row.first, state) for state in compared.computed.values())
    findings = {
        level: finding_word(row, compared.findings[level].finding) if level in compared.findings else _NONE
        for level in REVIEW_LEVELS
    }
    differences = (("市、省不同", levels_differ(compared)), ("与计算不同", _against_computed(compared)))
    marks = [word for word, differs in differences if differs]
    reasons = [finding.reason for finding in compared.findings.values() if finding.reason]
    cells = {
        "编号": row_id,
        "内容": verbatim.plain(row.topic or row.section),
        "县级自评": claim,
        "计算结论": " / ".join(words),
        "市级认定": findings["prefecture"],
        "省级认定": findings["province"],
        "不一致": "、".join(marks),
        "认定理由": verbatim.plain("；".join(reasons)),
        "指标原文": verbatim.plain(row.first.statement),
    }
    if opened.direct:
        del cells["市级认定"]
    return cells


def _against_computed(compared: RowAcrossLevels) -> bool:
    return any(dict(verdicts) != dict(compared.computed) for verdicts in compared.verdicts.values())
