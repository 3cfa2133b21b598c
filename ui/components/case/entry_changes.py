"""Two versions of an entry in words, side by side: what is not the same in them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from storage.canonical import Json
from ui.components import verbatim
from workflow.targets import Target
from workflow.words.changes import changed_lines
from workflow.words.entries import Content, entry_lines


def before_and_after(judged: Content, target: Target, before: Json, after: Json) -> None:
    """What one version says that the other does not, on the left and on the right; None = it was or is not there."""
    pairs = changed_lines(entry_lines(judged, target, before), entry_lines(judged, target, after))
    left, right = st.columns(2)
    left.html(_side("改动前", [(label, old) for label, old, _ in pairs], exists=before is not None))
    right.html(_side("改动后", [(label, new) for label, _, new in pairs], exists=after is not None))


def _side(title: str, lines: Sequence[tuple[str, str | None]], *, exists: bool) -> str:
    listed = "".join(
        f"<dt>{verbatim.markup(label or '内容')}</dt><dd>{verbatim.markup('（没有）' if text is None else text)}</dd>"
        for label, text in lines
    )
    body = f'<dl class="dc-wanting dc-verbatim">{listed}</dl>' if exists else "<p>（没有）</p>"
    return f'<article class="dc-detail"><h3>{title}</h3>{body}</article>'
