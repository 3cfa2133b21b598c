"""What cannot be kept as a draft: too much, unreadable, or naming a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storage.canonical import Json
from workflow.drafting.records import DraftChange, FieldKey
from workflow.privacy import INSTEAD, PHONE_FIELDS, identifiers, masked
from workflow.targets import KINDS, NEW, Target

LONGEST = 100_000  # characters of one field
_COLUMNS = {"scope": 40, "kind": 64, "key": 128, "field": 255}  # what the store's columns hold
_TAB = re.compile("[a-z0-9-]{1,40}")
_HIGHEST = 2**31 - 1


def unreadable(change: DraftChange, tab: str) -> str | None:
    """Why a field cannot be kept anywhere, the store or memory; None when it can."""
    if not _TAB.fullmatch(tab) or not _fits(change.key):
        return "页面已过时，这里输入的内容没有暂存。请先复制留存，再刷新页面。"
    if isinstance(change.value, Mapping) or not all(isinstance(text, str) for text in _texts(change.value)):
        return "这里的内容无法识别，没有暂存。请刷新页面后重新填写。"
    if sum(map(len, _texts(change.value))) > LONGEST:
        return f"{_place(change.key)}超过{LONGEST // 10_000}万字，超出部分连同全文都没有暂存。请删减后再继续。"
    return None


def identifying(change: DraftChange) -> str | None:
    """The sentence on personal identifiers in a field or, forged, in its name."""
    key = change.key
    phones_allowed = Target("form", key.key) in PHONE_FIELDS if key.kind == "form" else False
    found = [identifiers(text) for text in (key.kind, key.key, key.field)]
    found += [identifiers(text, phones_allowed=phones_allowed) for text in _texts(change.value)]
    kinds = "、".join(dict.fromkeys(kind for kinds in found for kind in kinds))
    if not kinds:
        return None
    return f"{_place(key)}含有{kinds}，没有暂存。本工具不收集个人身份信息，{INSTEAD}"


def _texts(value: Json) -> list[Any]:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list | tuple) else []


def _fits(key: FieldKey) -> bool:
    short = all(len(getattr(key, name)) <= longest for name, longest in _COLUMNS.items())
    return short and 0 <= key.seen <= _HIGHEST and 0 <= key.generation <= _HIGHEST


def _place(key: FieldKey) -> str:
    if key.kind in KINDS and not key.key.startswith(NEW):
        return f"{masked(Target.parse(f'{key.kind}/{key.key}').label)}的这一栏"
    return "这一栏"
