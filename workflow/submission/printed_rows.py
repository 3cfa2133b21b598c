"""The rows of a submission in printed order."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.model.standard import Indicator, Standard

_VETOES = "一票否决"


def section_titles(standards: Sequence[Standard]) -> dict[str, str]:
    """The sections of these rows, id → title, in printed order; the vetoes are one of their own."""
    titles = {section.id: section.title for standard in standards for section in standard.sections}
    return {row.section: titles.get(row.section, _VETOES) for row in printed_rows(standards)}


def printed_rows(standards: Sequence[Standard]) -> tuple[Indicator, ...]:
    """Every row of the standards once, in printed order (the first standard's words), vetoes last."""
    rows: dict[str, Indicator] = {}
    for standard in standards:
        for row in standard.rows():
            rows.setdefault(row.id, row)
    return tuple(sorted(rows.values(), key=lambda row: row.consequence == "veto"))
