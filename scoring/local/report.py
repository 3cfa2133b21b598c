"""地方文件对照 as JSON-ready data and as Chinese lines: a section of its own, never mixed with the verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.local.profile import LOCAL_STATES, DocumentProfile, LocalCheck, LocalProfile, ShortfallWarning
from scoring.local.wording import document_name

HEADLINE = "地方文件对照（不影响评估结论）"
_LISTED = frozenset({"short", "unfilled"})


def local_as_json(profile: LocalProfile) -> dict[str, Any]:
    """``{policies: [{id, title, chosen_by, counts, checks, shortfalls}], notes}``."""
    return {"policies": [_document(document) for document in profile.documents], "notes": list(profile.notes)}


def _document(document: DocumentProfile) -> dict[str, Any]:
    return {
        "id": document.policy.id,
        "title": document.policy.title,
        "number": document.policy.number,
        "chosen_by": document.chosen_by,
        "counts": document.counts,
        "checks": [_check(check) for check in document.checks],
        "shortfalls": [_shortfall(shortfall) for shortfall in document.shortfalls],
    }


def _check(check: LocalCheck) -> dict[str, Any]:
    place = check.place
    return {
        "id": check.id,
        "clause": check.clause.id,
        "object": check.commitment.object,
        "kind": check.commitment.kind,
        "state": check.state,
        "figure": check.figure,
        "promise": check.promise,
        "quote": check.commitment.quote,
        "responsible_units": list(check.clause.responsible_units),
        "conflicts_with": list(check.commitment.conflicts_with),
        "reads": None if place is None else {"kind": place.kind, "row": place.row, "id": place.id},
        "text": check.text,
        "next_step": check.standing.next_step,
    }


def _shortfall(warning: ShortfallWarning) -> dict[str, Any]:
    return {
        "clause": warning.clause.id,
        "indicator": warning.shortfall.indicator,
        "local": warning.shortfall.local,
        "standard": warning.shortfall.standard,
        "standards": [standard.id for standard in warning.standards],
        "text": warning.text,
    }


def local_lines(profile: LocalProfile, states: Mapping[str, str]) -> Iterator[str]:
    """For a terminal: per document the counts, what is open or short, and the shortfalls. ``states``: the labels."""
    if not profile.documents and not profile.notes:
        return
    yield ""
    yield f"{HEADLINE}："
    for document in profile.documents:
        yield f"【{document.policy.id}】{document.policy.title}"
        if document.policy.number:
            yield f"  文号：{document_name(document.policy)}"
        yield "  承诺：" + "　".join(f"{states[state]} {document.counts[state]}" for state in LOCAL_STATES)
        for check in document.checks:
            if check.state in _LISTED:
                yield f"  - [{states[check.state]}] {check.text}"
        if document.counts["needs_judgement"]:
            # 职责类承诺往往几十条：终端只报数，逐条见 --json 和对照表
            yield f"  - {states['needs_judgement']} {document.counts['needs_judgement']}项，不逐条列出。"
        yield from (f"  - [低于标准原文] {warning.inside}" for warning in document.shortfalls)
    yield from (f"  - {note}" for note in profile.notes)
