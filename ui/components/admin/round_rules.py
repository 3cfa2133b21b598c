"""换用现行规则: a round whose rules have changed since it began; what taking the new ones would do, then the act."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from scoring.report_rehearsal import summary
from storage.records import RoundRecord
from ui.components import outcome, verbatim
from ui.components.problems import show_slips
from ui.components.rehearsal_result import rules_list
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.repinning import RepinPreview, preview_repin, repin_round
from workflow.rounds import rounds

_PLACE, _PREVIEW = "round-repin", "round-repin-preview"


def rules_word(office: Office, one: RoundRecord) -> str:
    """By which rules a round is judged: the installed ones, those it kept, or none that are left."""
    if office.follows_installed(one):
        return "现行规则"
    try:
        office.standards(one)
    except Refused:
        return "原规则没有保存，待换用"
    return "批次保存的原规则（现行规则已不同）"


def round_rules(office: Office, person: Person, now: datetime) -> None:
    """Choose a round, look at what would change, give the reason, take the installed rules."""
    st.subheader("换用现行规则", anchor=False)
    outcome.outcome(_PLACE)
    differing = {one.id: one for one in rounds(office) if not office.follows_installed(one)}
    if not differing:
        st.caption("各批次采用的都是现行规则，没有需要换用的。")
        return
    st.caption(
        "这些批次开始后，安装的规则有了改动。批次仍按开始时保存的规则评估，不受影响；确需换用的，先看影响，再写明理由。"
    )
    chosen = st.selectbox(
        "批次", list(differing), format_func=lambda one: verbatim.plain(differing[one].title), key="repin-round"
    )
    if st.button("查看换用的影响", key="repin-look"):
        st.session_state[_PREVIEW] = preview_repin(office, person, chosen)
    preview: RepinPreview | None = st.session_state.get(_PREVIEW)
    if preview is None or preview.round.id != chosen:
        return
    _told(preview)
    if preview.refusals:
        show_slips(preview.refusals, "不能换用：")
        return
    reason = st.text_area("换用的理由（记入操作日志）", key=f"repin-reason-{chosen}", max_chars=500)
    if st.button("换用现行规则", type="primary", key="repin-save"):
        done = outcome.attempt(
            _PLACE, lambda: repin_round(office, person, chosen, reason, now), f"批次 {chosen} 已换用现行规则", now
        )
        if done:
            del st.session_state[_PREVIEW]
        st.rerun()


def _told(preview: RepinPreview) -> None:
    if preview.counts is None:
        if not preview.refusals:
            st.warning(
                "本批次原来的规则没有保存，不能比较换用前后的结论。换用后按现行规则评估，已有的评价请评审人员复核。"
            )
    else:
        st.html(f'<p class="dc-together">{verbatim.markup(summary(preview.counts))}</p>')
    if preview.voided or preview.taken_out:
        st.warning(
            f"换用后，规则有改动的指标上已作出的评价 {preview.voided} 项作废，须重新评价；"
            f"现行规则不再要求的内容 {preview.taken_out} 处移出填报，历史记录中仍可查。"
        )
    for change in preview.changes:
        words = f"{change.id}：指纹 {change.pinned[:16]} → {change.installed[:16]}"
        with st.expander(verbatim.markdown(words)):
            if change.rules is None:
                st.caption("原来的内容没有保存，不能逐条比较。")
            else:
                rules_list(change.rules)
