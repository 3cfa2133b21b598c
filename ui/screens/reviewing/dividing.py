"""评审分工: who of the office has which county."""

from __future__ import annotations

import streamlit as st

from ui.components.dividing.page import dividing_page
from ui.identity import person_at
from ui.navigation import DIVIDING
from ui.office import office

person = person_at(DIVIDING)
st.header("评审分工", anchor=False)
dividing_page(office(), person)
