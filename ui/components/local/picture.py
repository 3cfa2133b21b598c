"""Each document as a bar of its commitments' states, and its warnings: where it is weaker than the standard."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.local.profile import LOCAL_STATES, DocumentProfile, LocalProfile, ShortfallWarning, both_claimed
from scoring.local.wording import document_name
from ui.components import labels, places, verbatim
from ui.components.bar import bar, told
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.local.words import ADVISORY, state_chip
from ui.rules import library


def state_bars(profile: LocalProfile) -> None:
    """One bar per document with the legend; screen readers get the numbers in words."""
    bars = "".join(_bar(document) for document in profile.documents)
    legend = "".join(state_chip(state) for state in LOCAL_STATES)
    tag = labels.tag(f"本工具对照，{ADVISORY}", "tool")
    st.html(f'<figure class="dc-figure dc-local">{bars}</figure><p class="dc-legend">图例 {legend} {tag}</p>')


def _bar(document: DocumentProfile) -> str:
    counts = document.counts
    parts = [(state, counts[state], verbatim.markup(labels.word("local_states", state))) for state in LOCAL_STATES]
    name = places.link(places.document_address(document.policy.id), document_name(document.policy), elsewhere=True)
    return bar(name, parts, told(parts), f"已达到 {counts['kept']}/{len(document.checks)}")


def shortfalls(document: DocumentProfile) -> None:
    """The document's warnings, folded: there may be many."""
    if not document.shortfalls:
        return
    with st.expander(f"低于指导标准原文的 {len(document.shortfalls)} 处（本工具读法）"):
        st.html(
            f'<div class="dc-detail"><ul>{"".join(_warning(warning) for warning in document.shortfalls)}</ul></div>'
        )


def shortfalls_here(warnings: Sequence[ShortfallWarning]) -> str:
    """HTML of the warnings at a clause or commitment; empty for none."""
    if not warnings:
        return ""
    items = "".join(_warning(warning) for warning in warnings)
    return f'<div class="dc-detail dc-local-warning"><ul>{items}</ul><small>本工具读法，{ADVISORY}</small></div>'


def shortfalls_at_row(opened: OpenedSubmission, row_id: str) -> None:
    """On an indicator's page: the local documents that fall short of its words, and where both are claimed."""
    clauses = (clause for policy in opened.rules.policies.values() for clause in policy.clauses)
    if not any(shortfall.indicator == row_id for clause in clauses for shortfall in clause.shortfalls):
        return  # of most rows: comparing the county with all its documents takes longer than drawing the row
    warnings = opened.local.shortfalls_of(row_id)
    if not warnings:
        return
    items = "".join(_warning(warning, named=True) for warning in warnings)
    both = both_claimed(opened.local, opened.submission, row_id)
    items += "".join(f'<li class="dc-verbatim"><b>{verbatim.markup(claim.text)}</b></li>' for claim in both)
    tag = labels.tag(f"本工具读法，{ADVISORY}", "tool")
    st.html(f'<div class="dc-detail dc-local-warning"><h3>地方文件低于本条原文 {tag}</h3><ul>{items}</ul></div>')


def _warning(warning: ShortfallWarning, *, named: bool = False) -> str:
    local, weak = warning.clause, warning.shortfall
    clause = places.clause_link(library(), warning.policy.id, local.id, elsewhere=True)
    document = f"{verbatim.markup(document_name(warning.policy))} " if named else ""
    which = "" if warning.everywhere else labels.tags(labels.short_name(standard) for standard in warning.standards)
    address = places.standard_address(warning.standards[0].id, weak.indicator)
    row = "本条" if named else f"指标 {places.link(address, weak.indicator, elsewhere=True)}"
    return (
        f'<li class="dc-verbatim">{document}{clause} 写“{verbatim.markup(weak.local)}”，{row}{which} '
        f"要求“{verbatim.markup(weak.standard)}”<br><small>{verbatim.markup(labels.without_ours(weak.note))}</small></li>"
    )


def unused_answers(sentences: Sequence[str]) -> None:
    """The county's answers that no applicable document uses, as sentences."""
    if sentences:
        items = "".join(f"<li>{verbatim.markup(sentence)}</li>" for sentence in sentences)
        st.html(f'<div class="dc-slips dc-verbatim"><p>没有采用的填报：</p><ul>{items}</ul></div>')
