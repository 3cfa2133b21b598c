"""A row's reasons as HTML: one line each, with what to do next."""

from __future__ import annotations

from ui.components import labels, verbatim
from ui.components.rows.row import Row


def reasons_html(row: Row, *effects: str, several: bool, advice: bool = True) -> str:
    """HTML list of a row's reasons, each with whose rule it is and, where they differ, under which standards."""
    items = []
    for reason, standards in row.reasons(*effects):
        basis = labels.tag(f"依据：{labels.BASES[reason.basis]}", reason.basis)
        partly = several and len(standards) < len(row.judged)
        under = labels.tags(labels.short_name(standard) for standard in standards) if partly else ""
        items.append(f"<li>{verbatim.markup(labels.reason_words(reason, advice=advice))} {basis}{under}</li>")
    return f'<ul class="dc-reasons dc-verbatim">{"".join(items)}</ul>'


def chips(row: Row, *, several: bool) -> str:
    """HTML of a row's results: one chip where all standards agree, else one for each under its short name."""
    if several and len(set(row.states)) == 1:
        return labels.result_chip(row.first, row.judged[0].result)
    return " ".join(
        (labels.tag(labels.short_name(judged.standard)) if several else "")
        + labels.result_chip(judged.row, judged.result)
        for judged in row.judged
    )
