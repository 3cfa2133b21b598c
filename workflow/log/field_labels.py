"""What the log calls the fields of accounts and rounds."""

from __future__ import annotations

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
