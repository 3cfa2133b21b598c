"""The states of a submission and their Chinese names."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a submission is, from 自我评价 to 推荐上报; 验收 and what follows are 民政部's acts."""

    DRAFT = "draft"
    AWAITING_GOVERNMENT = "awaiting_government"
    SUBMITTED = "submitted"
    PREFECTURE_RECOMMENDED = "prefecture_recommended"
    PROVINCE_RECOMMENDED = "province_recommended"
    RETURNED = "returned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[State, str] = {
    State.DRAFT: "自评填报",
    State.AWAITING_GOVERNMENT: "待县政府意见",
    State.SUBMITTED: "市级基础评价",
    State.PREFECTURE_RECOMMENDED: "省级实地评估",
    State.PROVINCE_RECOMMENDED: "推荐上报",
    State.RETURNED: "退回补正",
    State.DECLINED: "不予推荐",
    State.WITHDRAWN: "已撤回",
}


def state_label(state: State, *, has_prefecture: bool) -> str:
    """The state in words. A county without a prefecture is appraised by the province at once (本工具读法)."""
    if state is State.SUBMITTED and not has_prefecture:
        return "省级评价（无地市级）"
    return STATE_LABELS[state]
