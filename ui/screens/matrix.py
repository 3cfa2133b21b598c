"""矩阵: the area's counties against the indicators."""

from __future__ import annotations

import streamlit as st

from ui.components.matrix.page import matrix_page
from ui.identity import person_at
from ui.navigation import MATRIX
from ui.office import office

person = person_at(MATRIX)
st.header("矩阵：县（市、区、旗）与指标", anchor=False)
matrix_page(office(), person)
