"""缺口清单: what each department still owes, each row a link to its page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from storage.clock import local_date, now
from ui import navigation
from ui.components import labels, verbatim
from ui.components.case.due import due_words
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.own_fragment import own_fragment
from ui.menu import entry
from workflow.overview.chasing import whose_words
from workflow.overview.gaps import DepartmentGaps, Gap, gap_list
from workflow.people import Role

_LINK = 90  # pixels; the links of a list are equally wide


def gaps(forms: StoredForms) -> None:
    """One folded list per department."""
    lists = gap_list(forms.office, forms.snapshot, local_date(now()))
    st.subheader("缺口清单（按部门）", anchor=False)
    if not lists:
        own = forms.person.role is Role.COUNTY_DEPARTMENT
        st.success(f"没有缺口：{'分给本单位的' if own else ''}各项要求均已达到。")
        return
    if forms.person.role is Role.COUNTY_GOVERNMENT:
        st.caption("下列各项请退回县级民政部门补报。")
    own_fragment(forms, lambda: _lists(forms, lists))


def _lists(forms: StoredForms, lists: Sequence[DepartmentGaps]) -> None:
    """A list is drawn once it is opened."""
    for gaps_of_unit in lists:
        suggested = "，按标准所印责任单位建议，尚未分配" if gaps_of_unit.suggested else ""
        late = f"，已过内部期限 {gaps_of_unit.late} 项" if gaps_of_unit.late else ""
        title = verbatim.markdown(f"{gaps_of_unit.unit}（{len(gaps_of_unit.gaps)} 项{late}{suggested}）")
        key = forms.place("gaps", gaps_of_unit.unit, gaps_of_unit.suggested)
        folded = st.expander(title, expanded=forms.person.role is Role.COUNTY_DEPARTMENT, key=key, on_change="rerun")
        if folded.open:
            with folded:
                for gap in gaps_of_unit.gaps:
                    _gap(forms, gaps_of_unit.unit, gap)


def _gap(forms: StoredForms, unit: str, gap: Gap) -> None:
    line = st.container(horizontal=True)
    query = {"s": str(forms.id), "row": gap.row.id}
    line.page_link(entry(navigation.ASSESS), label=gap.row.id, query_params=query, width=_LINK)
    chips = " ".join(labels.chip(gap.row, verdict) for verdict in dict.fromkeys(gap.verdicts.values()))
    whose = f"<small>{verbatim.markup(whose_words(unit, gap))}</small>" if gap.lead else ""
    reasons = "".join(f"<li>{verbatim.markup(reason)}</li>" for reason in gap.reasons)
    holders = f"<small>材料一般在：{verbatim.markup('、'.join(gap.holders))}</small>" if gap.holders else ""
    part = f"<small>只填：{verbatim.markup('、'.join(gap.part))}</small>" if gap.part else ""
    line.html(
        f'<div class="dc-why dc-verbatim">{chips} {whose} {due_words(gap)}{part}<ul>{reasons}</ul>{holders}</div>'
    )
