"""催办清单 on the page 分工: by department what is still owed, and the same as a spreadsheet and on paper."""

from __future__ import annotations

import streamlit as st

from storage.clock import local_date, now
from ui.components import table, verbatim
from ui.components.case.due import due_words
from ui.components.case.stored_forms import StoredForms
from ui.components.table_links import table_links
from workflow.overview.chasing import Chased, chasing, rows_chased, whose_words
from workflow.overview.gaps import Gap


def chasing_list(forms: StoredForms) -> None:
    """A table, one line for each department and row."""
    today = local_date(now())
    found = chasing(forms.office, forms.snapshot, today)
    if not found:
        st.success("没有要催办的：分配给各部门的各项要求均已达到。")
        return
    rows, late = rows_chased(found)
    apply_by = forms.snapshot.round.apply_by
    until = f"申报截止 {apply_by.isoformat()}。" if apply_by else ""
    told = f"{len(found)} 个单位还缺 {rows} 项（几个单位办的一项只计一次），其中已过内部期限 {late} 项；逾期多的在前。"
    st.caption(f"{told}{until}内部期限不影响结论和办理。")
    heads = ("部门", "指标", "牵头", "内部期限", "还缺什么")
    lines = "".join(_department(one) for one in found)
    shown = table.table(heads, [lines], "dc-verbatim dc-chasing")
    st.html(f'<div class="dc-frame" role="region" aria-label="催办清单" tabindex="0">{shown}</div>')
    table_links("chasing", "催办清单", s=forms.id)
    link = f'<a class="dc-print" href="/papers/{forms.id}/chasing" target="_blank" rel="noopener">'
    st.html(f"<p>{link}打印催办清单（每个部门一页）</a></p>")


def _department(one: Chased) -> str:
    told = "；".join(filter(None, (one.contact, one.account)))
    under = f"<br><small>{verbatim.markup(told)}</small>" if told else ""
    head = f'<td rowspan="{len(one.gaps.gaps)}">{verbatim.markup(one.gaps.unit)}{under}</td>'
    lines = (f"{head if at == 0 else ''}{_cells(one.gaps.unit, gap)}" for at, gap in enumerate(one.gaps.gaps))
    return "".join(f"<tr>{line}</tr>" for line in lines)


def _cells(unit: str, gap: Gap) -> str:
    part = f"<br><small>只填：{verbatim.markup('、'.join(gap.part))}</small>" if gap.part else ""
    row = f'<span class="dc-whole">{gap.row.id}</span> <small>{verbatim.markup(gap.row.statement)}</small>{part}'
    cells = (row, verbatim.markup(whose_words(unit, gap)), due_words(gap.due), verbatim.markup(gap.wanting))
    return "".join(f"<td>{cell}</td>" for cell in cells)
