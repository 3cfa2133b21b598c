"""The head of the open row."""

from __future__ import annotations

import streamlit as st

from ui.components import labels, verbatim
from ui.components.rows import Row


def row_title(row: Row, tags: str = "") -> None:
    """Section, topic and number; a veto's name already says its section. ``tags`` is HTML behind it."""
    place = "" if row.veto else f"<span>{verbatim.markup(f'{row.section}　{row.topic}')}</span> "
    name = verbatim.markup(f"{labels.row_name(row.first)}（{row.first.label}）")
    st.html(f'<h2 class="dc-row-title">{place}{name}{tags}</h2>')
