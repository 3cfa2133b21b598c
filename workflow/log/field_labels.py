"""What the log calls the fields of accounts and rounds."""

from __future__ import annotations

from workflow.divisions import full_name
from workflow.people import ROLE_LABELS, Role

FIELD_LABELS = {
    "display_name": "姓名",
    "role": "角色",
    "division_code": "行政区划",
    "unit": "部门",
    "disabled": "停用",
    "predecessors": "接手自",
    "demo": "演示",
    "must_change_password": "须改密码",
    "title": "名称",
    "apply_by": "申报截止",
    "recommend_by": "考察推荐截止",
    "quota_per_prefecture": "每市名额",
    "second_reviewer": "认定与推荐意见由两人分别办理",
}


def role_words(role: str) -> str:
    """What a role is called."""
    return ROLE_LABELS[Role(role)] if role in set(Role) else role


def value_words(name: str, value: object) -> str:
    """What a field holds, in words."""
    if value is None or value == "":
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "role":
        return role_words(str(value))
    return full_name(str(value)) if name == "division_code" else str(value)
