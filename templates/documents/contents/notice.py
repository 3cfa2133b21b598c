"""退回补正通知书: what a review level asks of the county, item by item, and the slip to answer on."""

from __future__ import annotations

from dataclasses import dataclass

from templates.documents.contents.about import About


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """``name``: the row, or the part of the form, it is about; ``statement``: the row's printed words."""

    number: int
    name: str
    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeContents(About):
    """Everything the layout may name. ``due``: empty where no day was set."""

    level: str
    office: str
    number: int
    count: int
    reason: str
    due: str
    dated: str
    items: tuple[NoticeItem, ...]
