"""The page script: who is signed in, the menu of their role, and the page it leads to."""

from __future__ import annotations

import streamlit as st

from indicators import ProblemsError
from ui import navigation
from ui.components.leaving import run_watched
from ui.components.problems import show_problems
from ui.components.signed_in import signed_in
from ui.identity import current_person, current_tab, running_for
from ui.menu import entry
from ui.rules import library
from ui.web.sign_in.drawn import tell_as_drawn

st.set_page_config(page_title=navigation.TITLE, layout="wide", initial_sidebar_state="collapsed")
try:
    library()
except ProblemsError as broken:
    st.error("规则文件有误，暂时不能评估。请管理员按下列提示改正后重新启动。")
    show_problems(broken.problems)
    st.stop()
person = current_person()
menu: dict[str, list[st.Page]] = {}
for page in navigation.pages_for(person.role):
    menu.setdefault(page.group, []).append(entry(page))
chosen = st.navigation(menu, position="top")
if chosen.title != navigation.WORKBENCH.title:
    st.set_page_config(page_title=f"{chosen.title} - {navigation.TITLE}")
signed_in(person, group=navigation.group_number(person.role, chosen.url_path))
with running_for(person):
    run_watched(chosen.run)
tell_as_drawn(person.account_id, current_tab())
