"""The text of a file's bytes, read by `extracting` in a process of its own with a time limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from workflow.file_text.passages import WHOLE, FileText, Passage

_ROOT = Path(__file__).parents[2]
_PASSED_ON = frozenset({"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"})  # not the service's settings, which hold passwords
_PATIENCE = 25.0  # seconds; the reading itself stops sooner
_AT_ONCE = BoundedSemaphore(2)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_FAILED = FileText((), (f"{WHOLE}（读不出来，或者用时过长）",))


def text_of(data: bytes) -> FileText:
    """What the file says; nothing is raised: what could not be read is in ``unread``."""
    if data.startswith(_PICTURES):
        return FileText((), (f"{WHOLE}（图片，没有文字）",))
    known = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "workflow.file_text.extracting"],
                input=data,
                capture_output=True,
                timeout=_PATIENCE,
                check=True,
                env={**known, "PYTHONPATH": str(_ROOT)},
            )
            passages, unread = json.loads(done.stdout)
        except (subprocess.SubprocessError, OSError, ValueError):
            return _FAILED
    return FileText(tuple(Passage(*one) for one in passages), tuple(unread))
