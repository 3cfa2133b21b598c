"""A line of the workbench: what waits, and beside it the link to where it is done."""

from __future__ import annotations

import streamlit as st

from ui.menu import entry
from ui.navigation import MenuPage

_LINK = 180  # pixels; links stand below one another


def line(words: str, page: MenuPage | None, query: dict[str, str]) -> None:
    """``words``: HTML; no link where there is no page to go to."""
    place = st.container(horizontal=True, vertical_alignment="center")
    place.html(words)
    if page is not None:
        place.page_link(entry(page), label=f"去{page.title}", query_params=query, width=_LINK)
