"""What a return asked and how the county met it, for the county government that signs again."""

from __future__ import annotations

import streamlit as st

from ui.components.county.desk import Desk
from ui.components.county.figure_links import way_from
from ui.components.review.changes import changed_words, changes, county_changes
from workflow.people import Role
from workflow.reviewing import corrections_made
from workflow.states import State


def mended(desk: Desk) -> None:
    """The reviewer's items, the county's explanations and changes; nothing unless it waits to be released again."""
    if desk.opened.state is not State.AWAITING_GOVERNMENT or desk.opened.open_return is None:
        return
    if desk.person.role is Role.COUNTY_DEPARTMENT:
        return
    returned = corrections_made(desk.office, desk.person, desk.id)
    found = county_changes(desk)
    signs = desk.person.role is Role.COUNTY_GOVERNMENT
    step = "请核对后再出具意见并上报。" if signs else "等待县级人民政府核对、出具意见并上报。"
    st.info(f"{changed_words(found, returned) or '退回补正后县里没有改动'}。{step}")
    changes(desk, found, returned, way_from(desk))
