"""The entry: the ASGI app, its middleware and routes around the page script. ``streamlit run app.py`` starts it all."""

from __future__ import annotations

import streamlit as st

from ui.web.errors import on_script_error
from ui.web.stack import MIDDLEWARE, ROUTES
from ui.web.startup import prepare
from ui.web.wake_ups import woken_once

prepare()
app = st.App("ui/main.py", lifespan=woken_once, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=on_script_error)
