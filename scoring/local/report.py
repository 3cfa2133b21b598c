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
    return {"policies": [_document(one) for one in profile.documents], "notes": list(profile.notes)}


def _document(one: DocumentProfile) -> dict[str, Any]:
    return {
        "id": one.policy.id,
        "title": one.policy.title,
        "number": one.policy.number,
        "chosen_by": one.chosen_by,
        "counts": one.counts,
        "checks": [_check(check) for check in one.checks],
        "shortfalls": [_shortfall(shortfall) for shortfall in one.shortfalls],
    }


def _check(one: LocalCheck) -> dict[str, Any]:
    place = one.place
    return {
        "id": one.id,
        "clause": one.clause.id,
        "object": one.commitment.object,
        "kind": one.commitment.kind,
        "state": one.state,
        "figure": one.figure,
        "promise": one.promise,
        "quote": one.commitment.quote,
        "responsible_units": list(one.clause.responsible_units),
        "conflicts_with": list(one.commitment.conflicts_with),
        "reads": None if place is None else {"kind": place.kind, "row": place.row, "id": place.id},
        "text": one.text,
        "next_step": one.found.next_step,
    }


def _shortfall(one: ShortfallWarning) -> dict[str, Any]:
    return {
        "clause": one.clause.id,
        "indicator": one.shortfall.indicator,
        "local": one.shortfall.local,
        "standard": one.shortfall.standard,
        "standards": [standard.id for standard in one.standards],
        "text": one.text,
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
        for one in document.checks:
            if one.state in _LISTED:
                yield f"  - [{states[one.state]}] {one.text}"
        if document.counts["needs_judgement"]:
            # 职责类承诺往往几十条：终端只报数，逐条见 --json 和对照表
            yield f"  - {states['needs_judgement']} {document.counts['needs_judgement']}项，不逐条列出。"
        yield from (f"  - [低于标准原文] {warning.inside}" for warning in document.shortfalls)
    yield from (f"  - {note}" for note in profile.notes)
