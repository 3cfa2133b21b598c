"""The product, writing one line for each statement, transaction's end, reading and judging to the file that COUNT_FILE
names."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy import Connection, Engine, event

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import workflow.content  # noqa: E402 - run as a script from anywhere
from ui.web.errors import on_script_error  # noqa: E402 - as above
from ui.web.stack import MIDDLEWARE, ROUTES  # noqa: E402 - as above
from ui.web.startup import prepare  # noqa: E402 - as above
from ui.web.wake_ups import woken_once  # noqa: E402 - as above
from workflow.office import Office  # noqa: E402 - as above

_FILE = Path(os.environ["COUNT_FILE"])
_LOCK = threading.Lock()


def note(what: str, words: str) -> None:
    """A line: what happened, and the beginning of the statement."""
    with _LOCK, _FILE.open("a", encoding="utf-8") as lines:
        lines.write(f"{what}\t{' '.join(words.split())[:150]}\n")


def counted(what: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, noted whenever it is called."""

    def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - passes on whatever it gets
        note(what, function.__name__)
        return function(*given, **named)

    return noted


@event.listens_for(Engine, "before_cursor_execute")
def _statement(*about: Any) -> None:  # noqa: ANN401 - connection, cursor, statement, parameters, context, many
    note("statement", about[2])


@event.listens_for(Engine, "commit")
@event.listens_for(Engine, "rollback")
def _end(_connection: Connection) -> None:
    note("end", "")


vars(workflow.content)["read_submission_data"] = counted("reading", workflow.content.read_submission_data)
Office.judge = counted("judging", Office.judge)  # type: ignore[method-assign] - only to count
prepare()
SCRIPT = str(ROOT / "ui" / "main.py")
app = st.App(SCRIPT, lifespan=woken_once, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=on_script_error)
