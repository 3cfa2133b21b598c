"""催办清单 on the page 分工: by department what is still owed, and the same as a spreadsheet and on paper."""

from __future__ import annotations

import streamlit as st

from storage.clock import local_date, now
from ui.components import table, verbatim
from ui.components.case.due import due_words
from ui.components.case.stored_forms import StoredForms
from ui.components.table_downloads import table_downloads
from workflow.overview.chasing import Chased, chasing, chasing_table
from workflow.overview.gaps import Gap


def chasing_list(forms: StoredForms) -> None:
    """A table, one line for each department and row."""
    today = local_date(now())
    found = chasing(forms.office, forms.snapshot, today)
    if not found:
        st.success("没有要催办的：分配给各部门的各项要求均已达到。")
        return
    rows, late = sum(len(one.gaps.gaps) for one in found), sum(one.gaps.late for one in found)
    told = f"{len(found)} 个单位还缺 {rows} 项，其中已过内部期限 {late} 项；逾期多的在前。"
    st.caption(f"{told}内部期限不影响结论和办理。")
    heads = ("部门", "指标", "内部期限", "还缺什么")
    lines = "".join(_department(one) for one in found)
    shown = table.table(heads, [lines], "dc-verbatim")
    st.html(f'<div class="dc-frame" role="region" aria-label="催办清单" tabindex="0">{shown}</div>')
    table_downloads(chasing_table(found), f"催办清单-{today.isoformat()}", "chasing")
    link = f'<a class="dc-print" href="/papers/{forms.id}/chasing" target="_blank" rel="noopener">'
    st.html(f"<p>{link}打印催办清单（每个部门一页）</a></p>")


def _department(one: Chased) -> str:
    told = "；".join(filter(None, (one.contact, one.account)))
    under = f"<br><small>{verbatim.markup(told)}</small>" if told else ""
    head = f'<td rowspan="{len(one.gaps.gaps)}">{verbatim.markup(one.gaps.unit)}{under}</td>'
    return "".join(f"<tr>{head if at == 0 else ''}{_cells(gap)}</tr>" for at, gap in enumerate(one.gaps.gaps))


def _cells(gap: Gap) -> str:
    part = f"<br><small>只填：{verbatim.markup('、'.join(gap.part))}</small>" if gap.part else ""
    row = f'<span class="dc-whole">{gap.row.id}</span>{part}'
    return f"<td>{row}</td><td>{due_words(gap)}</td><td>{verbatim.markup(''.join(gap.reasons))}</td>"
