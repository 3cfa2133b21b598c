"""What people are told when the store is busy, full, read-only or away: one sentence, on pages and at the door."""

from __future__ import annotations

from typing import Literal

from storage.errors import SaveFailed, StoreError, StoreMissing, Trouble

Act = Literal["save", "open", "send", "sign_in"]  # on a page; a page itself; a form of a plain page; the sign-in form

_WHAT: dict[Trouble, str] = {
    "busy": "系统繁忙",
    "full": "磁盘已满",
    "read_only": "系统目前只能读取，不能写入",
    "absent": "找不到系统的数据文件",
    "damaged": "系统的数据文件已损坏",
    "unreachable": "系统连不上数据库",
    "other": "系统的数据库报错",
}
_MENDING: dict[Trouble, str] = {
    "full": "清理磁盘",
    "read_only": "检查数据文件的权限和所在磁盘",
    "absent": "检查数据目录",
    "damaged": "用备份恢复",
    "unreachable": "检查数据库服务",
    "other": "查看运行日志",
}
_CAME_TO: dict[Act, str] = {
    "save": "没有保存；您填的内容仍留在本页",
    "open": "本页暂时打不开；已保存的内容没有受影响",
    "send": "没有办理成",
    "sign_in": "暂时不能登录",
}
_AGAIN: dict[Act, str] = {"save": "再保存一次", "open": "再试", "send": "再试", "sign_in": "再登录"}


def store_trouble(error: StoreError) -> str:
    """What is wrong, without a full stop."""
    return _WHAT[error.trouble]


def store_sentence(error: StoreError, act: Act) -> str:
    """What is wrong, what became of the act, what to do."""
    if not isinstance(error, SaveFailed | StoreMissing):
        return str(error)  # about what was asked, not about the store
    what, came_to, again = _WHAT[error.trouble], _CAME_TO[act], _AGAIN[act]
    if error.trouble == "busy":
        return f"{what}，请稍候{again}。" if act == "sign_in" else f"{what}，{came_to}，请稍候{again}。"
    return f"{what}，{came_to}。请联系系统管理员{_MENDING[error.trouble]}，然后{again}。"


def act_of(error: StoreError) -> Act:
    """Whether a page came upon it in writing or in reading."""
    return "save" if isinstance(error, SaveFailed) and error.writing else "open"
