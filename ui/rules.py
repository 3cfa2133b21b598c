"""The rules and the samples of this installation, read once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indicators import load_library
from indicators.model import Library

SAMPLES = Path(__file__).parent.parent / "sample_submissions"


@cache
def library() -> Library:
    """The installed rules (``RULES_DIR``, else the product's own); raises `ProblemsError` when they are broken.

    Plain, frozen data: all sessions share it.
    An ordinary cache, not Streamlit's: any client may ask Streamlit to empty its own.
    """
    return load_library()
