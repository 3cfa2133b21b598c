"""A reviewer's findings as entries, and what may be prepared from them: the items of a return.

Prepares and previews only; writing goes through `workflow.submission.saving`, judging through scoring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scoring.exchange.writing import part_data
from scoring.submission import Finding, ReviewLevel, Submission
from storage.canonical import Json
from workflow.procedure.doubts import open_doubts
from workflow.procedure.situation import RequestedItem
from workflow.remarks.notes import joined
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot

_WANTING = frozenset({"needs_correction", "not_met", "present"})


def methods_of(snapshot: SubmissionSnapshot, row_id: str) -> tuple[str, ...]:
    """评估方法 of a row under all standards of the round, in printed order, once each."""
    rows = (standard.row(row_id) for standard in snapshot.standards)
    return tuple(dict.fromkeys(method for row in rows if row is not None for method in row.methods))


def finding_body(finding: Finding) -> dict[str, Json]:
    """The exchange file's fragment of a finding."""
    parts = {
        "finding": finding.finding,
        "methods": list(finding.methods),
        "reason": (finding.reason or "").strip(),
        "date": finding.date.isoformat() if finding.date else None,
        "evidence": {name: list(ids) for name, ids in finding.evidence.items()},
        "searched": _as_json(part_data(finding.searched)),
        "measures": dict(finding.measures),
    }
    return {name: part for name, part in parts.items() if part}


def _as_json(searched: Mapping[str, Any] | None) -> dict[str, Json]:
    """Days as they are written."""
    return {name: part.isoformat() if isinstance(part, date) else part for name, part in (searched or {}).items()}


def content_with(snapshot: SubmissionSnapshot, level: ReviewLevel, row_id: str, finding: Finding) -> Submission:
    """The content as it would be with this finding; nothing is written."""
    findings = dict(snapshot.content.findings)
    findings[level] = {**findings.get(level, {}), row_id: finding}
    return replace(snapshot.content, findings=findings)


def correction_items(snapshot: SubmissionSnapshot, level: ReviewLevel) -> tuple[RequestedItem, ...]:
    """The findings 需补正, 未达标, 存在 and the open doubts as items of a return, in printed order: what is asked is
    the finding's reason, and what would settle the doubt."""
    findings = snapshot.content.findings.get(level, {})
    asked = {doubt.row_id: [doubt.settles] for doubt in open_doubts(snapshot, level)}
    for row_id, finding in findings.items():
        if finding.finding in _WANTING:
            asked[row_id] = [*([finding.reason] if finding.reason else []), *asked.get(row_id, [])]
    return tuple(
        RequestedItem(row.id, joined(asked[row.id])) for row in printed_rows(snapshot.standards) if row.id in asked
    )
