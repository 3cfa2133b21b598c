"""From one figure of the self-assessment to another: the row that asks it, or 县情."""

from __future__ import annotations

import streamlit as st

from ui import navigation
from ui.components import verbatim
from ui.components.case.stored_forms import ROW, StoredForms
from ui.components.rows.cross_checks import DrawLink
from ui.menu import entry
from workflow.people import Role


def row_link(forms: StoredForms) -> DrawLink:
    """Links with the submission in the address; a department is not led to what it does not answer."""

    def draw_link(row_id: str | None, name: str, key: str) -> None:  # noqa: ARG001 - links need no key
        if row_id is None:
            st.page_link(entry(navigation.FACTS), label=name, query_params={"s": str(forms.id)})
        elif forms.person.role is Role.COUNTY_DEPARTMENT and row_id not in forms.snapshot.context.assigned:
            st.caption(verbatim.markdown(f"{name.removeprefix('去')}由其他部门填报"))
        else:
            query = {"s": str(forms.id), ROW: row_id}
            st.page_link(entry(navigation.ASSESS), label=name, query_params=query)

    return draw_link
