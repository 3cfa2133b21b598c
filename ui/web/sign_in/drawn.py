"""A page tells the gate how the widgets beside its forms stand when it is drawn.

The browser names all of them with the first change of a field; the gate would take that for a tap on each of them, and
have the whole page run instead of the form (`ui.web.sign_in.watched_socket`).
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.web.sign_in import live
from ui.web.sign_in.messages import beside_forms


def tell_as_drawn(account_id: int, tab: str) -> None:
    """At the end of a run of the whole page; the gate hears it before the browser hears that the run is over."""
    context, windows = get_script_run_ctx(suppress_warning=True), live.windows(account_id, tab)
    if context is not None and windows:
        beside = beside_forms(context.session_state.get_widget_states())
        for window in windows:
            if window.loop is not None:
                window.loop.call_soon_threadsafe(window.drew, beside)
