"""What a browser says of the fields of a form, as Streamlit's own messages."""

from __future__ import annotations

from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from ui.form_keys import FormKey, for_submission

_ID = "$$ID-0123456789abcdef0123456789abcdef-"
TAB = "tab000000001"
OTHER_TAB = "tab000000002"


def note_of(submission_id: int, field: str = "note", *, generation: int = 0, **changes: Any) -> FormKey:
    """A field of the form on 3.3.2."""
    return FormKey(for_submission(submission_id), "answer", "3.3.2", 0, generation, field)._replace(**changes)


def message(values: dict[FormKey | str, Any], **more: Any) -> bytes:
    """A rerun with these committed values; a key that is no form's stands as it is."""
    states = [_state(_ID + str(key), value) for key, value in values.items()]
    return BackMsg(rerun_script={"widget_states": WidgetStates(widgets=states), **more}).SerializeToString()


def _state(widget_id: str, value: Any) -> WidgetState:
    state = WidgetState(id=widget_id)
    match value:
        case None:
            pass
        case bool():
            state.bool_value = value
        case int():
            state.int_value = value
        case float():
            state.double_value = value
        case str():
            state.string_value = value
        case list():
            state.string_array_value.data.extend(value)
        case bytes():
            state.trigger_value = True
    return state
