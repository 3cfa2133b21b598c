"""This tool's own proof rule (本工具佐证规则): required evidence, when it is dated, what kind of paper it is, and the
signed 无此情形.

No document prescribes it, and every reason made here says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from indicators.model import Consequence, EvidenceRequirement, Indicator
from indicators.model.vocabulary import PHOTO_KIND, SCREENSHOT_KIND, STATEMENT_KIND
from scoring.assessment import Reason
from scoring.context import JudgingContext
from scoring.days import last_day
from scoring.judging.reasons import because
from scoring.kinds.outcomes import MeasureState
from scoring.submission import Answer, EvidenceItem
from scoring.wording import CutOffWords, KindWords, PeriodWords, WindowWords

_SPARED = frozenset({"settled", "not_asked"})
_PICTURES = frozenset({PHOTO_KIND, SCREENSHOT_KIND})


class _Flaw(NamedTuple):
    """Why a document proves nothing here: the code where it had to, the code beside one that does (None: not told)."""

    blocks: str
    warns: str | None


_UNDATED = _Flaw("evidence_undated", None)
_EXPIRED = _Flaw("evidence_expired", "evidence_expired_beside")
_OTHER_KIND = _Flaw("evidence_of_other_kind", "evidence_kind_unfit")
_IS_PHOTO = _Flaw("evidence_is_photo", "evidence_kind_unfit")
_OUTSIDE: Mapping[str, _Flaw] = {
    "in_force": _Flaw("evidence_not_in_force", "evidence_date_unfit"),
    "in_period": _Flaw("evidence_outside_period", "evidence_date_unfit"),
    "at_end": _Flaw("evidence_not_at_end", "evidence_date_unfit"),
}


def nil_return_stands(row: Indicator, answer: Answer, context: JudgingContext) -> bool:
    """Whether a registered 情况说明 of the end of the period says 无此情形."""
    document = answer.nil_return
    if document is None or not context.well_dated(document, row.consequence, "at_end"):
        return False
    return _states(context.register[document])


def _states(item: EvidenceItem) -> bool:
    """Whether it can be a statement: what no kind is given of is taken for what was asked."""
    return item.kind in {None, STATEMENT_KIND}


def nil_return_reasons(row: Indicator, answer: Answer, context: JudgingContext, *, proved: bool) -> Iterator[Reason]:
    """Why a nil return that was given does not stand; beside a row that is proved without it, that it is not needed."""
    if answer.nil_return is None or nil_return_stands(row, answer, context):
        return
    item = context.register.get(answer.nil_return)
    document = context.document_name(answer.nil_return)
    if proved:
        yield because("nil_return_stray", row, document=document)
    elif item is None:
        yield because("nil_return_unregistered", row, id=answer.nil_return)
    elif not _states(item):
        yield because(
            "nil_return_of_other_kind", row, document=document, kind=KindWords((item.kind or "",), context.standard)
        )
    elif item.date is None:
        yield because("nil_return_undated", row, document=document)
    else:
        window = context.windows[row.consequence]["at_end"]
        yield because(
            "nil_return_not_at_end",
            row,
            document=document,
            date=item.date,
            window=WindowWords(window, context.period),
        )


def lapsed_documents(row: Indicator, answer: Answer, context: JudgingContext) -> tuple[str, ...]:
    """Cited papers too old for the cut-off, where nothing cited for the same thing proves it: no longer valid, or of
    before the days at the end; a later cut-off makes a paper so that was good until then."""
    lapsed: list[str] = []
    for requirement in row.evidence:
        cited = [document for document in answer.evidence.get(requirement.id, ()) if document in context.register]
        flaws = {document: _flaw(row, requirement, document, context) for document in cited}
        if requirement.required and None not in flaws.values():
            lapsed += [
                document
                for document, flaw in flaws.items()
                if flaw is _EXPIRED or (flaw is _OUTSIDE["at_end"] and _before_the_end(row, document, context))
            ]
    nil_return = answer.nil_return
    if nil_return is not None and nil_return in context.register and _before_the_end(row, nil_return, context):
        lapsed.append(nil_return)
    return tuple(lapsed)


def _before_the_end(row: Indicator, document: str, context: JudgingContext) -> bool:
    day, first = context.register[document].date, context.windows[row.consequence]["at_end"].first
    return day is not None and first is not None and last_day(day) < first


def evidence_reasons(
    row: Indicator, answer: Answer, context: JudgingContext, states: Mapping[str, MeasureState]
) -> list[Reason]:
    """What is missing, wrongly dated or another kind of paper; ``states`` says which measures are asked and open."""
    reasons: list[Reason] = []
    for requirement in row.evidence:
        cited = answer.evidence.get(requirement.id, ())
        if (
            cited
            and all(context.well_dated(document, row.consequence, requirement.dated) for document in cited)
            and _as_asked(requirement, cited, context)
        ):
            continue
        needed = requirement.required and not _spared(requirement.supports, states)
        if cited or needed:
            reasons += _of_requirement(row, requirement, cited, context, needed=needed)
    return reasons


def _as_asked(requirement: EvidenceRequirement, cited: Iterable[str], context: JudgingContext) -> bool:
    """Whether all that is cited is of a kind asked for, as far as the register tells."""
    kinds = {context.register[document].kind for document in cited}
    return kinds <= {None, *requirement.kinds}


def _spared(supports: tuple[str, ...], states: Mapping[str, MeasureState]) -> bool:
    """Evidence for nothing that is still asked need not be given (无此情形, or 按县情不问)."""
    for measure in supports:
        if states.get(measure) not in _SPARED:
            return False
    return bool(supports)


def _of_requirement(
    row: Indicator, requirement: EvidenceRequirement, cited: Iterable[str], context: JudgingContext, *, needed: bool
) -> list[Reason]:
    """One registered document without a flaw is enough; if none is, each that was cited says why it does not count.

    Beside a good one, or where nothing need be proved, what is amiss is worth a look, no more.
    """
    registered = [document for document in cited if document in context.register]
    flawed = {document: _flaw(row, requirement, document, context) for document in registered}
    proving = [document for document, flaw in flawed.items() if flaw is None]
    reasons = [
        _about(row, requirement, context, "evidence_kind_differs", document)
        for document in proving
        if not _as_asked(requirement, (document,), context)
    ]
    if needed and not registered:
        window = WindowWords(context.windows[row.consequence][requirement.dated], context.period)
        otherwise = _WITHOUT_PROOF[row.consequence]
        return [because("evidence_missing", row, requirement, window=window, otherwise=otherwise)]
    for document, flaw in flawed.items():
        code = None if flaw is None else flaw.warns if proving or not needed else flaw.blocks
        if code is not None:
            reasons.append(_about(row, requirement, context, code, document))
    return reasons


# What is honest where no paper is dated rightly.
_WITHOUT_PROOF: Mapping[Consequence, str] = {
    "required": "把自评结论改为“未达标”",
    "veto": "在截止日前请有关部门出具，出具以前不要申明“不存在”",
}


def _flaw(row: Indicator, requirement: EvidenceRequirement, document: str, context: JudgingContext) -> _Flaw | None:
    """What keeps a registered document from proving this; a wrong kind is told before a wrong date."""
    item = context.register[document]
    if not _as_asked(requirement, (document,), context):
        if requirement.only_kind:
            return _OTHER_KIND
        if item.kind == PHOTO_KIND and not _PICTURES.intersection(requirement.kinds):
            return _IS_PHOTO
    if context.well_dated(document, row.consequence, requirement.dated):
        return None
    if item.date is None:
        return _UNDATED
    if context.windows[row.consequence][requirement.dated].holds(item.date):
        return _EXPIRED
    return _OUTSIDE[requirement.dated]


def _about(
    row: Indicator, requirement: EvidenceRequirement, context: JudgingContext, code: str, document: str
) -> Reason:
    item, window = context.register[document], context.windows[row.consequence][requirement.dated]
    return because(
        code,
        row,
        requirement,
        document=context.document_name(document),
        date=item.date,
        until=item.valid_until,
        kind=KindWords((item.kind or "",), context.standard),
        asked=KindWords(requirement.kinds, context.standard),
        period=PeriodWords(context.period),
        cut_off=CutOffWords(context.cut_off, context.period),
        window=WindowWords(window, context.period),
        otherwise=_WITHOUT_PROOF[row.consequence],
    )
