"""操作日志: for administrators."""

from __future__ import annotations

import streamlit as st

from ui.components.admin.audit_table import audit_check, audit_table
from ui.identity import person_at
from ui.navigation import AUDIT
from ui.office import office

person = person_at(AUDIT)
st.header("操作日志", anchor=False)
audit_table(office(), person)
audit_check(office(), person)
