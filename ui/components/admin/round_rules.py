"""换用现行规则: a round whose rules have changed since it began; what taking the new ones would do, then the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from scoring.report_rehearsal import summary
from scoring.wording import eligibility
from storage.records import RoundRecord
from ui.components import outcome, verbatim
from ui.components.problems import show_slips
from ui.components.rules.changed_rules import changed_rules
from ui.rules import library
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.repinning import CountyEffect, RepinPreview, preview_repin, repin_round
from workflow.rounds import rounds
from workflow.rules_taken import fallen_words
from workflow.states import State, state_label

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
    differing = {one.id: one for one in rounds(office) if not office.follows_installed(one)}
    if not differing:
        outcome.outcome(_PLACE)
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
        outcome.forget(_PLACE)
    preview: RepinPreview | None = st.session_state.get(_PREVIEW)
    if preview is None or preview.round.id != chosen:
        outcome.outcome(_PLACE)
        return
    _told(preview)
    if preview.refusals:
        show_slips(preview.refusals, "不能换用：")
        return
    reason = st.text_area(
        "换用的理由（各县和评审人员都会看到，并记入操作日志）", key=f"repin-reason-{chosen}", max_chars=500
    )
    sure = st.checkbox("已核对影响。换用后作废的认定须重新作出，再换回原来的规则也不会恢复", key=f"repin-sure-{chosen}")
    if st.button("换用现行规则", type="primary", key="repin-save", disabled=not sure):
        title = preview.round.title
        done = outcome.attempt(
            _PLACE, lambda: repin_round(office, person, chosen, reason, now), f"批次“{title}”换用现行规则", now
        )
        if done:
            del st.session_state[_PREVIEW]
        st.rerun()
    outcome.outcome(_PLACE)


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
            "作废的评价在历史记录中可查；再换回原来的规则，也不会恢复。"
        )
    _counties(preview.counties)
    for change in (one for one in preview.changes if one.pinned != one.installed):
        words = f"{_title(change.id)}：规则的改动（指纹由 {change.pinned[:16]} 变为 {change.installed[:16]}）"
        with st.expander(verbatim.markdown(words)):
            if change.rules is None:
                st.caption("原来的内容没有保存，不能逐条比较。")
            else:
                changed_rules(change.rules)


def _title(standard_id: str) -> str:
    found = library().standards.get(standard_id)
    return standard_id if found is None else f"《{found.title}》"


def _counties(counties: Sequence[CountyEffect]) -> None:
    """County by county: the total before and after, which rows change, whose findings fall. Never why."""
    hit = [one for one in counties if one.effect.touched]
    if not hit:
        if counties:
            st.caption(f"本批次 {len(counties)} 个县的结论和评价都不受影响。")
        return
    lines = "".join(f"<tr>{''.join(f'<td>{verbatim.markup(cell)}</td>' for cell in _cells(one))}</tr>" for one in hit)
    head = "".join(f"<th>{name}</th>" for name in ("县", "环节", "按填报的总结论", "结论改变的项", "作废的认定"))
    left = f'<p class="dc-quiet">其余 {len(counties) - len(hit)} 个县不受影响。</p>' if len(hit) < len(counties) else ""
    st.html(f'<table class="dc-table dc-verbatim"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{left}')


def _cells(one: CountyEffect) -> tuple[str, ...]:
    effect = one.effect
    state = state_label(State(one.record.state), has_prefecture=has_prefecture(one.record.division_code))
    total = "不能比较"
    if effect.eligible is not None:
        before, after = (eligibility("county", eligible=said) for said in effect.eligible)
        total = f"{before}（不变）" if before == after else f"由{before}变为{after}"
    return (
        one.record.division_name,
        state,
        total,
        "、".join(effect.rows) or "无",
        fallen_words(effect.fallen) or "无",
    )
