"""The county's own deadline of a row or local commitment, as pages show it."""

from __future__ import annotations

from datetime import date

from storage.clock import local_date, now
from ui.components import labels


def due_words(due: date | None, called: str = "") -> str:
    """HTML of the county's own deadline, marked where it is over; empty without one. ``called``: what a label says
    first, for where no heading does."""
    if due is None:
        return ""
    day = f"{called}{due.isoformat()}"
    if due < local_date(now()):
        return f'<span class="dc-whole">{labels.tag(f"{day} 已过", "notice")}</span>'
    return labels.tag(f"{day}前") if called else f'<small class="dc-whole">{day}前</small>'
