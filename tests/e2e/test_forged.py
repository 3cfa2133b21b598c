"""Messages no browser sends, over a real websocket: the page says one sentence, and the next window is whole."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.websocket_session import Session, signed_in
from storage import open_store
from tests.e2e.conftest import COORDINATOR, started
from ui.form_keys import FormKey, submission_of
from workflow.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.soak]
# What a field of that kind never holds; Streamlit itself does not look.
TOLD = ("本页出现故障", "送来的选项不在所列之中")
FORGED: dict[str, dict[str, Any]] = {
    "text_area": {"bool_value": True},
    "text_input": {"double_value": float("nan")},
    "selectbox": {"int_value": 99},
    "radio": {"bytes_value": b"\xff"},
    "checkbox": {"json_value": "{"},
    "multiselect": {"string_value": "不是选项"},
}


class Listening(Session):
    """Hears what went wrong."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.faults: list[str] = []

    def _draw(self, path: tuple[int, ...], delta: Delta) -> None:
        super()._draw(path, delta)
        if delta.new_element.WhichOneof("type") in {"alert", "exception"}:
            self.faults.append(str(delta.new_element))


@pytest.fixture
def served(seeded: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    shutil.copytree(seeded, tmp_path / "var")
    with started(tmp_path) as address:
        yield address, tmp_path / "var"


async def forge(address: str, cookie: str, kind: str) -> tuple[list[str], FormKey, int]:
    """What the page says to it, which field it was, and how many widgets a new window has afterwards."""
    async with Listening(address, "assess", {"row": "3.3.2"}, cookie) as session:
        fields = [widget for widget in session.widgets if widget.kind == kind and FormKey.parse(widget.key)]
        state = WidgetState(id=fields[0].id)
        for name, value in FORGED[kind].items():
            setattr(state, name, value)
        session._values[fields[0].id] = state
        await session._ask(fields[0].fragment, None)
        said, key = session.faults, FormKey.parse(fields[0].key)
    assert key is not None
    async with Session(address, "assess", {"row": "3.3.2"}, cookie) as again:
        return said, key, sum(widget.enabled for widget in again.widgets)


def test_a_value_of_another_kind_harms_nobody(served) -> None:
    address, var = served
    cookie = signed_in(address, COORDINATOR, DEMO_PASSWORD)
    counts = []
    with ThreadPoolExecutor(1) as beside:  # this thread may hold a browser, whose loop is running
        for kind in FORGED:
            said, key, enabled = beside.submit(asyncio.run, forge(address, cookie, kind)).result()
            assert all(any(one in words for one in TOLD) and "Traceback" not in words for words in said), (kind, said)
            counts.append(enabled)
    assert len(set(counts)) == 1, counts
    with open_store(var=var) as store, store.read() as tx:
        lines = tx.entries.history(submission_of(key.scope), "answer", "3.3.2")
    assert len(lines) == 1, "nothing was saved"


async def choose_and_save(address: str, cookie: str, words: str) -> tuple[FormKey | None, list[str]]:
    """The claim set to words that are none of its options, and 保存 pressed; which field, and what the page says."""
    async with Listening(address, "assess", {"row": "3.3.2"}, cookie) as session:
        claim = next(widget for widget in session.widgets if widget.kind == "radio" and widget.key.endswith("-claim"))
        state = WidgetState(id=claim.id)
        state.string_value = words
        session._values[claim.id] = state
        await session.press(next(widget for widget in session.widgets if widget.key.endswith("save-3.3.2")))
        return FormKey.parse(claim.key), session.faults


def test_a_choice_that_is_none_of_the_options_leaves_what_is_stored(served) -> None:
    address, var = served
    cookie = signed_in(address, COORDINATOR, DEMO_PASSWORD)
    with ThreadPoolExecutor(1) as beside:
        key, said = beside.submit(asyncio.run, choose_and_save(address, cookie, "不存在的选项")).result()
    assert key is not None
    assert said
    assert all(TOLD[1] in words for words in said), said
    with open_store(var=var) as store, store.read() as tx:
        assert len(tx.entries.history(submission_of(key.scope), "answer", "3.3.2")) == 1
