"""规则预演: what a new standard or a draft would do to the submissions there are, before it counts."""

from __future__ import annotations

import streamlit as st

from ui.components.rehearsing.questions import rehearsal
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.rounds.rehearsing import REHEARSERS

person = current_person()
only(person, REHEARSERS)
st.header("规则预演", anchor=False)
rehearsal(office(), person)
