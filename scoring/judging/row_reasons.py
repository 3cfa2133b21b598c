"""Everything that speaks for or against one row: its measures, the nil return, the evidence. Claims come elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indicators.model import Indicator, Measure
from scoring.assessment import MeasureResult, MeasureState, Reason
from scoring.conditions import evaluate, unknown_facts
from scoring.judging.context import Asked, JudgingContext
from scoring.judging.figures import judge
from scoring.judging.nil_returns import handled_without_cases, nil_return_is_irrelevant
from scoring.judging.outcomes import Outcome, also
from scoring.judging.proof import evidence_reasons, nil_return_reasons, nil_return_stands
from scoring.judging.reasons import because
from scoring.submission import Answer
from scoring.wording import Labels

_DECIDED = frozenset({"holds", "settled", "not_asked"})


class RowReasons(NamedTuple):
    """All measures as judged, and every reason found, in the statement's order."""

    measures: Sequence[MeasureResult]
    reasons: Sequence[Reason]

    @property
    def all_hold(self) -> bool:
        """Whether figures and judgements all reach what is asked."""
        return all(measure.state in _DECIDED for measure in self.measures)


def collect_reasons(row: Indicator, answer: Answer, context: JudgingContext) -> RowReasons:
    """Judge every measure of the row and its proof. All reasons are listed, so a county sees all of it in one go."""
    nil_stands = nil_return_stands(answer, context)
    results: list[MeasureResult] = []
    reasons: list[Reason] = []
    states: dict[str, MeasureState] = {}
    needs: dict[str, list[Measure]] = {}
    not_asked: list[Measure] = []
    for measure in row.measures:
        state, figure, found, open_facts = _judge(Asked(row, measure, answer, context, nil_stands))
        states[measure.id] = state
        results.append(MeasureResult(measure, state, context.facts, figure))
        reasons += found
        for fact in open_facts:
            needs.setdefault(fact, []).append(measure)
        if state == "not_asked":
            not_asked.append(measure)
    if not_asked:
        reasons.append(because("not_asked", row, measures=Labels(tuple(not_asked))))
    if needs:
        reasons += [_fact_reason(row, fact, measures, context) for fact, measures in needs.items()]
    if answer.nil_return is not None:
        of_it = _of_no_use if nil_stands else nil_return_reasons
        reasons += of_it(row, answer, context)
    reasons += evidence_reasons(row, answer, context, states)
    return RowReasons(results, reasons)


def _of_no_use(row: Indicator, answer: Answer, context: JudgingContext) -> Iterator[Reason]:
    """A nil return that stands though nothing asked in the row could be settled by it."""
    put = (Asked(row, measure, answer, context, nil_stands=True) for measure in row.measures)
    if all(
        evaluate(asked.measure.applies_when, context.facts) is False or nil_return_is_irrelevant(asked) for asked in put
    ):
        yield because("nil_return_unused", row, document=context.document_name(answer.nil_return or ""))


def _judge(asked: Asked) -> Outcome:
    condition = asked.measure.applies_when
    asks = condition is None or evaluate(condition, asked.context.facts)
    if asks:
        outcome = judge(asked)
        if asked.nil_stands and handled_without_cases(asked):
            document = asked.context.document_name(asked.answer.nil_return or "")
            return also(outcome, (because("handled_without_cases", asked.row, asked.measure, document=document),))
        return outcome
    if asks is None:
        needs = tuple(dict.fromkeys(unknown_facts(condition, asked.context.facts)))
        judged_only = all(_is_judged(fact, asked.context) for fact in needs)
        return Outcome("open" if judged_only else "missing", None, (), needs)
    given = asked.measure.id in asked.answer.measures or asked.measure.id in asked.answer.judgements
    warned = (because("figure_not_asked", asked.row, asked.measure),) if given else ()
    return Outcome("not_asked", None, warned)


def _is_judged(fact_id: str, context: JudgingContext) -> bool:
    fact = context.standard.facts.get(fact_id)
    return fact is not None and fact.kind == "judged"


def _fact_reason(row: Indicator, fact_id: str, measures: list[Measure], context: JudgingContext) -> Reason:
    """One reason per fact that is not given, naming all that hangs on it."""
    code = "judged_fact_missing" if _is_judged(fact_id, context) else "fact_missing"
    return because(code, row, fact=context.fact_label(fact_id), measures=Labels(tuple(measures)), fact_id=fact_id)
