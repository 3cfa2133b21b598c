"""What a browser's websocket message says: whether a person did something, and the values of forms' fields."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from storage.canonical import Json
from ui.form_keys import FormKey

MOST_PARSED = 8 << 20  # bytes; a page of forms sends a few hundred thousand at most
_LISTS = {"string_array_value", "int_array_value"}
_PLAIN = {"string_value", "bool_value", "int_value"}


def parsed(data: bytes) -> BackMsg:
    """The message; an empty one where it is none, or longer than any page of ours sends."""
    message = BackMsg()
    if len(data) <= MOST_PARSED:
        try:
            message.ParseFromString(data)
        except DecodeError:
            return BackMsg()
    return message


def by_a_person(sent: BackMsg) -> bool:
    """Whether it comes of something a person did, not of a fragment's timer or a heartbeat."""
    kind = sent.WhichOneof("type")
    if kind == "rerun_script":
        return not sent.rerun_script.is_auto_rerun
    return kind not in {"app_heartbeat", "load_git_info", None}


def form_values(sent: BackMsg) -> dict[str, Json]:
    """The committed values of the forms' fields on the page, by the fields' keys (`ui.form_keys`); buttons are none."""
    values: dict[str, Json] = {}
    for state in sent.rerun_script.widget_states.widgets:
        name = _field_name(state.id)
        if name is None:
            continue
        kind = state.WhichOneof("value")
        if kind is None or kind in _PLAIN:
            values[name] = None if kind is None else getattr(state, kind)
        elif kind in _LISTS:
            values[name] = list(getattr(state, kind).data)
        elif kind == "double_value":
            values[name] = _figure(state)
    return values


def beside_forms(states: Iterable[WidgetState]) -> dict[str, bytes]:
    """What those widgets say that are no form's fields, by their ids; pressed buttons are not among them."""
    return {
        state.id: state.SerializeToString(deterministic=True)
        for state in states
        if _field_name(state.id) is None and not _pressed(state)
    }


def pressed(sent: BackMsg) -> bool:
    """Whether it tells of a button pressed."""
    return any(_pressed(state) for state in sent.rerun_script.widget_states.widgets)


def for_the_whole_page(sent: BackMsg) -> bytes:
    """The message without the fragment that Streamlit's page bound it to."""
    whole = BackMsg()
    whole.CopyFrom(sent)
    whole.rerun_script.fragment_id = ""
    data: bytes = whole.SerializeToString()
    return data


def _pressed(state: WidgetState) -> bool:
    return (state.WhichOneof("value") or "").endswith("trigger_value")


@lru_cache(maxsize=1 << 14)
def _field_name(widget_id: str) -> str | None:
    """The key of a form's field; every message names all fields of the page again."""
    key = FormKey.of_widget(widget_id)
    return None if key is None else str(key)


def _figure(state: WidgetState) -> Decimal | None:
    figure = Decimal(repr(state.double_value))
    return figure if figure.is_finite() else None
