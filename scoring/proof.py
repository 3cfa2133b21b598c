"""This tool's own proof rule (本工具佐证规则): required evidence, its dating, and the signed 无此情形.

No document prescribes it, and every reason made here says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from indicators.model import EvidenceRequirement, Indicator
from scoring.assessment import MeasureState, Reason
from scoring.circumstances import Circumstances
from scoring.reasons import because
from scoring.submission import Answer
from scoring.wording import PeriodWords

_SPARED = frozenset({"settled", "not_asked"})


def nil_return_stands(answer: Answer, around: Circumstances) -> bool:
    """Whether a registered document dated within the period says 无此情形."""
    item = around.register.get(answer.nil_return) if answer.nil_return is not None else None
    return item is not None and item.date is not None and around.well_dated(item.date, "in_period")


def nil_return_reasons(row: Indicator, answer: Answer, around: Circumstances) -> Iterator[Reason]:
    """Why a nil return that was given does not stand."""
    if answer.nil_return is None or nil_return_stands(answer, around):
        return
    item = around.register.get(answer.nil_return)
    document = around.document_name(answer.nil_return)
    if item is None:
        yield because("nil_return_unregistered", row, id=answer.nil_return)
    elif item.date is None:
        yield because("nil_return_undated", row, document=document)
    else:
        period = PeriodWords(around.period)
        yield because("nil_return_outside_period", row, document=document, date=item.date, period=period)


def evidence_reasons(
    row: Indicator, answer: Answer, around: Circumstances, states: Mapping[str, MeasureState]
) -> Iterator[Reason]:
    """What is missing or wrongly dated; ``states`` says which measures are asked and open."""
    for requirement in row.evidence:
        cited = answer.evidence.get(requirement.id, ())
        if requirement.required and not _spared(requirement.supports, states):
            yield from _required(row, requirement, cited, around)
        else:
            yield from _wrongly_dated(row, requirement, cited, around)


def _spared(supports: tuple[str, ...], states: Mapping[str, MeasureState]) -> bool:
    """Evidence for nothing that is still asked need not be given (无此情形, or 按县情不问)."""
    return bool(supports) and all(states.get(measure) in _SPARED for measure in supports)


def _required(
    row: Indicator, requirement: EvidenceRequirement, cited: Iterable[str], around: Circumstances
) -> Iterator[Reason]:
    """One registered, well-dated document is enough; if none is, each that was cited says why it does not count."""
    problems: list[Reason] = []
    proved = False
    for evidence_id in cited:
        item = around.register.get(evidence_id)
        if item is None:
            continue
        document = around.document_name(evidence_id)
        if item.date is None:
            problems.append(because("evidence_undated", row, requirement, document=document))
        elif around.well_dated(item.date, requirement.dated):
            proved = True
        else:
            code = "evidence_not_in_force" if requirement.dated == "in_force" else "evidence_outside_period"
            period = PeriodWords(around.period)
            problems.append(because(code, row, requirement, document=document, date=item.date, period=period))
    if proved:
        yield from _wrongly_dated(row, requirement, cited, around)
    elif problems:
        yield from problems
    else:
        yield because("evidence_missing", row, requirement)


def _wrongly_dated(
    row: Indicator, requirement: EvidenceRequirement, cited: Iterable[str], around: Circumstances
) -> Iterator[Reason]:
    """Documents that need not prove anything but are dated amiss: worth a look, no more."""
    for evidence_id in cited:
        item = around.register.get(evidence_id)
        if item is not None and item.date is not None and not around.well_dated(item.date, requirement.dated):
            document, period = around.document_name(evidence_id), PeriodWords(around.period)
            yield because("evidence_date_unfit", row, requirement, document=document, date=item.date, period=period)
