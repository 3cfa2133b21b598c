"""矩阵: the area's counties against the indicators."""

from __future__ import annotations

import streamlit as st

from ui.components.review.area import area
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role

person = current_person()
only(person, {Role.PREFECTURE_REVIEWER, Role.PROVINCE_REVIEWER, Role.OBSERVER})
st.header("矩阵：县（市、区）与指标", anchor=False)
area(office(), person)
