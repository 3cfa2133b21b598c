"""规则预演: what a new standard or a draft would do to the submissions there are, before it counts."""

from __future__ import annotations

import streamlit as st

from ui.components.access import only
from ui.components.rehearsal import rehearsal
from ui.identity import current_person
from ui.office import office
from workflow.rehearsing import REHEARSERS

person = current_person()
only(person, REHEARSERS)
st.header("规则预演", anchor=False)
rehearsal(office(), person)
