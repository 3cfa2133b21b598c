"""What those have of the office's counties who are gone: told to everybody of the office until it is handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from ui.components import verbatim
from ui.components.workbench.line import line_html
from ui.navigation import DIVIDING
from workflow.overview.holder_words import holder_words
from workflow.overview.worklist import WorkLine
from workflow.reviewing.colleagues import Holder


def left_lying(lines: Sequence[WorkLine], holders: Mapping[str, Holder]) -> None:
    """A line for each of them, with the way to where it is handed over. Of running rounds."""
    running = (line for line in lines if line.round.closed_at is None)
    counted = Counter(name for line in running for name in set(line.shares.values()))
    for name, holder in holders.items():
        if counted[name] and not holder.here:
            told = f"{holder_words(holder)}的账号已停用或调离，名下还有 {counted[name]} 个县没有移交。"
            st.html(line_html(f'<p class="dc-waiting">{verbatim.markup(told)}</p>', DIVIDING, {}))
