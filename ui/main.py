"""The page script: the menu and the page it leads to."""

from __future__ import annotations

import streamlit as st

from indicators import ProblemsError
from ui import navigation
from ui.components.problems import show_problems
from ui.rules import library

st.set_page_config(page_title=navigation.TITLE, layout="wide", initial_sidebar_state="collapsed")
chosen = st.navigation(
    [
        st.Page(page.script, title=page.title, url_path=page.path, default=page is navigation.JUDGE)
        for page in navigation.PAGES
    ],
    position="top",
)
try:
    library()
except ProblemsError as broken:
    st.error("规则文件有误，暂时不能评估。请管理员按下列提示改正后重新启动。")
    show_problems(broken.problems)
    st.stop()
chosen.run()
