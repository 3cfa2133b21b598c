"""Test support: one local document, and its clauses on the page 地方文件对照."""

from __future__ import annotations

from tests.ui.county.pages import Page
from tests.ui.seeded import names

XUCHANG = "xuchang-2017-38"
CRIMES = f"{XUCHANG}/crimes_struck"


def clause_open(page: Page) -> str:
    return next(widget.value for widget in page.app.get("button_group") if "local-clause" in widget.key)


def is_of(widget, commitment: str) -> bool:
    """Whether a field is the commitment's."""
    return f"/{commitment}-" in names(widget.key or "")[-1]


def is_shared(widget) -> bool:
    """Whether it is the one for a reason shared by several."""
    return names(widget.key or "")[-1].endswith("-shared")


def judge(page: Page, commitment: str, *, fulfilled: bool) -> None:
    next(widget for widget in page.app.radio if is_of(widget, commitment)).set_value(fulfilled)
