"""缺口清单: what is still open, by department or what is least work first, each row a link to its page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from storage.clock import local_date, now
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.case.due import due_words
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.own_fragment import own_fragment
from ui.components.table_links import table_links
from workflow.overview.chasing import whose_words
from workflow.overview.gaps import DepartmentGaps, Gap, OpenRow, by_effort, gap_list
from workflow.people import Role

_SORT = "sort"
_UNIT, _EFFORT = "department", "effort"
_SORTS = {_UNIT: "按部门", _EFFORT: "按工作量（本工具估计）"}


def gaps(forms: StoredForms) -> None:
    """One folded list per department."""
    today = local_date(now())
    lists = forms.once(("gaps", today), lambda: gap_list(forms.office, forms.snapshot, today))
    st.subheader("缺口清单", anchor=False)
    if not lists:
        own = forms.person.role is Role.COUNTY_DEPARTMENT
        st.success(f"没有缺口：{'分给本单位的' if own else ''}各项要求均已达到。")
        return
    if forms.person.role is Role.COUNTY_GOVERNMENT:
        st.caption("下列各项请退回县级民政部门补报。")
    table_links("gaps", "缺口清单", s=forms.id)
    if _sorted_by() == _EFFORT:
        st.caption("还差的填写处数和必交材料份数最少的在前（本工具估计）；差0处的已经填齐，请核对不符之处。")
        own_fragment(forms, lambda: _rows(forms, by_effort(lists)))
    else:
        own_fragment(forms, lambda: _lists(forms, lists))


def _sorted_by() -> str:
    """As the address says, and chosen here."""
    wanted = st.query_params.get(_SORT)
    standing = _EFFORT if wanted == _EFFORT else _UNIT
    words, key = _SORTS.__getitem__, f"gaps-sort-{standing}"
    chosen = st.segmented_control("排列", list(_SORTS), default=standing, format_func=words, key=key, required=True)
    if chosen is not None and chosen != standing:
        st.query_params[_SORT] = chosen
        st.rerun()
    return standing


def _rows(forms: StoredForms, rows: Sequence[OpenRow]) -> None:
    """Every row once, in one list that is drawn once it is opened."""
    key = forms.place("gaps", _EFFORT)
    folded = st.expander(f"全部未达到要求的（{len(rows)} 项）", expanded=True, key=key, on_change="rerun")
    if folded.open:
        folded.html("".join(_gap(forms, one.gap, _left(one)) for one in rows))


def _lists(forms: StoredForms, lists: Sequence[DepartmentGaps]) -> None:
    """A list is drawn once it is opened."""
    for gaps_of_unit in lists:
        suggested = "，按标准所印责任单位建议，尚未分配" if gaps_of_unit.suggested else ""
        late = f"，已过内部期限 {gaps_of_unit.late} 项" if gaps_of_unit.late else ""
        title = verbatim.markdown(f"{gaps_of_unit.unit}（{len(gaps_of_unit.gaps)} 项{late}{suggested}）")
        key = forms.place("gaps", gaps_of_unit.unit, gaps_of_unit.suggested)
        folded = st.expander(title, expanded=forms.person.role is Role.COUNTY_DEPARTMENT, key=key, on_change="rerun")
        if folded.open:
            own = gaps_of_unit.gaps
            folded.html("".join(_gap(forms, gap, whose_words(gaps_of_unit.unit, gap)) for gap in own))


def _gap(forms: StoredForms, gap: Gap, said: str) -> str:
    """HTML. ``said``: whose it is, or how much of it is left."""
    link = places.link(places.address(navigation.ASSESS, {"s": str(forms.id), "row": gap.row.id}), gap.row.id)
    chips = " ".join(labels.chip(gap.row, verdict) for verdict in dict.fromkeys(gap.verdicts.values()))
    whose = f"<small>{verbatim.markup(said)}</small>" if said else ""
    reasons = "".join(f"<li>{verbatim.markup(reason)}</li>" for reason in gap.reasons)
    holders = f"<small>材料一般在：{verbatim.markup('、'.join(gap.holders))}</small>" if gap.holders else ""
    part = f"<small>只填：{verbatim.markup('、'.join(gap.part))}</small>" if gap.part else ""
    why = f'<div class="dc-why dc-verbatim">{chips} {whose} {due_words(gap.due)}{part}<ul>{reasons}</ul>{holders}</div>'
    return f'<div class="dc-gap">{link}{why}</div>'


def _left(one: OpenRow) -> str:
    inputs, papers = one.gap.effort.inputs, one.gap.effort.papers
    return f"{'、'.join(one.units)}；还差填写 {inputs} 处、材料 {papers} 份（本工具估计）"
