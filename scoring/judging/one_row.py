"""Judging one row alone, for who is filling it in: what judging everything would say of it."""

from __future__ import annotations

from indicators.model import Indicator, Standard
from scoring.assessment import IndicatorResult, VetoResult
from scoring.context import judging_context
from scoring.judging.cross_checks import at_odds, blocking
from scoring.judging.levels import apply_finding, apply_veto_finding, findings_on
from scoring.judging.verdicts import judge_indicator, judge_veto
from scoring.submission import Level, Submission


def judge_row(
    submission: Submission, standard: Standard, row: Indicator, level: Level = "county"
) -> IndicatorResult | VetoResult:
    """The row of the standard as `scoring.judging.assess.assess` gives it at the level."""
    context = judging_context(submission, standard)
    found = at_odds(submission, standard, only_blocking=True, row=row)
    contradicted = blocking(found, submission, standard).get(row.id, ())
    if row.consequence == "veto":
        veto = judge_veto(row, submission.vetoes.get(row.id), context, contradicted)
        if level == "county":
            return veto
        return apply_veto_finding(row, veto, findings_on(row, submission, level, standard.vocabulary))
    own = judge_indicator(row, submission.answers.get(row.id), context, contradicted)
    if level == "county":
        return own
    return apply_finding(row, own, findings_on(row, submission, level, standard.vocabulary), context)
