"""乡镇（街道）汇总表: given out empty, brought in, its sums proposed in the rows."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome, show_refusal
from ui.components.table import line, table
from workflow.carrying.townships import (
    TownshipPlan,
    plan_townships,
    propose_sums,
    township_refusal,
    township_sheet,
    withdraw_sums,
)
from workflow.errors import Refused
from workflow.papers.file_names import download_name
from workflow.targets import Target
from workflow.words.entries import entry_name

_COUNT = "township-sheets"


def townships(forms: StoredForms) -> None:
    """For the coordinator; nothing for others."""
    if township_refusal(forms.snapshot) is not None:
        return
    place = forms.place("townships")
    st.subheader("乡镇（街道）汇总", anchor=False)
    press, words = st.columns([4, 7], vertical_alignment="center")
    press.download_button(
        "下载乡镇（街道）汇总表（XLSX）",
        lambda: township_sheet(forms.office, forms.person, forms.id),
        download_name(forms.snapshot, "乡镇汇总表.xlsx"),
        key="export-townships",
        on_click="ignore",
        width="stretch",
    )
    words.caption(
        "一行一个乡镇或街道，只填数目，不填姓名。填好在这里导入，各栏合计作为建议放入有关指标和县情，"
        "标“待确认”，逐项核对保存以后才算。"
    )
    key = f"townships-{st.session_state.get(_COUNT, 0)}"
    uploaded = st.file_uploader("填好的乡镇（街道）汇总表（XLSX）", type=["xlsx"], key=key)
    outcome(place)
    if uploaded is None:
        _waiting(forms, place)
        return
    content = uploaded.getvalue()
    try:
        planned = plan_townships(forms.office, forms.person, forms.id, content)
    except Refused as refused:
        show_refusal(refused.reasons)
        return
    _shown(forms, planned)
    if st.button("放入，待确认", type="primary", key="propose-sums", disabled=not planned.changes):
        act = lambda: propose_sums(forms.office, forms.person, forms.id, content, now())  # noqa: E731 - the press
        if attempt(place, act, f"汇总数 {len(planned.changes)} 项，待确认", now(), verb="已放入"):
            st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
        st.rerun()


def _shown(forms: StoredForms, planned: TownshipPlan) -> None:
    sums = planned.sums
    st.html(f"<p>{sums.townships} 个乡镇（街道）；与现有不同的合计 <b>{len(planned.changes)}</b> 项。</p>")
    if planned.asked is not None and planned.asked != sums.townships:
        st.warning(f"县情写有 {planned.asked} 个乡镇、街道，表中填了 {sums.townships} 行。请核对有没有漏报、重报。")
    if sums.lacking:
        told = "；".join(f"{count.words}（{lacking} 行空着）" for count, lacking in sums.lacking.items())
        st.warning(verbatim.markdown(f"有空着的、不汇总的 {len(sums.lacking)} 栏：{told}。"))
    if planned.shut:
        names = "、".join(entry_name(forms, target) for target in planned.shut)
        st.info(verbatim.markdown(f"现在不能修改、没有放入的：{names}。"))
    if planned.changes:
        lines = (line((one.count.words, one.current or "未填", str(one.proposed))) for one in planned.changes)
        st.html(table(("内容", "现有", "汇总"), lines, "dc-verbatim"))
    else:
        st.success("各栏合计与现有的相同，没有要放入的。")


def _waiting(forms: StoredForms, place: str) -> None:
    """The proposals that are left, and taking them away."""
    if Target.townships() not in forms.snapshot.entries:
        return
    left = [source for source in forms.carried.sources.values() if source.summed]
    said, drop = st.columns([8, 3], vertical_alignment="center")
    said.html(f'<p class="dc-quiet">上次放入的汇总数还有 {len(left)} 项待确认。</p>')
    if drop.button("撤下没有确认的", key="withdraw-sums", width="stretch"):
        act = lambda: withdraw_sums(forms.office, forms.person, forms.id, now())  # noqa: E731 - the press
        attempt(place, act, "没有确认的汇总数", now(), verb="已撤下")
        st.rerun()
