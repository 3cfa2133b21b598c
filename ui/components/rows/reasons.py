"""A row's reasons as HTML: one line each, with what to do next."""

from __future__ import annotations

from collections.abc import Callable

from scoring.assessment import Reason
from scoring.wording import DocumentName
from ui.components import labels, places, verbatim
from ui.components.rows.row import Row

FormOf = Callable[[str], str]  # the address of the form of a document in the register


def reasons_html(row: Row, *effects: str, several: bool, advice: bool = True, form_of: FormOf | None = None) -> str:
    """HTML list of a row's reasons, each with whose rule it is and, where they differ, under which standards.

    ``form_of``: for who keeps the register; the document a reason names leads to its form.
    """
    items = []
    for reason, standards in row.reasons(*effects):
        basis = labels.tag(f"依据：{labels.BASES[reason.basis]}", reason.basis)
        partly = several and len(standards) < len(row.judged)
        under = labels.tags(labels.short_name(standard) for standard in standards) if partly else ""
        items.append(f"<li>{_words(reason, form_of, advice=advice)} {basis}{under}</li>")
    return f'<ul class="dc-reasons dc-verbatim">{"".join(items)}</ul>'


def _words(reason: Reason, form_of: FormOf | None, *, advice: bool) -> str:
    words, document = labels.reason_words(reason, advice=advice), reason.given.get("document")
    if form_of is None or not isinstance(document, DocumentName):
        return verbatim.markup(words)
    before, named, after = words.rpartition(f"“{document}”")
    linked = places.link(form_of(document.id), named, elsewhere=True) if named else ""
    return f"{verbatim.markup(before)}{linked}{verbatim.markup(after)}"


def chips(row: Row, *, several: bool) -> str:
    """HTML of a row's results: one chip where all standards agree, else one for each under its short name."""
    if several and len(set(row.states)) == 1:
        return labels.result_chip(row.first, row.judged[0].result)
    return " ".join(
        (labels.tag(labels.short_name(judged.standard)) if several else "")
        + labels.result_chip(judged.row, judged.result)
        for judged in row.judged
    )
