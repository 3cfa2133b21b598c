"""The numbered items of a 退回补正: listed from findings and doubts, added to and edited by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from scoring.submission import FORM_LABELS, ReviewLevel
from scoring.substance import LEAST_HAN
from storage.clock import local_date
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.form import Form
from ui.components.review.changes import item_name
from ui.components.table import line, table
from workflow.procedure.findings import correction_items
from workflow.procedure.notes import notes_to_tell, with_notes
from workflow.procedure.reviewing import corrections_made
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.procedure.working_days import is_worked, untabled, working_day_after, working_days_until
from workflow.targets import NEW, Target

# 文件没有规定补正期限；十五个工作日只是预填，由退回机关改定。
_DAYS = 15
_LINES = "lines"


def return_items(opened: StoredForms, form: Form, level: ReviewLevel, now: datetime) -> MoveRequest:
    """The editor of the items; returns what is typed, which `workflow.procedure.guards` checks."""
    proposed = {item.row_id: item for item in correction_items(opened.snapshot, level)}
    held = form.held(_LINES, list(proposed))
    lines = [str(line) for line in held] if isinstance(held, list) else list(proposed)
    if not lines:
        st.caption("没有“需补正”“未达标”“存在”的认定，也没有存疑。请逐项增加，或先在“逐项认定”中认定、存疑。")
    items = [_line(opened, form, lines, one, proposed.get(one, RequestedItem("", ""))) for one in lines]
    place = opened.place("move", "return")
    adding, listing, _ = st.columns([2, 3, 3])
    if adding.button("增加一项", key=f"{place}|add", width="stretch"):
        _relist(form, [*lines, f"{NEW}{max((int(line[1:]) for line in lines if line.startswith(NEW)), default=0) + 1}"])
    if listing.button("按认定和存疑重新列出", key=f"{place}|again", width="stretch"):
        form.pad.give_up(form.entries)
        st.rerun()
    due, reason = st.columns([1, 3])
    with due:
        until = due_day(form, working_day_after(local_date(now), _DAYS), now)
    with reason:
        words = form.text("reason", "总的说明（可不填）", "", tall=80)
    request = MoveRequest(reason=words, items=tuple(items), due=until)
    _preview(opened, level, request)
    return request


def due_day(form: Form, stored: date | None, now: datetime) -> date | None:
    """The field of the due date, and how many working days that gives."""
    note = f"文件没有规定期限，预填{_DAYS}个工作日，请按实际改定。"
    until, today = form.day("due", "补正期限", stored, note=note), local_date(now)
    if until is not None and until >= today:
        years = "、".join(f"{year}年" for year in untabled(today, until))
        lacking = f"；{years}的放假安排没有收录，只扣除周末" if years else "，已扣除法定节假日和调休"
        rest = "" if is_worked(until) else "期限这一天不是工作日。"
        st.caption(f"从明天起 {working_days_until(today, until)} 个工作日{lacking}。{rest}")
    return until


def _preview(opened: StoredForms, level: ReviewLevel, request: MoveRequest) -> None:
    """The notice as the county will read it, with the notes that it is told by this return."""
    made = lambda: corrections_made(opened.office, opened.person, opened.id)  # noqa: E731 - kept by the snapshot
    returns = [notice for notice, _ in opened.once("returned", made)]
    told = notes_to_tell(opened.snapshot, level, returns)
    notice = with_notes(request, told)
    also = f"，另将备注 {len(told)} 条一并告知" if told else ""
    lines = (
        line((str(number), item_name(opened, item.row_id) if item.row_id else "（没有选）", item.reason))
        for number, item in enumerate(notice.items, start=1)
    )
    due = f"补正期限：{notice.due.isoformat()}" if notice.due else "没有填补正期限"
    general = f'<p class="dc-verbatim">总的说明：{verbatim.markup(notice.reason)}</p>' if notice.reason else ""
    shown = table(("序号", "项目", "需补正的内容"), lines, "dc-verbatim") if notice.items else "<p>没有列明的项目。</p>"
    head = f"<summary>县里将看到的退回通知（预览{also}）</summary>"
    inner = f"{head}<p>{due}</p>{shown}{general}"
    st.html(f'<article class="dc-detail"><details{" open" if told else ""}>{inner}</details></article>')


def _line(
    opened: StoredForms, form: Form, lines: Sequence[str], line: str, proposed: RequestedItem
) -> RequestedItem:  # fmt: skip
    """One item; ``line`` names its fields: the row's id, or +1, +2 … for those added by hand."""
    at = lines.index(line) + 1
    options = {"": "请选择"} | {
        item_id: verbatim.plain(item_name(opened, item_id))
        for item_id in (*opened.rows, *(str(Target.form(field)) for field in FORM_LABELS))
    }
    row, reason, action = st.columns([3, 6, 1], vertical_alignment="top")
    with row:
        chosen = form.choice(f"items/{line}/row", f"第 {at} 项", options, proposed.row_id, folded=True)
    with reason:
        label = f"第 {at} 项需补正的内容（不少于{LEAST_HAN}个汉字）"
        words = form.text(f"items/{line}/reason", label, proposed.reason, tall=80)
    if action.button("删除", key=opened.place("move", "return", line, "drop"), width="stretch"):
        _relist(form, [other for other in lines if other != line])
    return RequestedItem(chosen, words, ("items", *line.split("/")))


def _relist(form: Form, lines: list[str]) -> None:
    form.hold(_LINES, lines)
    st.rerun()
