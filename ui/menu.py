"""The pages of `ui.navigation` as Streamlit knows them: finding each one's script is done once, not for every link."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from ui.navigation import WORKBENCH, MenuPage


def entry(page: MenuPage) -> st.Page:
    """The page for the menu and for links to it; a copy, because Streamlit notes on it whose run may show it."""
    return copy(_found(page))


@cache
def _found(page: MenuPage) -> st.Page:
    return st.Page(page.script, title=page.title, url_path=page.path, default=page is WORKBENCH)
