"""A document's commitments read through, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from indicators.references import heading_alone
from scoring.local.profile import DocumentProfile, LocalCheck
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.local.picture import shortfalls_here
from ui.components.local.words import clause_link, place_link, state_chip, wanting
from workflow.submission.local_assigning import key_of


def checks_table(
    document: DocumentProfile,
    checks: Sequence[LocalCheck],
    submission: Submission,
    submission_id: int | None,
    given: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """The checks as one table, a line for each clause above its own. ``given``: departments by `key_of`."""
    if not checks:
        st.html('<p class="dc-quiet">没有这样的承诺。</p>')
        return
    head = "<tr><th>情况</th><th>承诺</th><th>文件所印</th><th>本县的情况</th></tr>"
    lines, clause = [], None
    for one in checks:
        if one.clause.id != clause:
            clause = one.clause.id
            units = "、".join(one.clause.responsible_units)
            told = f"<small>责任单位：{verbatim.markup(units)}</small>" if units else ""
            weak = shortfalls_here(document.shortfalls_at_clause(one.clause))
            head_words = f"{clause_link(one)}　{verbatim.markup(heading_alone(one.clause))}"
            lines.append(f'<tr><th colspan="4">{head_words}{told}{weak}</th></tr>')
        weak = shortfalls_here(document.shortfalls_at(one))
        lines.append(_line(one, submission, submission_id, weak, given.get(key_of(one), ())))
    st.html(f'<table class="dc-table dc-local-table"><thead>{head}</thead><tbody>{"".join(lines)}</tbody></table>')


def _line(one: LocalCheck, submission: Submission, submission_id: int | None, weak: str, units: Sequence[str]) -> str:
    whose = f"<small>分工：{verbatim.markup('、'.join(units))}</small>" if units else ""
    given = submission.local.answers.get(one.policy, {}).get(one.id)
    reason = getattr(given, "reason", None) if one.place is None else None
    figure = verbatim.markup(one.figure) if one.figure else ""
    said = f"<small>理由：{verbatim.markup(reason)}</small>" if reason else ""
    step = f"<small>{verbatim.markup(one.found.next_step)}</small>" if one.found.next_step and figure else ""
    reads = f"<small>{place_link(one, submission_id)}</small>" if one.place else ""
    kind = labels.word("commitment_kinds", one.commitment.kind)
    promised = "" if one.commitment.kind == "duty" else verbatim.markup(one.promise)
    quoted = f"<small>“{verbatim.markup(one.commitment.quote)}”</small>{weak}"
    return (
        f'<tr class="dc-verbatim"><td>{state_chip(one.state)}</td><td>{verbatim.markup(one.commitment.object)}'
        f"<small>{verbatim.markup(kind)}</small>{whose}</td><td>{promised}"
        f"{quoted}</td><td>{figure or '—'}{said}{wanting(one, given)}{step}{reads}</td></tr>"
    )
