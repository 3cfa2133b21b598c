"""Three things that Streamlit does again and again for each field, run or message, though once would do.

Every text field, choice and list asks for a copy of the whole session state, to look up its own key in it; every run
begins with a message in which the theme is read option by option from the settings; and of the messages that wait for a
window the event loop goes round for each. They stand on names inside of Streamlit, whose version is pinned;
`tests/ui/web/test_lighter_streamlit.py` holds them to what Streamlit itself says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import SessionState, _is_internal_key

_copied = SessionState.filtered_state
_populate = app_session._populate_theme_msg
_send_one = Runtime._send_message
_AT_ONCE = 50  # messages; a window whose queue holds ten times as many is taken for gone


class LookedUp(Mapping[str, Any]):
    """A session's state as `SessionState.filtered_state` has it, by single keys; copied where all are asked for."""

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def __contains__(self, key: object) -> bool:
        return _of_ours(key) and key in self._state

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - a session holds anything
        if not _of_ours(key):
            raise KeyError(key)
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(copied(self._state))

    def __len__(self) -> int:
        return len(copied(self._state))

    def __repr__(self) -> str:
        return repr(copied(self._state))


def _of_ours(key: object) -> bool:
    return isinstance(key, str) and not is_element_id(key) and not _is_internal_key(key)


def copied(state: SessionState) -> dict[str, Any]:
    """All of it, as Streamlit itself copies it."""
    every: dict[str, Any] = _copied.__get__(state)
    return every


@cache
def _theme(section: str) -> CustomThemeConfig:
    theme = CustomThemeConfig()
    _populate(theme, section)
    return theme


def _same_theme(message: CustomThemeConfig, section: str = "theme") -> None:
    message.MergeFrom(_theme(section))


def _several(session: AppSession) -> list[Sequence[ForwardMsg]]:
    """In place of `AppSession.flush_browser_queue`: what waits for a window, some at a time."""
    waiting = session._browser_queue.flush()
    return [waiting[at : at + _AT_ONCE] for at in range(0, len(waiting), _AT_ONCE)]


def _send_several(runtime: Runtime, to: ActiveSessionInfo, messages: Sequence[ForwardMsg]) -> None:
    for message in messages:
        _send_one(runtime, to, message)


def lighten() -> None:
    """From now on, for all sessions. The settings are read by then and do not change while the server runs."""
    setattr(SessionState, "filtered_state", property(LookedUp))  # noqa: B010 - a property is not assigned to by name
    vars(app_session)["_populate_theme_msg"] = _same_theme
    setattr(AppSession, "flush_browser_queue", _several)  # noqa: B010 - of another type: it goes to the next alone
    setattr(Runtime, "_send_message", _send_several)  # noqa: B010 - as above
