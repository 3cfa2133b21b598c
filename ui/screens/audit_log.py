"""操作日志: for administrators."""

from __future__ import annotations

import streamlit as st

from ui.components.admin.audit_table import audit_check, audit_table
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role

person = current_person()
only(person, {Role.ADMINISTRATOR})
st.header("操作日志", anchor=False)
audit_table(office(), person)
audit_check(office(), person)
