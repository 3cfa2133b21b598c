"""A Streamlit page of nothing but widgets, as many of each kind as its address says: what load.py compares with.

``?text_area=2&button=5`` draws them on the page, ``&fragment=1`` inside a fragment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

OPTIONS = ("甲", "乙", "丙")
DRAW: Mapping[str, Callable[[str, str], object]] = {
    "text_input": lambda label, key: st.text_input(label, key=key),
    "text_area": lambda label, key: st.text_area(label, key=key),
    "checkbox": lambda label, key: st.checkbox(label, key=key),
    "radio": lambda label, key: st.radio(label, OPTIONS, key=key),
    "selectbox": lambda label, key: st.selectbox(label, OPTIONS, key=key),
    "multiselect": lambda label, key: st.multiselect(label, OPTIONS, key=key),
    "date_input": lambda label, key: st.date_input(label, None, key=key),
    "button_group": lambda label, key: st.segmented_control(label, OPTIONS, key=key),
    "button": lambda label, key: st.button(label, key=key),
    "download_button": lambda label, key: st.download_button(label, b"-", key=key),
}


def widgets() -> None:
    """Draw them."""
    for kind, draw in DRAW.items():
        for number in range(int(st.query_params.get(kind, "0"))):
            draw(f"{kind} {number}", f"{kind}-{number}")


st.set_page_config(page_title="空页面", layout="wide")
if st.query_params.get("fragment"):
    st.fragment(widgets)()
else:
    widgets()
