"""待办汇总: what waits for whom, office by office, in place of letters and calls."""

from __future__ import annotations

import streamlit as st

from ui.components.workbench.pending_page import pending_page
from ui.identity import person_at
from ui.navigation import PENDING
from ui.office import office

person = person_at(PENDING)
st.header("待办汇总", anchor=False)
pending_page(office(), person)
