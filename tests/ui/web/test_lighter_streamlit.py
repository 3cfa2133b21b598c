"""What is done once in place of Streamlit says what Streamlit says, and pages are drawn the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from ui.web.lighter_streamlit import (
    LookedUp,
    _populate,
    _same_theme,
    _send_one,
    _send_several,
    _several,
    copied,
    lighten,
)


def page():
    import streamlit as st  # noqa: PLC0415 - the page is taken out of this file

    st.session_state.setdefault("ours", {"a": 1})
    st.session_state.setdefault("emptied", None)
    st.text_input("emptied", key="emptied")
    st.text_area("kept", "default", key="kept")
    st.text_input("without a key")
    st.selectbox("choice", ["甲", "乙"], key="choice")
    st.radio("one", ["甲", "乙"], index=None, key="one")
    st.multiselect("several", ["甲", "乙"], key="several")
    st.checkbox("tick", key="tick")
    if st.session_state["tick"]:
        st.text_input("late", None, key="late")


def walked() -> list[object]:
    """Everything drawn, run after run, and what the session holds."""
    test, seen = AppTest.from_function(page).run(), []
    for step in (
        lambda: test.text_area(key="kept").set_value("说明"),
        lambda: test.checkbox(key="tick").check(),
        lambda: test.text_input(key="late").set_value("迟来的"),
        lambda: test.checkbox(key="tick").uncheck(),  # 那一栏不再画出，它的值也就没有了
        lambda: test.selectbox(key="choice").set_value("乙"),
    ):
        step()
        test.run()
        assert not test.exception
        state = test.session_state._state._state
        drawn = [element.proto.SerializeToString(deterministic=True) for element in test.main if element.proto]
        seen.append((drawn, copied(state)))
        every = copied(state)
        for key in {*every, *state._keys(), "late", "absent", "$$STREAMLIT_INTERNAL_KEY_x"}:
            assert (key in LookedUp(state)) == (key in every), key
            assert LookedUp(state).get(key, "none") == every.get(key, "none"), key
        assert dict(LookedUp(state)) == every
        assert len(LookedUp(state)) == len(every)
        assert repr(LookedUp(state)) == repr(every)
    return seen


def test_a_page_is_drawn_the_same_by_single_keys(monkeypatch):
    monkeypatch.setattr(SessionState, "filtered_state", property(copied))
    as_before = walked()
    monkeypatch.setattr(SessionState, "filtered_state", property(LookedUp))
    assert walked() == as_before
    assert {"ours", "emptied", "kept", "choice", "one", "several", "tick"} <= set(as_before[-1][1])
    assert "late" in as_before[2][1]
    assert "late" not in as_before[-1][1]


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar"])
def test_the_theme_is_what_streamlit_reads(section):
    theirs = CustomThemeConfig()
    _populate(theirs, section)
    for _ in range(2):
        ours = CustomThemeConfig()
        _same_theme(ours, section)
        assert ours == theirs


@pytest.mark.parametrize("waiting", [0, 1, 50, 51, 230])
def test_all_messages_that_wait_are_sent_in_their_order(waiting):
    session, heard = SimpleNamespace(_browser_queue=ForwardMsgQueue()), []
    for number in range(waiting):
        session._browser_queue.enqueue(ForwardMsg(hash=str(number), page_profile={}))
    last = ForwardMsg(hash="last", script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    session._browser_queue.enqueue(last)
    to = ActiveSessionInfo(SimpleNamespace(write_forward_msg=heard.append), session)
    several = _several(session)
    assert len(several) == waiting // 50 + 1
    for messages in several:
        _send_several(None, to, messages)
    assert [message.hash for message in heard] == [*map(str, range(waiting)), "last"]
    assert to.script_run_count == 1
    assert _several(session) == []


def test_all_are_put_in_place(monkeypatch):
    monkeypatch.setattr(SessionState, "filtered_state", property(copied))
    monkeypatch.setattr(app_session, "_populate_theme_msg", _populate)
    monkeypatch.setattr(AppSession, "flush_browser_queue", _several)
    monkeypatch.setattr(Runtime, "_send_message", _send_one)
    lighten()
    assert isinstance(SessionState().filtered_state, LookedUp)
    assert app_session._populate_theme_msg is _same_theme
    assert Runtime._send_message is _send_several
