"""The page script: the menu and the page it leads to."""

from __future__ import annotations

import streamlit as st

from ui import navigation

st.set_page_config(page_title=navigation.TITLE, layout="wide", initial_sidebar_state="collapsed")
chosen = st.navigation(
    [
        st.Page(page.script, title=page.title, url_path=page.path, default=page is navigation.JUDGE)
        for page in navigation.PAGES
    ],
    position="top",
)
chosen.run()
