"""规则预演: what a new standard or a draft would do to the submissions there are, before it counts."""

from __future__ import annotations

import streamlit as st

from ui.components.rehearsing.questions import rehearsal
from ui.identity import person_at
from ui.navigation import REHEARSAL
from ui.office import office

person = person_at(REHEARSAL)
st.header("规则预演", anchor=False)
rehearsal(office(), person)
