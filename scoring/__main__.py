"""Composition root of ``python -m scoring``."""

from __future__ import annotations

import os
import sys

from scoring.cli import main


def _start() -> int:
    # A pipe or console in another encoding must not fail on a rare character in a county's own text.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return main(sys.argv[1:], sys.stdout, sys.stderr)
    except BrokenPipeError:
        # The reader of our output went away; leave quietly, and keep the interpreter from flushing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(_start())
