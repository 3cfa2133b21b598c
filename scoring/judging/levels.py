"""市级基础评价 and 省级实地评估: a level's finding stands in the place of the computed verdict (民函〔2018〕4号 三)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from indicators.model import Indicator, Vocabulary
from scoring.assessment import PASSED, IndicatorResult, Reason, Verdict, VetoResult, VetoState
from scoring.context import JudgingContext
from scoring.judging.reasons import because, with_effect
from scoring.judging.verdicts import not_applicable_doubts
from scoring.searched import SEARCHED_LABELS, Searched
from scoring.submission import Finding, ReviewLevel, Submission
from scoring.substance import LEAST_DIFFERENT, LEAST_HAN, NOT_WRITTEN, compared, reason_lacks
from scoring.wording import plain

_NOT_YET = "尚未评价"
_LACKING = {
    "数据缺项": frozenset(
        {"figure_missing", "figure_half", "year_missing", "total_not_split", "fact_missing", "fact_of_check_missing"}
    ),
    "缺佐证材料": frozenset({"evidence_missing"}),
}
# The labels of a veto's finding name no object: 认定存在该情形.
# Every finding but a clean 达标 and 不存在, which have rules of their own.
OWES_A_REASON = frozenset({"not_met", "present", "needs_correction", "not_applicable"})
_LEAST_PLATFORM = 2  # letters of a platform's name: “无” is none
SEARCHING = "public_opinion_monitoring"  # a method of the vocabulary: 舆情监测
_AT_FAULT = {
    "finding_reason_thin": ("reason",),
    "finding_reason_missing": ("reason",),
    "finding_cannot_clear": ("finding",),
    "finding_cannot_reconcile": ("finding",),
}
_VETO_OBJECT = {"clear": "该情形", "present": "该情形"}


def verdict_name(result: IndicatorResult | VetoResult, vocabulary: Vocabulary) -> str:
    """The verdict or state in words; a veto unproven only for want of a finding is 尚未评价."""
    if isinstance(result, IndicatorResult):
        return vocabulary.label("verdicts", result.verdict)
    return _state_name(result.state, {reason.code for reason in result.reasons}, vocabulary)


def outcome_name(row: Indicator, outcome: str, codes: Collection[str], vocabulary: Vocabulary) -> str:
    """The same where only the codes of its reasons are at hand."""
    if row.consequence != "veto":
        return vocabulary.label("verdicts", outcome)
    return _state_name(outcome, codes, vocabulary)


def outcome_words(row: Indicator, outcome: str, blocking: Collection[str], vocabulary: Vocabulary) -> str:
    """The same; 佐证不足 names what is lacking, a figure or a document."""
    words = outcome_name(row, outcome, blocking, vocabulary)
    if outcome != "unproven" or words != _label(row, outcome, vocabulary):
        return words
    lacks = [word for word, wanting in _LACKING.items() if not wanting.isdisjoint(blocking)]
    return f"{words}（{'、'.join(lacks)}）" if lacks else words


def _label(row: Indicator, outcome: str, vocabulary: Vocabulary) -> str:
    return vocabulary.label("veto_states" if row.consequence == "veto" else "verdicts", outcome)


def _state_name(state: str, codes: Collection[str], vocabulary: Vocabulary) -> str:
    return _NOT_YET if "finding_missing" in codes else vocabulary.label("veto_states", state)


class LevelFindings(NamedTuple):
    """The level that judges, its finding on the row if any, and the prefecture's beside a province's.

    ``vocabulary``: the labels of the standard judged by. ``alike``: on how many rows the level gives that same reason.
    """

    vocabulary: Vocabulary
    level: ReviewLevel
    finding: Finding | None
    prefecture: Finding | None = None
    alike: int = 1

    @property
    def level_name(self) -> str:
        """市级基础评价, 省级实地评估."""
        return self.vocabulary.label("levels", self.level)

    @property
    def has_substance(self) -> bool:
        """Whether the finding's reason says more than its verdict, and not the same on row after row."""
        return not self.reason_lacks

    @property
    def reason_lacks(self) -> str:
        """What is wrong with the finding's reason, as it follows 理由; empty where nothing is."""
        return reason_lacks(self.finding.reason if self.finding else None, self.alike, self.vocabulary)

    @property
    def clear_lacks(self) -> dict[str, str]:
        """What it does not tell of how, what, where and when the level itself looked for the event it rules out: the
        finding's field (``searched/scope``) and its label.
        """
        finding = self.finding or Finding("clear")
        lacks = {"methods": "评估方法"} if not finding.methods else {}
        lacks |= {"date": "认定日期"} if finding.date is None else {}
        lacks |= {"reason": f"查核情况（理由{self.reason_lacks}）"} if not self.has_substance else {}
        if SEARCHING in finding.methods:
            searched = finding.searched or Searched()
            lacks |= {f"searched/{name}": words for name, words in search_lacks(searched, self.vocabulary)}
            if finding.date is not None and searched.date is not None and searched.date > finding.date:
                lacks["searched/date"] = f"认定日期（{finding.date}）以前的检索日期（所填的是 {searched.date}）"
        return lacks

    def finding_name(self, row: Indicator, finding: Finding) -> str:
        """A finding in words, as it stands in a sentence."""
        if row.consequence == "veto":
            label = self.vocabulary.label("veto_findings", finding.finding)
            return label + _VETO_OBJECT.get(finding.finding, "")
        return self.vocabulary.label("findings", finding.finding)


def search_lacks(searched: Searched, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """What the record of a search leaves out or says too little of: the field, and its label."""
    enough = f"不少于{LEAST_HAN}个汉字"
    if lacking := reason_lacks(searched.scope, 1, vocabulary):
        yield "scope", SEARCHED_LABELS["scope"] if lacking == NOT_WRITTEN else f"具体的检索范围和关键词（{enough}）"
    if sum(map(str.isalpha, searched.where or "")) < _LEAST_PLATFORM:
        yield "where", SEARCHED_LABELS["where"]
    for name in ("date", "results"):
        if getattr(searched, name) is None:
            yield name, SEARCHED_LABELS[name]
    if searched.results and reason_lacks(searched.results_note, 1, vocabulary):
        yield "results_note", f"{SEARCHED_LABELS['results_note']}（有{plain(searched.results)}件结果，说明{enough}）"


def findings_on(row: Indicator, submission: Submission, level: ReviewLevel, vocabulary: Vocabulary) -> LevelFindings:
    """``province`` does not build on the prefecture's findings; where they differ both are listed, and one against the
    county stands until the prefecture changes it (民函〔2018〕4号 三（二）: 再次确认), whether or not the county says
    that there is one.
    """
    found = submission.findings.get(level, {})
    own = found.get(row.id)
    prefecture = submission.findings.get("prefecture", {}).get(row.id) if level == "province" else None
    words = [compared(one.reason) for one in found.values()]
    alike = 1 if own is None else words.count(compared(own.reason))
    return LevelFindings(vocabulary, level, own, prefecture, alike)


def apply_finding(row: Indicator, own: IndicatorResult, on: LevelFindings, context: JudgingContext) -> IndicatorResult:
    """The indicator at a review level: the finding replaces everything but 未填 and what can be true of no county."""
    if own.computed == "unanswered":
        reasons_there = (*own.reasons, *_ignored(row, on))
        return IndicatorResult(row.id, own.verdict, own.computed, reasons_there, own.measures)
    verdict, reasons = _indicator_verdict(row, own.computed, on, context)
    if verdict in PASSED and (said := _impossible(own)):
        # 对任何县都绝无可能的，评审不能认定成可能：退回县里更正（本工具读法）
        verdict, reasons = "contradicted", [_say("finding_cannot_reconcile", row, on, "", said=said)]
    if on.prefecture is not None and on.prefecture.finding == "not_met" and verdict != "not_met":
        verdict, reasons = "not_met", [_stands("prefecture_stands_not_met", row, on), *reasons]
    return IndicatorResult(row.id, verdict, own.computed, _beside(reasons, row, on, own.reasons), own.measures)


def apply_veto_finding(row: Indicator, own: VetoResult, on: LevelFindings) -> VetoResult:
    """The veto at a review level: the finding replaces everything but 未申明, and of that only its own 存在该情形."""
    # 上级认定存在的，情形已经存在，县里没有申明也不能使它不算数（本工具读法）；认定不存在则不能代替县级申明。
    present = on.finding is not None and on.finding.finding == "present"
    if own.computed == "undeclared" and not present:
        return VetoResult(row.id, own.state, own.computed, (*own.reasons, *_ignored(row, on)), own.measures)
    state, reason = _veto_verdict(row, own, on)
    reasons = [reason, *_thin(row, on)]
    if on.prefecture is not None and on.prefecture.finding == "present" and state != "present":
        state, reasons = "present", [_stands("prefecture_stands_present", row, on), *reasons]
    return VetoResult(row.id, state, own.computed, _beside(reasons, row, on, own.reasons), own.measures)


def fields_at_fault(reason: Reason) -> tuple[str, ...]:
    """The fields of a finding that keep it from being kept as it is, where this reason is about such; else none."""
    lacks = reason.given.get("lacks")
    return lacks if isinstance(lacks, tuple) else _AT_FAULT.get(reason.code, ())


def _ignored(row: Indicator, on: LevelFindings) -> list[Reason]:
    return [] if on.finding is None else [because("finding_ignored", row, level=on.level_name), *_thin(row, on)]


def _beside(reasons: list[Reason], row: Indicator, on: LevelFindings, own: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The finding's reasons first, then the other level's, then the county's own, which no longer decide."""
    other = on.prefecture
    if other is not None and on.finding is not None and other.finding != on.finding.finding:
        reasons = [
            *reasons,
            because(
                "prefecture_finding_differs",
                row,
                theirs=on.finding_name(row, other),
                finding=on.finding_name(row, on.finding),
                because=_clause(other.reason),
            ),
        ]
    return (*reasons, *(with_effect(r, "warns") if r.effect == "blocks" else r for r in own))


def _impossible(own: IndicatorResult) -> str:
    """What the county says of the row that no county could say; empty where nothing is."""
    return "；".join(str(reason.given["said"]) for reason in own.reasons if reason.code == "cross_check_blocks")


def _clause(reason: str | None) -> str:
    words = (reason or "").strip().rstrip("。")
    return f"，理由：{words}" if words else ""


def _say(code: str, row: Indicator, on: LevelFindings, computed: str, said: str = "") -> Reason:
    finding = on.finding
    return because(
        code,
        row,
        level=on.level_name,
        finding=on.finding_name(row, finding) if finding else "",
        because=_clause(finding.reason if finding else None),
        computed=computed,
        lacking=on.reason_lacks,
        said=said,
    )


def _stands(code: str, row: Indicator, on: LevelFindings) -> Reason:
    theirs = on.prefecture
    return because(code, row, because=_clause(theirs.reason if theirs else None))


def _clears_unproved(row: Indicator, on: LevelFindings) -> Reason:
    how = (
        f"；查核情况写在理由里：查了什么、在哪里查、何时查，不少于{LEAST_HAN}个汉字（{LEAST_DIFFERENT}个不同的字）"
        if not on.has_substance
        else ""
    )
    return because(
        "finding_clears_unproved",
        row,
        level=on.level_name,
        finding=on.finding_name(row, on.finding) if on.finding else "",
        lacking="、".join(on.clear_lacks.values()),
        lacks=tuple(on.clear_lacks),
        how=how,
    )


def _thin(row: Indicator, on: LevelFindings) -> list[Reason]:
    """A finding against the county stands; but nothing goes on before it has a reason the county can act on."""
    if on.finding is None or on.finding.finding not in OWES_A_REASON or on.has_substance:
        return []
    named = on.finding_name(row, on.finding)
    return [because("finding_reason_thin", row, level=on.level_name, finding=named, lacking=on.reason_lacks)]


def _indicator_verdict(
    row: Indicator, computed: Verdict, on: LevelFindings, context: JudgingContext
) -> tuple[Verdict, list[Reason]]:
    finding, name = on.finding, on.vocabulary.label("verdicts", computed)
    if finding is None:
        return "needs_judgement", [_say("finding_missing", row, on, name)]
    if finding.finding == "not_met":
        return "not_met", [_say("finding_not_met", row, on, name), *_thin(row, on)]
    if finding.finding == "needs_correction":
        return "unproven", [_say("finding_needs_correction", row, on, name), *_thin(row, on)]
    if finding.finding == "not_applicable":
        # Held to the same rule as the county's claim: a false condition and a reason.
        if not_applicable_doubts(row, context) or not on.has_substance:
            return "contradicted", [_say("finding_not_applicable_refused", row, on, name), *_thin(row, on)]
        return "not_applicable", [_say("finding_not_applicable", row, on, name)]
    if computed == "met":
        return "met", [_say("finding_met", row, on, name)]
    if on.has_substance:
        return "met", [_say("finding_overrules", row, on, name)]
    return "needs_judgement", [_say("finding_reason_missing", row, on, name)]


def _veto_verdict(row: Indicator, own: VetoResult, on: LevelFindings) -> tuple[VetoState, Reason]:
    finding, computed = on.finding, own.computed
    name = on.vocabulary.label("veto_states", computed)
    if finding is None:
        return "unproven", _say("finding_missing", row, on, name)
    if finding.finding == "present":
        return "present", _say("finding_present", row, on, name)
    if finding.finding == "needs_correction":
        return "unproven", _say("finding_needs_correction", row, on, name)
    if computed == "present":
        # 县里自己填明的，评审不能替它抹去：退回县里核实（本工具读法）
        declared = ["申明存在该情形"] if any(r.code == "veto_declared_present" for r in own.reasons) else []
        given = [f"“{m.measure.label}”填报 {m.figure}" for m in own.measures if m.state == "fails"]
        return "present", because("finding_cannot_clear", row, level=on.level_name, told="，".join(declared + given))
    if on.clear_lacks:
        return "unproven", _clears_unproved(row, on)
    return "clear", _say("finding_met" if computed == "clear" else "finding_overrules", row, on, name)
