"""How much work something is, counted instead of timed: the same on a busy machine, late in a long run, on any day.

Times of a second measure whatever else the process holds (a full collection over a worker's heap takes as long) and
whatever else the machine does. A line run and a call made, of Python or of C, are counted wherever they happen below.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable


def work(doing: Callable[[], object]) -> int:
    """Lines run and calls made by it, in this thread. What a single call of C does inside is one call."""
    steps = 0

    def line(_frame: object, event: str, _given: object) -> object:
        nonlocal steps
        steps += event == "line"
        return line

    def call(_frame: object, event: str, _given: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    traced, profiled, collecting = sys.gettrace(), sys.getprofile(), gc.isenabled()
    gc.disable()  # what collecting calls back is none of the work
    sys.settrace(line)
    sys.setprofile(call)
    try:
        doing()
    finally:
        sys.setprofile(profiled)
        sys.settrace(traced)
        if collecting:
            gc.enable()
    return steps
