"""The assessment as JSON-ready data (DESIGN §9: other programs call it) and as Chinese lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.model import Library, Scheme, Vocabulary
from scoring.assessment import (
    PASSED,
    Assessment,
    IndicatorResult,
    MeasureResult,
    Reason,
    StandardAssessment,
    VetoResult,
)
from scoring.judging.cross_checks import figures_at_odds
from scoring.judging.duplicate_citations import places_of_document
from scoring.judging.levels import verdict_name
from scoring.submission import Submission
from scoring.wording import eligibility


def as_json(submission: Submission, assessment: Assessment, file: str) -> dict[str, Any]:
    """``{submission, level, standards, warnings}``; numbers of a score are ints where whole, else exact strings."""
    return {
        "submission": {
            "file": file,
            "round": submission.round.id,
            "division": {"code": submission.division.code, "name": submission.division.name},
        },
        "level": assessment.level,
        "eligible": assessment.eligible,
        "standards": {standard: _standard(judged) for standard, judged in assessment.standards.items()},
        "warnings": [_warning(reason) for reason in assessment.warnings],
    }


def _standard(judged: StandardAssessment) -> dict[str, Any]:
    return {
        "eligible": judged.eligible,
        "fingerprint": judged.fingerprint,
        "score": {
            "scheme": judged.score.scheme,
            "value": _number(judged.score.value),
            "of": _number(judged.score.of),
        },
        "counts": dict(judged.counts),
        "vetoes": [
            {"id": veto.id, "state": veto.state, "computed": veto.computed, **_found(veto)} for veto in judged.vetoes
        ],
        "indicators": {
            row: {"verdict": result.verdict, "computed": result.computed, **_found(result)}
            for row, result in judged.indicators.items()
        },
    }


def _found(result: IndicatorResult | VetoResult) -> dict[str, Any]:
    return {
        "reasons": [_reason(reason) for reason in result.reasons],
        "measures": [_measure(measure) for measure in result.measures],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "basis": reason.basis,
        "effect": reason.effect,
        "text": reason.text,
        "measure": reason.measure,
        "figure": reason.figure,
        "threshold": reason.threshold,
        "quote": reason.quote,
        "clause": reason.clause,
        "next_step": reason.next_step,
    }


def _warning(reason: Reason) -> dict[str, Any]:
    """A reason; a cross-check's also names the check and every figure or document with its place."""
    places = [
        {
            "fact": place.ref.fact,
            "row": place.ref.row,
            "measure": place.ref.measure,
            "part": place.ref.part,
            "label": place.label,
            "figure": str(place.amount),
        }
        for place in figures_at_odds(reason)
    ] or [
        {
            "row": place.ref.row,
            "evidence": place.ref.evidence,
            "label": place.label,
            "document": place.document,
            "title": place.title,
        }
        for place in places_of_document(reason)
    ]
    return _reason(reason) | ({"check": reason.given["check"], "places": places} if places else {})


def _measure(measure: MeasureResult) -> dict[str, Any]:
    return {
        "id": measure.id,
        "state": measure.state,
        "figure": measure.figure,
        "threshold": measure.threshold,
    }


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else str(value)


# --- for people -----------------------------------------------------------------------------------------------------


def as_lines(submission: Submission, assessment: Assessment, library: Library, scheme: Scheme) -> Iterator[str]:
    """What a person reads: eligibility, vetoes, counts, and each indicator short of met with its reasons.

    Names and reasons quote what people typed, just as they typed it: show them with ``indicators.reading.visible``.
    """
    period = submission.round.period
    yield f"{submission.division.name}（{submission.division.code}）　批次 {submission.round.id}"
    cut_off = "" if submission.round.apply_by is None else f"　截止日 {submission.round.apply_by}"
    level = library.vocabulary.label("levels", assessment.level)
    yield f"申报期 {period.first} 至 {period.last}{cut_off}　{level}"
    for standard_id, judged in assessment.standards.items():
        yield ""
        yield from _standard_lines(judged, library.standards[standard_id].title, library.vocabulary, scheme)
    if assessment.warnings:
        yield ""
        yield "提示（不影响结论）："
        yield from (f"  - {reason.text}" for reason in assessment.warnings)
    if len(assessment.standards) > 1:
        yield ""
        together = eligibility(assessment.level, eligible=assessment.eligible)
        yield f"合计：须同时符合以上各标准，结论为{together}。"


def _standard_lines(judged: StandardAssessment, title: str, vocabulary: Vocabulary, scheme: Scheme) -> Iterator[str]:
    yield f"【{judged.standard}】{title}"
    yield f"结论：{eligibility(judged.level, eligible=judged.eligible)}"
    if judged.vetoes:
        yield "一票否决：" + "　".join(f"{veto.id} {verdict_name(veto, vocabulary)}" for veto in judged.vetoes)
    counts = (f"{vocabulary.label('verdicts', verdict)} {count}" for verdict, count in judged.counts.items())
    yield "指标：" + "　".join(counts)
    yield f"进度：{_progress(judged)}（本工具进度数，非文件规定；计分办法：{scheme.title}）"
    short = [result for result in judged.results if result.outcome not in PASSED]
    if short:
        yield "尚未达到的："
    for result in short:
        yield f"  {result.id} {verdict_name(result, vocabulary)}"
        yield from _reason_lines(result.reasons)


def _progress(judged: StandardAssessment) -> str:
    value, whole = judged.score.value, judged.score.of
    if not whole:
        return "—"
    tenths = value * 1000 // whole
    return f"{_number(value)}/{_number(whole)}，{tenths / 10:f}%"


def _reason_lines(reasons: tuple[Reason, ...]) -> Iterator[str]:
    """What blocks, and what a finding overruled; mere warnings stand together at the end."""
    yield from (f"    - {reason.text}" for reason in reasons if reason.kind.effect == "blocks")
