"""The rows of a submission in printed order."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.model.standard import Indicator, Standard


def printed_rows(standards: Sequence[Standard]) -> tuple[Indicator, ...]:
    """Every row of the standards once, in printed order (the first standard's words), vetoes last."""
    rows: dict[str, Indicator] = {}
    for standard in standards:
        for row in standard.rows():
            rows.setdefault(row.id, row)
    return tuple(sorted(rows.values(), key=lambda row: row.consequence == "veto"))
