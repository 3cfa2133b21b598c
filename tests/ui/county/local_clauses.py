"""Test support: one local document, and its clauses on the page 地方文件对照."""

from __future__ import annotations

from tests.ui.county.pages import Page

XUCHANG = "xuchang-2017-38"
CRIMES = f"{XUCHANG}/crimes_struck"


def clause_open(page: Page) -> str:
    return next(widget.value for widget in page.app.get("button_group") if "local-clause" in widget.key)


def judge(page: Page, commitment: str, *, fulfilled: bool) -> None:
    next(widget for widget in page.app.radio if f"{XUCHANG}-{commitment}-" in widget.key).set_value(fulfilled)
