"""Judging: (submission, standards, scheme, level) -> assessment. The one implementation; everything else shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indicators.model import Indicator, Library, Scheme, Standard
from scoring.assessment import (
    PASSED,
    VERDICTS,
    Assessment,
    IndicatorResult,
    Reason,
    StandardAssessment,
    VetoResult,
    where,
)
from scoring.context import JudgingContext, judging_context
from scoring.judging.cross_checks import AT_ODDS_CODES, at_odds, blocking, cross_check
from scoring.judging.levels import apply_finding, apply_veto_finding, findings_on
from scoring.judging.reasons import because
from scoring.judging.register_warnings import register_warnings
from scoring.judging.schemes import chosen_scheme, score
from scoring.judging.verdicts import judge_indicator, judge_veto
from scoring.submission import OPINION_OF, Answer, Level, Submission
from scoring.wording import LEVEL_NAMES

_HAS_PREFECTURE = "has_prefecture"  # a fact of the standards; one that does not ask it never warns


def assess(
    submission: Submission, standards: Sequence[Standard], scheme: Scheme, level: Level = "county"
) -> Assessment:
    """Judge a submission under each standard on its own, from the same answers.

    Raises ValueError for a standard that is not whole: an incomplete set of indicators must never look eligible.
    """
    return assess_levels(submission, standards, scheme, (level,))[level]


class Formerly(NamedTuple):
    """What the county had given, and what it was judged to be at the county's level under the same standards."""

    submission: Submission
    assessment: Assessment


def assess_levels(
    submission: Submission,
    standards: Sequence[Standard],
    scheme: Scheme,
    levels: Sequence[Level],
    former: Formerly | None = None,
) -> dict[Level, Assessment]:
    """The same at several levels: what the county gave is judged once; beside ``former`` only where it differs."""
    found = {standard.id: at_odds(submission, standard) for standard in standards}
    by_standard = {
        standard.id: _at_levels(
            submission,
            standard,
            scheme,
            levels,
            _own(submission, standard, blocking(found[standard.id], submission, standard), former),
        )
        for standard in standards
    }
    crossed = (*cross_check(submission, standards, found), *register_warnings(submission, standards))
    assessments: dict[Level, Assessment] = {}
    for level in levels:
        judged = {standard_id: by_level[level] for standard_id, by_level in by_standard.items()}
        warnings = (*_level_warnings(submission, level), *_warnings(submission, standards, judged), *crossed)
        assessments[level] = Assessment(level, judged, warnings)
    return assessments


def assess_by_round(
    submission: Submission, library: Library, level: Level = "county", scheme: str | None = None
) -> Assessment:
    """Judge a submission under the standards its round names, as the library has them.

    Raises KeyError for a standard the library lacks (none, where it read the submission), UnknownSchemeError, and
    ValueError as `assess`.
    """
    standards = [library.standards[standard] for standard in submission.round.standards]
    return assess(submission, standards, chosen_scheme(library.schemes, scheme), level)


def assess_standard(
    submission: Submission, standard: Standard, scheme: Scheme, level: Level = "county"
) -> StandardAssessment:
    """Judge under one standard; raises ValueError as `assess`."""
    own = _own(submission, standard, blocking(at_odds(submission, standard), submission, standard))
    return _at_levels(submission, standard, scheme, (level,), own)[level]


class _Own(NamedTuple):
    """What the county's own answers give under one standard, before any finding."""

    context: JudgingContext
    vetoes: tuple[VetoResult, ...]
    indicators: dict[str, IndicatorResult]


def _own(
    submission: Submission,
    standard: Standard,
    contradicted: Mapping[str, Sequence[Reason]],
    former: Formerly | None = None,
) -> _Own:
    _refuse_incomplete(standard)
    context = judging_context(submission, standard)
    vetoes_as_before, as_before = _as_before(submission, standard, contradicted, former)
    vetoes = tuple(
        vetoes_as_before.get(row.id)
        or judge_veto(row, submission.vetoes.get(row.id), context, contradicted.get(row.id, ()))
        for row in standard.vetoes
    )
    indicators = {
        row.id: as_before.get(row.id)
        or judge_indicator(row, submission.answers.get(row.id), context, contradicted.get(row.id, ()))
        for row in standard.indicators
    }
    return _Own(context, vetoes, indicators)


def _at_levels(
    submission: Submission, standard: Standard, scheme: Scheme, levels: Sequence[Level], own: _Own
) -> dict[Level, StandardAssessment]:
    context, vetoes, indicators = own
    judged: dict[Level, StandardAssessment] = {}
    for level in levels:
        if level == "county":
            judged[level] = _put_together(standard, scheme, level, vetoes, indicators)
            continue
        names = standard.vocabulary
        vetoes_there = tuple(
            apply_veto_finding(row, own, findings_on(row, submission, level, names))
            for row, own in zip(standard.vetoes, vetoes, strict=True)
        )
        indicators_there = {
            row.id: apply_finding(row, indicators[row.id], findings_on(row, submission, level, names), context)
            for row in standard.indicators
        }
        judged[level] = _put_together(standard, scheme, level, vetoes_there, indicators_there)
    return judged


def _as_before(
    submission: Submission, standard: Standard, contradicted: Mapping[str, Sequence[Reason]], former: Formerly | None
) -> tuple[dict[str, VetoResult], dict[str, IndicatorResult]]:
    """Results of rows that are judged on the same as before: the same answer, facts, register and period, and nothing
    elsewhere that the answer is at odds with, then or now."""
    if former is None or former.assessment.level != "county":
        return {}, {}
    earlier, judged = former.submission, former.assessment.standards.get(standard.id)
    same = (earlier.facts, earlier.evidence, earlier.round) == (submission.facts, submission.evidence, submission.round)
    if judged is None or judged.fingerprint != standard.fingerprint or not same:
        return {}, {}

    def stands(result: IndicatorResult | VetoResult, answer: Answer | None, before: Answer | None) -> bool:
        at_odds_then = any(reason.code in AT_ODDS_CODES for reason in result.reasons)
        return answer == before and result.id not in contradicted and not at_odds_then

    vetoes = {
        one.id: one for one in judged.vetoes if stands(one, submission.vetoes.get(one.id), earlier.vetoes.get(one.id))
    }
    indicators = {
        one.id: one
        for one in judged.indicators.values()
        if stands(one, submission.answers.get(one.id), earlier.answers.get(one.id))
    }
    return vetoes, indicators


def _put_together(
    standard: Standard,
    scheme: Scheme,
    level: Level,
    vetoes: tuple[VetoResult, ...],
    indicators: dict[str, IndicatorResult],
) -> StandardAssessment:
    verdicts = {row_id: result.verdict for row_id, result in indicators.items()}
    counts = Counter(verdicts.values())
    return StandardAssessment(
        standard=standard.id,
        fingerprint=standard.fingerprint,
        level=level,
        eligible=PASSED.issuperset((*verdicts.values(), *(veto.state for veto in vetoes))),
        score=score(verdicts, scheme),
        counts={verdict: counts[verdict] for verdict in VERDICTS},
        vetoes=vetoes,
        indicators=indicators,
    )


def _refuse_incomplete(standard: Standard) -> None:
    """每条标准均达到 can only be said of all of them: the rows must be exactly those the standard lists."""
    listed = [row for section in standard.sections for topic in section.topics for row in topic.indicators]
    present = [row.id for row in standard.indicators]
    if not present or sorted(listed) != sorted(present) or len(set(present)) != len(present):
        lacking = "、".join(sorted(set(listed) ^ set(present))) or "、".join(present)
        raise ValueError(f"标准 {standard.id} 不完整，不能据以评估：目录与指标不一致（{lacking}）。请检查规则文件。")
    vetoes = [row.id for row in standard.vetoes]
    if len(set(vetoes)) != len(vetoes):
        raise ValueError(f"标准 {standard.id} 的一票否决有重复编号（{'、'.join(vetoes)}）。请检查规则文件。")


def _level_warnings(submission: Submission, level: Level) -> Iterator[Reason]:
    """直辖市所辖区县和省直辖县级行政区没有市级基础评价，省级直接评价 ◇."""
    if level == "prefecture" and submission.facts.get(_HAS_PREFECTURE) is False:
        yield because("no_prefecture", None)
    if level == "county":
        return
    opinions, name = submission.opinions, LEVEL_NAMES[level]
    given, own = (opinions[of].date if of in opinions else None for of in ("county_government", OPINION_OF[level]))
    found = submission.findings.get(level, {}).items()
    dated = [(row, one.date) for row, one in found if one.date is not None]
    looked = [(row, one.searched.date) for row, one in found if one.searched and one.searched.date is not None]
    for what, days in (("认定日期", dated), ("检索日期", looked)):
        if given is not None and (early := "、".join(f"{row}（{day}）" for row, day in days if day < given)):
            yield because("finding_before_opinion", None, level=f"{name}评审", rows=early, what=what, date=given)
    if own is not None and (late := "、".join(f"{row}（{day}）" for row, day in dated if day > own)):
        yield because("finding_after_opinion", None, level=name, rows=late, date=own)


def _warnings(
    submission: Submission, standards: Sequence[Standard], judged: Mapping[str, StandardAssessment]
) -> Iterator[Reason]:
    """What was given and counts nowhere, and what the rows warn of, once each."""
    yield from _facts_set_aside(submission, standards)
    yield from _strays(submission.answers, [{row.id: row for row in s.indicators} for s in standards])
    yield from _strays(submission.vetoes, [{row.id: row for row in s.vetoes} for s in standards])
    told: dict[tuple[str, str, str | None], list[Reason]] = {}
    for assessment in judged.values():
        for result in assessment.results:
            for reason in result.reasons:
                if reason.kind.effect != "warns" or not _everywhere(reason, result.id, judged):
                    continue
                earlier = told.setdefault((reason.code, result.id, reason.measure), [])
                if not any(_reads_alike(reason, other) for other in earlier):
                    earlier.append(reason)
                    yield reason


def _facts_set_aside(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """Facts that can only be one thing for an applicant, given as another."""
    facts = {fact.id: (fact, s.vocabulary.lists) for s in reversed(standards) for fact in s.facts.values()}
    for fact, lists in facts.values():
        given = submission.facts.get(fact.id)
        if fact.judged_as is not None and given is not None and given != fact.judged_as:
            names = lists.get(fact.options or "", {})
            shown, judged = (names.get(option, option) for option in (str(given), fact.judged_as))
            yield because("fact_judged_as", None, fact=fact.label, given=shown, judged=judged)


def _reads_alike(reason: Reason, other: Reason) -> bool:
    """Whether both say the same of a row, under whatever standard; put into words only where their parts differ."""
    return (reason.given == other.given and _worded_from(reason) == _worded_from(other)) or reason.text == other.text


def _worded_from(reason: Reason) -> tuple[object, ...]:
    """What a reason's words are made of besides ``given``."""
    label = None if reason.subject is None else reason.subject.label
    return where(reason.row), label, reason.quotes, reason.shown_figure, reason.threshold


def _everywhere(reason: Reason, row_id: str, judged: Mapping[str, StandardAssessment]) -> bool:
    """A figure that one standard does not ask is no stray while another standard judged uses it."""
    if reason.code != "figure_not_asked":
        return True
    for assessment in judged.values():
        result = assessment.indicators.get(row_id)
        for measure in result.measures if result else ():
            if measure.id == reason.measure and measure.state != "not_asked":
                return False
    return True


def _strays(answers: Mapping[str, Answer], rows: Sequence[Mapping[str, Indicator]]) -> Iterator[Reason]:
    for row_id, answer in answers.items():
        judged = [by_id[row_id] for by_id in rows if row_id in by_id]
        if rows and not judged:
            yield because("row_not_judged", None, id=row_id)
            continue
        known = {known_id for row in judged for measure in row.measures for known_id in (measure.id, *measure.replaces)}
        for measure_id in (*answer.measures, *answer.judgements):
            if rows and measure_id not in known:
                yield because("figure_of_no_measure", None, row_name=row_id, id=measure_id)
