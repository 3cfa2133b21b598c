"""退回补正通知书: what a review level asks of the county, item by item, and the slip to answer on."""

from __future__ import annotations

from dataclasses import dataclass

from templates.documents.contents.about import About

_KINDS_OF_DIVISION = "县市区旗"


def addressed(division: str, unit: str) -> dict[str, str]:
    """Whom a letter to that division is to, and how it says 你; ``unit``: the 填报单位, empty where none is told."""
    kind = division[-1:] if division[-1:] in _KINDS_OF_DIVISION else ""
    return {
        "addressee": unit or f"{division}民政部门",
        "you": f"你{kind}" if kind else "你县（市、区、旗）",
    }


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """``name``: the row, or the part of the form, it is about; ``statement``: the row's printed words."""

    number: int
    name: str
    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeContents(About):
    """Everything the layout may name. ``due``: empty where no day was set; ``you``: 你县, 你市, 你区 or 你旗."""

    addressee: str
    you: str
    level: str
    office: str
    number: int
    count: int
    reason: str
    due: str
    dated: str
    items: tuple[NoticeItem, ...]
