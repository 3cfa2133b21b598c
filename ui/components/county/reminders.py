"""互核提醒 still open, told where the county hands its submission on: a reminder, never in the way."""

from __future__ import annotations

import streamlit as st

from ui.components.county.desk import Desk
from ui.components.county.figure_links import way_from
from ui.components.cross_checks import at_odds, cross_checks


def reminders(desk: Desk) -> None:
    """How many, each with the ways to its places; nothing where there is none."""
    found = at_odds(desk.assessment)
    if not found:
        return
    st.html(
        f'<p class="dc-waiting">还有 <b>{len(found)}</b> 条互核提醒，请核对各处所填（只是提醒，不影响结论和办理）。</p>'
    )
    cross_checks(found, way_from(desk), mark="open-")
