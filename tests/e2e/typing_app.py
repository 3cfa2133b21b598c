"""The product's web layer around a page of a few fields (`typing_page.py`), for trying what becomes of typed text."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.web.errors import on_script_error
from ui.web.stack import MIDDLEWARE, ROUTES
from ui.web.startup import prepare
from ui.web.wake_ups import woken_once

prepare()
app = st.App(
    Path(__file__).with_name("typing_page.py"),
    lifespan=woken_once,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=on_script_error,
)
