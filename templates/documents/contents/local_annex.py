"""地方文件对照 as an annex: each local document's commitments beside the county's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.local.profile import LOCAL_STATES, DocumentProfile, LocalCheck


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One commitment of a local document beside the county's figure."""

    clause: str
    object: str
    promise: str
    figure: str
    state: str


@dataclass(frozen=True, slots=True)
class LocalDocument:
    """One local document that applies."""

    document: str
    counts: str
    commitments: tuple[LocalRow, ...]
    shortfalls: tuple[str, ...]


def local_document(document: DocumentProfile, states: Mapping[str, str]) -> LocalDocument:
    """``states``: the labels of ``local_states``."""
    counts = "，".join(f"{states[state]}{document.counts[state]}项" for state in LOCAL_STATES if document.counts[state])
    number = document.policy.number or ""
    return LocalDocument(
        f"{document.policy.title}（{number}）" if number else document.policy.title,
        counts,
        tuple(_commitment(check, states) for check in document.checks),
        tuple(warning.inside for warning in document.shortfalls),
    )


def _commitment(check: LocalCheck, states: Mapping[str, str]) -> LocalRow:
    printed = f"“{check.commitment.quote}”" if check.commitment.kind == "duty" else check.promise
    return LocalRow(check.clause.id, check.commitment.object, printed, check.figure or "未填", states[check.state])
