"""The verdict on one indicator: first match of DESIGN's precedence, with every reason found on the way."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.model import Indicator
from scoring.assessment import IndicatorResult, Reason, Verdict, VetoResult
from scoring.conditions import evaluate, unknown_facts
from scoring.context import JudgingContext
from scoring.judging.reasons import because, first_verdict, veto_state
from scoring.judging.row_reasons import RowReasons, collect_reasons
from scoring.submission import Answer
from scoring.visible_text import has_visible_text

_EMPTY = Answer()
_DENIALS = frozenset({"met", "not_applicable"})


def judge_indicator(
    row: Indicator, answer: Answer | None, context: JudgingContext, at_odds: Sequence[Reason] = ()
) -> IndicatorResult:
    """What the county's own answer gives under this standard; findings come after.

    ``at_odds``: why what the row says cannot be true beside what is said elsewhere.
    """
    answer = answer or _EMPTY
    if _denied_everywhere(answer, context):
        at_odds = (*at_odds, because("claims_deny_general", row))
    row_reasons = collect_reasons(row, answer, context)
    claim = answer.claim_for(context.standard.id)
    if claim == "not_applicable":
        contradicting = [reason for reason in at_odds if reason.kind.gives == "contradicted"]
        verdict, reasons = _not_applicable(row, answer, context, contradicting)
    else:
        reasons = _claim_reasons(row, claim, row_reasons)
        if claim == "met" or _filled(answer):
            reasons += (*_not_told_yet(at_odds, row_reasons.reasons), *row_reasons.reasons)
        verdict = first_verdict(reasons)
    return IndicatorResult(row.id, verdict, verdict, tuple(reasons), tuple(row_reasons.measures))


def _not_told_yet(at_odds: Sequence[Reason], own: Sequence[Reason]) -> list[Reason]:
    """A fact that the row's own measures miss already is not told a second time."""
    missed = {reason.given["fact_id"] for reason in own if reason.code == "fact_missing"}
    return [one for one in at_odds if one.code != "fact_of_check_missing" or one.given["fact_id"] not in missed]


def _denied_everywhere(answer: Answer, context: JudgingContext) -> bool:
    """Whether 未达标 stands as the claim, and every standard of the round has one of its own that denies it."""
    own = [answer.claims.get(standard) for standard in context.round_standards]
    return answer.claim == "not_met" and bool(own) and all(claim in _DENIALS for claim in own)


def _filled(answer: Answer) -> bool:
    """Whether there is anything besides the claim to speak about."""
    return bool(answer.measures or answer.judgements or answer.evidence or answer.nil_return)


def _claim_reasons(row: Indicator, claim: str | None, row_reasons: RowReasons) -> list[Reason]:
    if claim is None:
        return [because("unanswered", row)]
    if claim == "unsure":
        return [because("unsure", row)]
    if claim == "not_met":
        doubts = [because("figures_hold", row)] if row_reasons.all_hold else []
        return [because("claimed_not_met", row), *doubts]
    return []


def not_applicable_doubts(row: Indicator, context: JudgingContext) -> list[Reason]:
    """Why 不适用 is not permitted here; empty where the row's condition is false."""
    applies = evaluate(row.applies_when, context.facts)
    if applies is False:
        return []
    if row.applies_when is None:
        return [because("always_applies", row)]
    code, facts = "condition_holds", dict.fromkeys(row.applies_when.facts())
    if applies is None:
        code, facts = "condition_unknown", dict.fromkeys(unknown_facts(row.applies_when, context.facts))
    return [because(code, row, facts="、".join(context.fact_label(fact) for fact in facts))]


def _not_applicable(
    row: Indicator, answer: Answer, context: JudgingContext, at_odds: Sequence[Reason]
) -> tuple[Verdict, list[Reason]]:
    """``applies_when`` permits 不适用, it never sets it; a note is compulsory."""
    doubts = [*not_applicable_doubts(row, context), *at_odds]
    note = (answer.note or "").strip()
    if not has_visible_text(note):
        doubts.append(because("note_missing", row))
    if doubts:
        return "contradicted", doubts
    return "not_applicable", [because("not_applicable", row, note=note.rstrip("。"))]


_CLAIM_CODES = {None: "veto_undeclared", "present": "veto_declared_present", "clear": "veto_declared_clear"}


def judge_veto(
    row: Indicator, answer: Answer | None, context: JudgingContext, at_odds: Sequence[Reason] = ()
) -> VetoResult:
    """``clear`` only if declared so, and its figures, judgements and evidence hold; ``at_odds`` as above."""
    answer = answer or _EMPTY
    claim = answer.claim_for(context.standard.id)
    row_reasons = collect_reasons(row, answer, context)
    silent = claim is None and answer == _EMPTY
    reasons = [
        because(_CLAIM_CODES[claim], row),
        *(() if silent else (*_not_told_yet(at_odds, row_reasons.reasons), *row_reasons.reasons)),
    ]
    state = veto_state(reasons)
    return VetoResult(row.id, state, state, tuple(reasons), tuple(row_reasons.measures))
