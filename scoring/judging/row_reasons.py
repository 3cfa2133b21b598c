"""Reasons for one row's verdict: failed thresholds, missing proof, contradictions; claims come in `verdicts`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indicators.model import NEVER, Indicator, Measure
from scoring.assessment import MeasureResult, Reason
from scoring.conditions import evaluate, unknown_facts
from scoring.context import JudgingContext, Question
from scoring.judging.proof import evidence_reasons, nil_return_reasons, nil_return_stands
from scoring.judging.reason_codes import CODES
from scoring.judging.reasons import because
from scoring.kinds.nil_returns import above_zero, handled_without_cases, nil_return_is_irrelevant, settles
from scoring.kinds.outcomes import MeasureState, Outcome, Said, also, say
from scoring.kinds.registry import judge_measure
from scoring.submission import Answer
from scoring.wording import Labels, quoted

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
    nil_stands = nil_return_stands(row, answer, context)
    results: list[MeasureResult] = []
    reasons: list[Reason] = []
    states: dict[str, MeasureState] = {}
    wanting: dict[str, frozenset[str]] = {}
    needs: dict[str, list[Measure]] = {}
    not_asked: list[Measure] = []
    for measure in row.measures:
        state, figure, said, open_facts = _judge(Question(row, measure, answer, context, nil_stands))
        states[measure.id] = state
        results.append(MeasureResult(measure, state, context.facts, figure))
        # 两项读同一处所填的数：那处没有填好，只说一次
        told = wanting.get(measure.same_figures_as or "", frozenset())
        reasons += [_reason(row, measure, one, context) for one in said if one.code not in told]
        if state == "missing":
            wanting[measure.id] = frozenset(one.code for one in said)
        for fact in open_facts:
            needs.setdefault(fact, []).append(measure)
        if state == "not_asked" and measure.applies_when != NEVER:
            not_asked.append(measure)
    if not_asked:
        facts = quoted(dict.fromkeys(name for measure in not_asked for name in _resting_on(measure, context)))
        reasons.append(because("not_asked", row, facts=facts, measures=Labels(tuple(not_asked))))
    if needs:
        reasons += [_fact_reason(row, fact, measures, context) for fact, measures in needs.items()]
    reasons += evidence_reasons(row, answer, context, states)
    if answer.nil_return is not None:
        proved = all(reason.effect != "blocks" for reason in reasons)
        reasons += _irrelevant_nil_return(row, answer, context) if nil_stands else ()
        reasons += nil_return_reasons(row, answer, context, proved=proved)
    return RowReasons(results, reasons)


def _irrelevant_nil_return(row: Indicator, answer: Answer, context: JudgingContext) -> Iterator[Reason]:
    """A nil return that stands though nothing asked in the row could be settled by it."""
    questions = (Question(row, measure, answer, context, nil_stands=True) for measure in row.measures)
    if all(
        evaluate(question.measure.applies_when, context.facts) is False or nil_return_is_irrelevant(question)
        for question in questions
    ):
        yield because("nil_return_unused", row, document=context.document_name(answer.nil_return or ""))


def _reason(row: Indicator, measure: Measure, said: Said, context: JudgingContext) -> Reason:
    """With a figure the reason tells the threshold too, for which it keeps the county's facts."""
    kind = CODES[said.code]
    return Reason(
        kind, kind.effect, row, measure, said.given, said.figure, None if said.figure is None else context.facts
    )


def _judge(question: Question) -> Outcome:
    measure, answer, context = question.measure, question.answer, question.context
    condition = measure.applies_when
    applies = True if condition is None else evaluate(condition, context.facts)
    if applies:
        outcome = _former(question) or judge_measure(question)
        if question.nil_stands and handled_without_cases(question):
            document = context.document_name(answer.nil_return or "")
            return also(outcome, (say("handled_without_cases", document=document),))
        return outcome
    if applies is None and condition is not None:
        needs = tuple(dict.fromkeys(unknown_facts(condition, context.facts)))
        judged_only = all(_is_judged(fact, context) for fact in needs)
        return Outcome("open" if judged_only else "missing", None, (), needs)
    answered = measure.id in answer.measures or measure.id in answer.judgements
    facts = quoted(_resting_on(measure, context))
    return Outcome("not_asked", None, (say("figure_not_asked", facts=facts),) if answered else ())


def _resting_on(measure: Measure, context: JudgingContext) -> list[str]:
    """The facts that say whether the measure is asked, by their labels."""
    condition = measure.applies_when
    return [] if condition is None else [context.fact_label(fact) for fact in dict.fromkeys(condition.facts())]


def _former(question: Question) -> Outcome | None:
    """What was given for what the measure replaces: shown, but it answers another question."""
    measure, answer = question.measure, question.answer
    given = next((answer.measures[former] for former in measure.replaces if former in answer.measures), None)
    if given is None or question.figure is not None or (settles(question) and not above_zero(given)):
        return None
    as_if = question._replace(answer=replace(answer, measures={**answer.measures, measure.id: given}))
    figure = judge_measure(as_if).figure
    return Outcome("missing", figure, (say("figure_replaced", figure),))


def _is_judged(fact_id: str, context: JudgingContext) -> bool:
    fact = context.standard.facts.get(fact_id)
    return fact is not None and fact.kind == "judged"


def _fact_reason(row: Indicator, fact_id: str, measures: list[Measure], context: JudgingContext) -> Reason:
    """One reason per fact that is not given, naming all that hangs on it."""
    code = "judged_fact_missing" if _is_judged(fact_id, context) else "fact_missing"
    return because(code, row, fact=context.fact_label(fact_id), measures=Labels(tuple(measures)), fact_id=fact_id)
