"""The fields of a finding beside its conclusion: methods, material looked at, single measures of a row of several."""

from __future__ import annotations

from collections.abc import Mapping

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
    """What the standards print for the row, then the others: one of those takes a word why."""
    printed = methods_of(opened.snapshot, row.id)
    ticked = stored.methods if stored else ()
    note = "标准列明的在前；用其他方法的，在理由里写明为什么" if printed else "标准没有列明方法"
    st.html(f'<p class="dc-field dc-inline"><b>采用的评估方法</b><small>{note}</small></p>')
    words = library().vocabulary.lists["methods"]
    used = []
    with st.container(key="row-items-methods"):
        for method in dict.fromkeys((*printed, *words)):
            mark = "" if method in printed or not printed else "（未列明）"
            if form.tick(f"methods/{method}", f"{words[method]}{mark}", method in ticked):
                used.append(method)
    return tuple(used)


def material_field(
    form: Form, opened: OpenedSubmission, row: Row, stored: Finding | None
) -> Mapping[str, tuple[str, ...]]:  # fmt: skip
    """The documents looked at, of those the county cites for the row: by what each is cited for."""
    content = opened.snapshot.content
    answer = (content.vetoes if row.veto else content.answers).get(row.id, Answer())
    was = stored.evidence if stored else {}
    seen = [item_id for ids in was.values() for item_id in ids]
    known = dict.fromkeys((*cited(answer), *seen))
    if not known:
        return was
    titles = {
        i: verbatim.plain(f"{i} {content.evidence[i].title or ''}".strip()) for i in known if i in content.evidence
    }
    chosen = form.several("evidence", "看过的材料（可不填）", titles, seen, empty="从县里所附的材料中选")
    places = {i: name for source in (answer.evidence, was) for name, ids in source.items() for i in ids}
    looked_at: dict[str, tuple[str, ...]] = {}
    for item_id in chosen:
        name = places.get(item_id, "other")
        looked_at[name] = (*looked_at.get(name, ()), item_id)
    return looked_at


def measures_field(form: Form, row: Row, stored: Finding | None) -> Mapping[str, str]:
    """Each measure of a row of several found by itself; folded away, for it need not be."""
    measures = row.asked()[0]
    was = stored.measures if stored else {}
    if row.veto or len(measures) < _SEVERAL:
        return was
    words = or_none("不单独认定", library().vocabulary.lists["findings"])
    with st.expander("各项数据分别认定（可不填，不影响结论）", expanded=bool(was)):
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
