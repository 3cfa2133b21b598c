"""市级基础评价 and 省级实地评估: a level's finding stands in the place of the computed verdict (民函〔2018〕4号 三)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from indicators.model import Indicator
from scoring.assessment import IndicatorResult, Reason, Verdict, VetoResult, VetoState
from scoring.context import JudgingContext
from scoring.judging.reasons import because, with_effect
from scoring.judging.verdicts import not_applicable_doubts
from scoring.submission import Finding, ReviewLevel
from scoring.visible_text import has_visible_text

LEVEL_NAMES: Mapping[str, str] = {"county": "县级自评", "prefecture": "市级基础评价", "province": "省级实地评估"}
VERDICT_NAMES: Mapping[str, str] = {
    "met": "达标",
    "not_met": "未达标",
    "unproven": "佐证不足",
    "contradicted": "数据与自评不符",
    "needs_judgement": "待人工判断",
    "not_applicable": "不适用",
    "unanswered": "未填",
}
STATE_NAMES: Mapping[str, str] = {
    "clear": "无此情形",
    "present": "有此情形",
    "unproven": "佐证不足",
    "undeclared": "未申明",
}
_FINDING_NAMES: Mapping[str, str] = {
    "met": "达标",
    "not_met": "未达标",
    "not_applicable": "不适用",
    "needs_correction": "需补正",
    "clear": "不存在该情形",
    "present": "存在该情形",
}


_NOT_YET = "尚未评价"


def state_name(veto: VetoResult) -> str:
    """The state in words; unproven for want of a finding says so: nobody has found its evidence wanting."""
    return _NOT_YET if any(reason.code == "finding_missing" for reason in veto.reasons) else STATE_NAMES[veto.state]


class LevelFindings(NamedTuple):
    """The level that judges, its finding on the row if any, and the prefecture's beside a province's."""

    level: ReviewLevel
    finding: Finding | None
    prefecture: Finding | None = None


def findings_on(
    findings: Mapping[ReviewLevel, Mapping[str, Finding]], level: ReviewLevel, row_id: str
) -> LevelFindings:
    """``province`` does not build on the prefecture's findings; where they differ both are listed."""
    prefecture = findings.get("prefecture", {}).get(row_id) if level == "province" else None
    return LevelFindings(level, findings.get(level, {}).get(row_id), prefecture)


def apply_finding(row: Indicator, own: IndicatorResult, on: LevelFindings, context: JudgingContext) -> IndicatorResult:
    """The indicator at a review level: the finding replaces everything but 未填."""
    if own.computed == "unanswered":
        return IndicatorResult(row.id, own.verdict, own.computed, own.reasons + _ignored(row, on), own.measures)
    verdict, reasons = _indicator_verdict(row, own.computed, on, context)
    return IndicatorResult(row.id, verdict, own.computed, _beside(reasons, row, on, own.reasons), own.measures)


def apply_veto_finding(row: Indicator, own: VetoResult, on: LevelFindings) -> VetoResult:
    """The veto at a review level: the finding replaces everything but 未申明, and of that only its own 存在该情形."""
    # 上级认定存在的，情形已经存在，县里没有申明也不能使它不算数（本工具读法）；认定不存在则不能代替县级申明。
    present = on.finding is not None and on.finding.finding == "present"
    if own.computed == "undeclared" and not present:
        return VetoResult(row.id, own.state, own.computed, own.reasons + _ignored(row, on), own.measures)
    state, reason = _veto_verdict(row, own.computed, on)
    return VetoResult(row.id, state, own.computed, _beside([reason], row, on, own.reasons), own.measures)


def _ignored(row: Indicator, on: LevelFindings) -> tuple[Reason, ...]:
    return () if on.finding is None else (because("finding_ignored", row, level=LEVEL_NAMES[on.level]),)


def _beside(reasons: list[Reason], row: Indicator, on: LevelFindings, own: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The finding's reasons first, then the other level's, then the county's own, which no longer decide."""
    other = on.prefecture
    if other is not None and on.finding is not None and other.finding != on.finding.finding:
        reasons = [
            *reasons,
            because(
                "prefecture_finding_differs",
                row,
                theirs=_FINDING_NAMES[other.finding],
                finding=_FINDING_NAMES[on.finding.finding],
                because=_clause(other.reason),
            ),
        ]
    return (*reasons, *(with_effect(r, "warns") if r.effect == "blocks" else r for r in own))


def _clause(reason: str | None) -> str:
    said = (reason or "").strip().rstrip("。")
    return f"，理由：{said}" if said else ""


def _say(code: str, row: Indicator, on: LevelFindings, computed: str) -> Reason:
    finding = on.finding
    return because(
        code,
        row,
        level=LEVEL_NAMES[on.level],
        finding=_FINDING_NAMES[finding.finding] if finding else "",
        because=_clause(finding.reason if finding else None),
        computed=computed,
    )


def _has_reason(finding: Finding) -> bool:
    return has_visible_text(finding.reason)


def _indicator_verdict(
    row: Indicator, computed: Verdict, on: LevelFindings, context: JudgingContext
) -> tuple[Verdict, list[Reason]]:
    finding, name = on.finding, VERDICT_NAMES[computed]
    if finding is None:
        return "needs_judgement", [_say("finding_missing", row, on, name)]
    if finding.finding == "not_met":
        return "not_met", [_say("finding_not_met", row, on, name)]
    if finding.finding == "needs_correction":
        return "unproven", [_say("finding_needs_correction", row, on, name)]
    if finding.finding == "not_applicable":
        # Held to the same rule as the county's claim: a false condition and a reason.
        if not_applicable_doubts(row, context) or not _has_reason(finding):
            return "contradicted", [_say("finding_not_applicable_refused", row, on, name)]
        return "not_applicable", [_say("finding_not_applicable", row, on, name)]
    if computed == "met":
        return "met", [_say("finding_met", row, on, name)]
    if _has_reason(finding):
        return "met", [_say("finding_overrules", row, on, name)]
    return "needs_judgement", [_say("finding_reason_missing", row, on, name)]


def _veto_verdict(row: Indicator, computed: VetoState, on: LevelFindings) -> tuple[VetoState, Reason]:
    finding, name = on.finding, STATE_NAMES[computed]
    if finding is None:
        return "unproven", _say("finding_missing", row, on, name)
    if finding.finding == "present":
        return "present", _say("finding_present", row, on, name)
    if finding.finding == "needs_correction":
        return "unproven", _say("finding_needs_correction", row, on, name)
    if computed == "clear":
        return "clear", _say("finding_met", row, on, name)
    if _has_reason(finding):
        return "clear", _say("finding_overrules", row, on, name)
    return "unproven", _say("finding_reason_missing", row, on, name)
