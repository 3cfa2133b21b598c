"""A document's commitments as a table, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from indicators.references import heading_alone
from scoring.local.profile import DocumentProfile, LocalCheck
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.local.picture import shortfalls_here
from ui.components.local.words import clause_link, given_tags, place_link, state_chip, wanting
from ui.components.table import table
from workflow.assignment import Assignment
from workflow.submission.local_assigning import key_of


def checks_table(
    document: DocumentProfile,
    checks: Sequence[LocalCheck],
    submission: Submission,
    submission_id: int | None,
    assigned: Mapping[str, Assignment] = MappingProxyType({}),
) -> None:
    """The checks as one table, each clause's under a line of its own. ``assigned``: to whom, by `key_of`."""
    if not checks:
        st.html('<p class="dc-quiet">没有这样的承诺。</p>')
        return
    lines, clause = [], None
    for check in checks:
        if check.clause.id != clause:
            clause = check.clause.id
            units = "、".join(check.clause.responsible_units)
            units_html = f"<small>责任单位：{verbatim.markup(units)}</small>" if units else ""
            weak = shortfalls_here(document.shortfalls_at_clause(check.clause))
            head_words = f"{clause_link(check)}　{verbatim.markup(heading_alone(check.clause))}"
            lines.append(f'<tr><th colspan="4">{head_words}{units_html}{weak}</th></tr>')
        weak = shortfalls_here(document.shortfalls_at(check))
        lines.append(_line(check, submission, submission_id, weak, assigned.get(key_of(check))))
    st.html(table(("情况", "承诺", "文件所印", "本县的情况"), lines, "dc-local-table"))


def _line(
    check: LocalCheck, submission: Submission, submission_id: int | None, weak: str, given: Assignment | None
) -> str:
    whose = f"<small>{given_tags(given)}</small>" if given else ""
    answer = submission.local.answers.get(check.policy, {}).get(check.id)
    reason = getattr(answer, "reason", None) if check.place is None else None
    figure = verbatim.markup(check.figure) if check.figure else ""
    reason_html = f"<small>理由：{verbatim.markup(reason)}</small>" if reason else ""
    step = f"<small>{verbatim.markup(check.standing.next_step)}</small>" if check.standing.next_step and figure else ""
    reads = f"<small>{place_link(check, submission_id)}</small>" if check.place else ""
    kind = labels.word("commitment_kinds", check.commitment.kind)
    promised = "" if check.commitment.kind == "duty" else verbatim.markup(check.promise)
    quoted = f"<small>“{verbatim.markup(check.commitment.quote)}”</small>{weak}"
    return (
        f'<tr class="dc-verbatim"><td>{state_chip(check.state)}</td><td>{verbatim.markup(check.commitment.object)}'
        f"<small>{verbatim.markup(kind)}</small>{whose}</td><td>{promised}"
        f"{quoted}</td><td>{figure or '—'}{reason_html}{wanting(check, answer)}{step}{reads}</td></tr>"
    )
