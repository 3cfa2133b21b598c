"""The rows of a submission in printed order."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.model.standard import Indicator, Standard


def printed_rows(standards: Sequence[Standard]) -> tuple[Indicator, ...]:
    """Every row of the standards once, in printed order (the first standard's words), vetoes last."""
    found: dict[str, Indicator] = {}
    for standard in standards:
        for row in standard.rows():
            found.setdefault(row.id, row)
    return tuple(sorted(found.values(), key=lambda row: row.consequence == "veto"))
