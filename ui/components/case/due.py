"""The county's own deadline of a row, as pages show it."""

from __future__ import annotations

from ui.components import labels
from workflow.overview.gaps import Gap


def due_words(gap: Gap) -> str:
    """HTML of the county's own deadline, marked where it is over; empty without one."""
    if gap.due is None:
        return ""
    day = gap.due.isoformat()
    if gap.late:
        return f'<span class="dc-whole">{labels.tag(f"{day} 已过", "notice")}</span>'
    return f'<small class="dc-whole">{day}前</small>'
