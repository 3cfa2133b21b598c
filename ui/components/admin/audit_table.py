"""操作日志: filters, a page of entries, and the check of the whole chain."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

import pandas as pd
import streamlit as st

from storage.records import AuditEntry
from ui.components import verbatim
from ui.components.column_widths import fitted
from ui.components.forms.outcome import clock_words
from ui.components.table_links import table_links
from workflow.log.audit_log import (
    ACTION_LABELS,
    AuditQuery,
    act_label,
    action_label,
    audit_page,
    together,
    verify_audit,
)
from workflow.log.audit_words import AuditLine
from workflow.office import Office
from workflow.people import Person
from workflow.tables.keeping import LOG_FILTERS

_BEFORE = "audit-before"
_WIDEST = 620
_NUMBER = re.compile(r"[0-9]{1,15}")  # 更长的，数据库也装不下


def audit_table(office: Office, person: Person) -> None:
    """The newest entries first, a page at a time."""
    st.caption("登录成功记入日志；登录失败不记，一日内的次数见“账号”页。")
    query = _query()
    cursor = st.session_state.get(_BEFORE)
    # 换了条件就从最新的记录看起。
    if cursor is not None and cursor[0] != query:
        cursor = None
        st.session_state.pop(_BEFORE)
    page = audit_page(office, person, query if cursor is None else _from(query, cursor[1]))
    if not page.entries:
        st.info("没有符合条件的记录。")
    else:
        cells = [_cells(line) for line in together(page.lines)]
        widths = {name: fitted(name, (row[name] for row in cells), _WIDEST) for name in cells[0]}
        columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
        st.dataframe(pd.DataFrame(cells), hide_index=True, height=560, alt="操作日志", column_config=columns)
        asked = asdict(query) | {"submission": query.submission_id, "before": cursor and cursor[1]}
        table_links("log", "本页日志", **{name: asked[name] for name in LOG_FILTERS})
    newest, older, words = st.columns([1, 1, 4], vertical_alignment="center")
    if newest.button("回到最新", key="audit-newest", disabled=cursor is None, width="stretch"):
        st.session_state.pop(_BEFORE)
        st.rerun()
    if older.button("更早的记录", key="audit-older", disabled=page.more is None, width="stretch"):
        st.session_state[_BEFORE] = (query, page.more)
        st.rerun()
    if page.entries:
        _raw(page.entries, page.lines)
        words.caption(f"第 {page.entries[-1].seq} 至 {page.entries[0].seq} 条中符合条件的 {len(page.entries)} 条。")


def _query() -> AuditQuery:
    number, county, actor, action, first, last = st.columns([1, 2, 2, 2, 2, 2])
    typed = number.text_input("申报编号", key="audit-submission", autocomplete="off").strip()
    if typed and not _NUMBER.fullmatch(typed):
        st.warning("申报编号是不超过15位的数字，这一条件没有使用。请核对编号。")
        typed = ""
    begins = first.date_input("自", None, format="YYYY-MM-DD", key="audit-first")
    ends = last.date_input("至", None, format="YYYY-MM-DD", key="audit-last")
    return AuditQuery(
        submission_id=int(typed) if typed else None,
        county=county.text_input("县（名称或代码）", key="audit-county", autocomplete="off").strip() or None,
        actor=actor.text_input("账号", key="audit-actor", autocomplete="off").strip() or None,
        action=action.selectbox(
            "操作", list(ACTION_LABELS), index=None, format_func=action_label, placeholder="全部", key="audit-action"
        ),
        first=begins if isinstance(begins, date) else None,
        last=ends if isinstance(ends, date) else None,
    )


def _from(query: AuditQuery, before_seq: int) -> AuditQuery:
    return replace(query, before=before_seq)


def _cells(line: AuditLine) -> dict[str, str]:
    entry = line.entry
    return {
        "序号": str(entry.seq),
        "时间": clock_words(entry.at),
        "办理人": verbatim.plain(line.who),
        "操作": verbatim.plain(act_label(line)),
        "县和批次": verbatim.plain(line.county),
        "申报编号": "" if entry.submission_id is None else str(entry.submission_id),
        "对象": verbatim.plain(line.what),
        "说明": verbatim.plain(line.more),
    }


def _raw(entries: Sequence[AuditEntry], lines: Sequence[AuditLine]) -> None:
    """One record in full, in words and as it is stored, for whoever checks the chain: on demand only."""
    with st.expander("查看某一条的全文和原始记录（供核验）"):
        chosen = st.selectbox(
            "序号",
            [entry.seq for entry in entries],
            index=None,
            placeholder="请选择",
            key=f"audit-raw-{entries[0].seq}-{entries[-1].seq}",
        )
        chosen_entry = next((entry for entry in entries if entry.seq == chosen), None)
        if chosen_entry is None:
            return
        words = next(_cells(line) for line in lines if line.entry.seq == chosen)
        pairs = "".join(f"<dt>{name}</dt><dd>{verbatim.markup(text)}</dd>" for name, text in words.items() if text)
        st.html(f'<dl class="dc-pairs dc-verbatim">{pairs}</dl>')
        stored = {name: getattr(chosen_entry, name) for name in chosen_entry.__slots__}
        st.code(json.dumps(stored, ensure_ascii=False, default=str, indent=2), language=None)


def audit_check(office: Office, person: Person) -> None:
    """The button that verifies the whole hash chain of the log, and what it finds."""
    st.subheader("核验", anchor=False)
    st.caption("每条记录都含前一条的摘要。核验从头逐条计算，任何改动、删除、插入都会显示在哪一条。")
    if not st.button("核验全部记录", key="audit-verify"):
        return
    check = verify_audit(office, person)
    if check.fault is None:
        st.success(f"共 {check.head.seq} 条，首尾相接，没有改动。")
        st.code(f"末条摘要 {check.head.hash}", language=None)
    else:
        st.error(verbatim.markdown(f"第 {check.fault.seq} 条起不可信：{check.fault.message}。请停止使用并核对备份。"))
