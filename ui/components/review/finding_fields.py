"""The fields of a finding beside its conclusion: methods, material looked at, single measures of a row of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.submission import Answer, Finding
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms.form import Form
from ui.components.forms.raw import or_none
from ui.components.review.answer_given import cited
from ui.components.rows.row import Row
from ui.rules import library
from workflow.procedure.findings import methods_of

_SEVERAL = 2


def methods_field(form: Form, opened: OpenedSubmission, row: Row, stored: Finding | None) -> tuple[str, ...]:
    """What the standards print for the row; where they print nothing, all."""
    printed = methods_of(opened.snapshot, row.id)
    note = "标准对本项列明的方法" if printed else "标准没有列明方法"
    st.html(f'<p class="dc-field dc-inline"><b>采用的评估方法</b><small>{note}</small></p>')
    with st.container(key="row-items-methods"):
        return _ticked(form, printed or tuple(library().vocabulary.lists["methods"]), stored)


def _ticked(form: Form, methods: Sequence[str], stored: Finding | None) -> tuple[str, ...]:
    words, was = library().vocabulary.lists["methods"], stored.methods if stored else ()
    return tuple(method for method in methods if form.tick(f"methods/{method}", words[method], method in was))


def further_fields(form: Form, opened: OpenedSubmission, row: Row, stored: Finding | None) -> Finding:
    """What need not be filled in, folded: other methods, the material looked at, single measures; as of a finding."""
    printed = methods_of(opened.snapshot, row.id)
    others = [m for m in library().vocabulary.lists["methods"] if printed and m not in printed]
    begun = stored is not None and bool(stored.evidence or stored.measures or set(stored.methods) & set(others))
    used: tuple[str, ...] = ()
    with st.expander("其他方法、看过的材料、各项数据（可不填）", expanded=begun):
        if others:
            st.html('<p class="dc-field"><small>标准没有列明的方法，用了的，在理由里写明为什么：</small></p>')
            with st.container(key="row-items-others"):
                used = _ticked(form, others, stored)
        evidence = _material(form, opened, row, stored)
        return Finding("", used, evidence=evidence, measures=_measures(form, row, stored))


def _material(
    form: Form, opened: OpenedSubmission, row: Row, stored: Finding | None
) -> Mapping[str, tuple[str, ...]]:  # fmt: skip
    """The documents looked at, of those the county cites for the row: by what each is cited for."""
    content = opened.snapshot.content
    answer = (content.vetoes if row.veto else content.answers).get(row.id, Answer())
    was = stored.evidence if stored else {}
    seen = [item_id for ids in was.values() for item_id in ids]
    known = [item_id for item_id in dict.fromkeys((*cited(answer), *seen)) if item_id in content.evidence]
    if not known:
        return was
    titles = {
        item_id: verbatim.plain(f"{item_id} {content.evidence[item_id].title or ''}".strip()) for item_id in known
    }
    chosen = form.several("evidence", "看过的材料", titles, seen, empty="从县里所附的材料中选")
    places = {i: name for source in (answer.evidence, was) for name, ids in source.items() for i in ids}
    looked_at: dict[str, tuple[str, ...]] = {}
    for item_id in chosen:
        name = places.get(item_id, "other")
        looked_at[name] = (*looked_at.get(name, ()), item_id)
    return looked_at


def _measures(form: Form, row: Row, stored: Finding | None) -> Mapping[str, str]:
    """Each measure of a row of several found by itself."""
    measures = row.asked()[0]
    if row.veto or len(measures) < _SEVERAL:
        return stored.measures if stored else {}
    was = stored.measures if stored else {}
    words = or_none("不单独认定", library().vocabulary.lists["findings"])
    st.html('<p class="dc-field"><small>各项数据分别认定，只作说明，不影响结论：</small></p>')
    chosen = {
        measure.id: form.choice(f"measures/{measure.id}", measure.label, words, was.get(measure.id), folded=True)
        for measure in measures
    }
    return {name: word for name, word in chosen.items() if word}


def measures_html(row: Row, finding: Finding) -> str:
    """HTML of what was found of single measures; empty where nothing was."""
    names = {measure.id: measure.label for measure in row.measures()}
    parts = (f"{names.get(i, i)} {labels.word('findings', word)}" for i, word in finding.measures.items())
    words = "；".join(parts)
    return f'<p class="dc-verbatim">分别认定：{verbatim.markup(words)}</p>' if words else ""
