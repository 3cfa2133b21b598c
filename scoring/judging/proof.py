"""This tool's own proof rule (本工具佐证规则): required evidence, its dating, and the signed 无此情形.

No document prescribes it, and every reason made here says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from indicators.model import EvidenceRequirement, Indicator
from scoring.assessment import Reason
from scoring.context import JudgingContext
from scoring.judging.reasons import because
from scoring.kinds.outcomes import MeasureState
from scoring.submission import Answer
from scoring.wording import PeriodWords

_SPARED = frozenset({"settled", "not_asked"})


def nil_return_stands(answer: Answer, context: JudgingContext) -> bool:
    """Whether a registered document dated within the period says 无此情形."""
    return answer.nil_return is not None and answer.nil_return in context.well_dated["in_period"]


def nil_return_reasons(row: Indicator, answer: Answer, context: JudgingContext) -> Iterator[Reason]:
    """Why a nil return that was given does not stand."""
    if answer.nil_return is None or nil_return_stands(answer, context):
        return
    item = context.register.get(answer.nil_return)
    document = context.document_name(answer.nil_return)
    if item is None:
        yield because("nil_return_unregistered", row, id=answer.nil_return)
    elif item.date is None:
        yield because("nil_return_undated", row, document=document)
    else:
        period = PeriodWords(context.period)
        yield because("nil_return_outside_period", row, document=document, date=item.date, period=period)


def evidence_reasons(
    row: Indicator, answer: Answer, context: JudgingContext, states: Mapping[str, MeasureState]
) -> list[Reason]:
    """What is missing or wrongly dated; ``states`` says which measures are asked and open."""
    reasons: list[Reason] = []
    for requirement in row.evidence:
        cited = answer.evidence.get(requirement.id, ())
        if cited and context.well_dated[requirement.dated].issuperset(cited):
            continue
        needed = requirement.required and not _spared(requirement.supports, states)
        if cited or needed:
            reasons += _of_requirement(row, requirement, cited, context, needed=needed)
    return reasons


def _spared(supports: tuple[str, ...], states: Mapping[str, MeasureState]) -> bool:
    """Evidence for nothing that is still asked need not be given (无此情形, or 按县情不问)."""
    for measure in supports:
        if states.get(measure) not in _SPARED:
            return False
    return bool(supports)


def _of_requirement(
    row: Indicator, requirement: EvidenceRequirement, cited: Iterable[str], context: JudgingContext, *, needed: bool
) -> list[Reason]:
    """One registered, well-dated document is enough; if none is, each that was cited says why it does not count.

    Beside a good one, or where nothing need be proved, documents dated amiss are worth a look, no more.
    """
    proved = False
    amiss: list[tuple[str, date | None]] = []
    for evidence_id in cited:
        item = context.register.get(evidence_id)
        if item is None:
            continue
        if evidence_id in context.well_dated[requirement.dated]:
            proved = True
        else:
            amiss.append((evidence_id, item.date))
    if proved or not needed:
        return [
            _unfit(row, requirement, context, "evidence_date_unfit", document=evidence_id, day=day)
            for evidence_id, day in amiss
            if day
        ]
    if not amiss:
        return [because("evidence_missing", row, requirement)]
    code = "evidence_not_in_force" if requirement.dated == "in_force" else "evidence_outside_period"
    return [
        because("evidence_undated", row, requirement, document=context.document_name(evidence_id))
        if day is None
        else _unfit(row, requirement, context, code, document=evidence_id, day=day)
        for evidence_id, day in amiss
    ]


def _unfit(
    row: Indicator, requirement: EvidenceRequirement, context: JudgingContext, code: str, *, document: str, day: date
) -> Reason:
    name, period = context.document_name(document), PeriodWords(context.period)
    return because(code, row, requirement, document=name, date=day, period=period)
