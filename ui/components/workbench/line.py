"""A line of the workbench: what waits, and beside it the link to where it is done."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.components import places
from ui.navigation import MenuPage


def line(words: str, page: MenuPage | None, query: Mapping[str, str]) -> None:
    """``words``: HTML; no link where there is no page to go to."""
    st.html(line_html(words, page, query))


def line_html(words: str, page: MenuPage | None, query: Mapping[str, str]) -> str:
    """The same as HTML: several lines are one message to the browser."""
    link = "" if page is None else places.link(places.address(page, query), f"去{page.title}")
    return f'<div class="dc-line">{words}{link}</div>'
