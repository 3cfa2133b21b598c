"""现场核查表 on the page and as XLSX: each row with why it is listed, its words, the county's, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.spreadsheets.tables import Table
from scoring.submission import ReviewLevel
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.table import table
from ui.components.table_downloads import table_downloads
from workflow.procedure.reviewing import corrections_made
from workflow.procedure.site_sheet import SheetRow, plan_of, site_sheet
from workflow.targets import Target
from workflow.visiting.record import visits_naming
from workflow.words.entries import entry_lines

_PAGE = ("指标", "为什么看", "县里所填", "看什么", "现场情况")
_COLUMNS = ("编号", "内容", "为什么看", "指标原文", "县里所填", "看什么", "现场方法", "现场情况", "看后结论")


def sheet_rows(opened: StoredForms, level: ReviewLevel) -> tuple[SheetRow, ...]:
    """The rows to be looked at by this level."""
    made = lambda: corrections_made(opened.office, opened.person, opened.id)  # noqa: E731 - kept by the snapshot
    returned = {item.item.row_id for _, items in opened.once("returned", made) for item in items}
    return opened.once(("site sheet", level), lambda: site_sheet(opened.snapshot, opened.compared, level, returned))


def sheet(opened: StoredForms, level: ReviewLevel) -> None:
    """The sheet and its file."""
    rows = sheet_rows(opened, level)
    st.caption(
        "列入的：本级存疑尚未解除的、数据与自评不符的、各级结论不一致的、认定需补正或未达标的、退回列过的、计划列入和随机抽查的。"
    )
    if not rows:
        st.info("目前没有要现场看的指标。请在计划中列入，或随机抽查几项。")
        return
    table_downloads(
        "现场核查表",
        lambda: tables(opened, level, rows),
        key=opened.place("sheet"),
        stamp=opened.standing,
        file_stem=f"{opened.snapshot.record.division_name}现场核查表",
        endings=("xlsx",),
    )
    lines = (_line(opened, level, row) for row in rows)
    shown = table(_PAGE, lines, "dc-site-sheet")
    st.html(f'<div class="dc-frame" role="region" aria-label="现场核查表" tabindex="0">{shown}</div>')


def tables(opened: OpenedSubmission, level: ReviewLevel, rows: Sequence[SheetRow]) -> tuple[Table, Table]:
    """The sheet with empty columns for what is seen, and the plan with how the sample was drawn."""
    plan, name = plan_of(opened.snapshot, level), opened.snapshot.record.division_name
    listed = [
        (
            one.row.id, opened.rows[one.row.id].topic or opened.rows[one.row.id].section, "\n".join(one.why),
            "\n".join(_statements(opened, one.row.id)), "\n".join(_said(opened, one.row.id)), "\n".join(one.look),
            "、".join(labels.word("methods", method) for method in one.methods), _seen(opened, level, one.row.id), "",
        )
        for one in rows
    ]  # fmt: skip
    drawn = plan.sample
    about = [
        ("县（市、区、旗）", name),
        ("级别", labels.word("levels", level)),
        ("拟到现场的日期", plan.date),
        ("拟去的地点", "、".join(plan.places)),
        ("拟去的人员", "、".join(plan.people)),
        ("说明", plan.note),
        ("随机抽查", f"{drawn.size} 项：{'、'.join(drawn.rows)}" if drawn.size else "没有抽查"),
        ("抽查种子", drawn.seed),
        ("抽查方法", f"全部 {len(opened.rows)} 项，按“种子/编号”的 SHA-256 值排序，取最前的几项"),
    ]
    return Table("现场核查表", _COLUMNS, listed), Table("计划", ("项目", "内容"), about)


def _line(opened: OpenedSubmission, level: ReviewLevel, one: SheetRow) -> str:
    row_id = one.row.id
    statements = "".join(f"<small>{verbatim.markup(words)}</small>" for words in _statements(opened, row_id))
    methods = "、".join(labels.word("methods", method) for method in one.methods)
    look = (*one.look, *([f"印明的方法：{methods}"] if methods else []))
    row = opened.rows[row_id]
    name = f"<b>{row_id}</b> {verbatim.markup(row.topic or row.section)}{statements}"
    cells = (name, _paragraphs(one.why), _paragraphs(_said(opened, row_id)), _paragraphs(look),
             verbatim.markup(_seen(opened, level, row_id)))  # fmt: skip
    return f'<tr class="dc-verbatim">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _paragraphs(words: Sequence[str]) -> str:
    return "<br>".join(verbatim.markup(text) for text in words)


def _statements(opened: OpenedSubmission, row_id: str) -> tuple[str, ...]:
    """The row's words, once where the standards print the same."""
    return tuple(dict.fromkeys(judged.row.statement for judged in opened.rows[row_id].judged))


def _said(opened: OpenedSubmission, row_id: str) -> tuple[str, ...]:
    """What the county filled in."""
    target = Target.veto(row_id) if opened.rows[row_id].veto else Target.answer(row_id)
    entry = opened.snapshot.entries.get(target)
    lines = entry_lines(opened, target, None if entry is None else entry.body)
    return tuple(f"{label}：{text}" if label else text for label, text in lines) or ("没有填报",)


def _seen(opened: OpenedSubmission, level: ReviewLevel, row_id: str) -> str:
    """What this level's visits saw of it, where any did."""
    visits = visits_naming(opened.snapshot.content, level, row_id)
    return "\n".join(f"{visit.date or ''} {visit.rows[row_id]}".strip() for visit in visits)
