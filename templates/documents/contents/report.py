"""自评报告: what a county says of itself and how it was judged, from a submission and its assessment alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.model import Indicator, Library, Standard
from scoring.assessment import (
    PASSED,
    Assessment,
    IndicatorResult,
    MeasureResult,
    Reason,
    StandardAssessment,
    VetoResult,
    where,
)
from scoring.judging.levels import verdict_name
from scoring.local.profile import local_profile
from scoring.submission import Answer, EvidenceItem, Submission
from scoring.wording import LEVEL_NAMES, MEASURE_STATES, eligibility
from templates.application_form.digest import check_code, digest
from templates.application_form.pages import DEMO
from templates.application_form.plan import printed_date
from templates.documents.contents.local_annex import LocalDocument, local_document

_FIRST = {"blocks": 0, "warns": 1, "holds": 2}  # what stands in the way is read first


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measure: the county's figure beside what is asked."""

    label: str
    figure: str
    threshold: str
    state: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One indicator or veto."""

    id: str
    topic: str
    statement: str
    verdict: str
    note: str
    figures: tuple[FigureRow, ...]
    reasons: tuple[str, ...]
    materials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of a standard. ``rows``: those that say more than under the first standard; the others are named in
    ``same``, with their verdicts. Vetoes are a section of their own.
    """

    section: str
    met: int
    asked: int
    rows: tuple[ReportRow, ...]
    same: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row short of met, for the list at the head, with the first reason."""

    id: str
    topic: str
    verdict: str
    reason: str

    @classmethod
    def of(cls, row: ReportRow) -> OpenRow:
        """From what is told of it below."""
        return cls(row.id, row.topic or row.statement, row.verdict, next(iter(row.reasons), ""))

    def says_as(self, other: OpenRow) -> bool:
        """Whether it came to the same for the same reason."""
        return (self.verdict, self.reason) == (other.verdict, other.reason)


@dataclass(frozen=True, slots=True)
class ReportStandard:
    """One standard of the round. ``open_same``: the rows of ``open_rows`` that say the same under the first."""

    standard: str
    short: str
    former: str
    edition: str
    fingerprint: str
    conclusion: str
    counts: str
    veto_states: str
    sections: tuple[ReportSection, ...]
    details: tuple[ReportSection, ...]
    open_rows: tuple[OpenRow, ...]
    open_same: str


@dataclass(frozen=True, slots=True)
class ReportContents:
    """Everything the report's layout may name."""

    division: str
    division_code: str
    unit: str
    round: str
    period: str
    level: str
    printed_on: date | None
    demo: str
    code: str
    narrative: str
    conclusion: str
    standards: tuple[ReportStandard, ...]
    warnings: tuple[str, ...]
    local: tuple[LocalDocument, ...]


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a file does not hold: the round by its title, the place whole, the day of printing."""

    round_title: str | None = None
    place: str | None = None
    printed_on: date | None = None
    demo: bool = False


def report_contents(
    submission: Submission, assessment: Assessment, library: Library, head: ReportHead | None = None
) -> ReportContents:
    """``assessment``: of this submission, at the level the report is made at."""
    told = head or ReportHead()
    standards = [library.standards[name] for name in assessment.standards]
    profile = local_profile(submission, library.policies, standards)
    period, states = submission.round.period, library.vocabulary.lists["local_states"]
    return ReportContents(
        division=told.place or submission.division.name,
        division_code=submission.division.code,
        unit=submission.form.unit_name or "",
        round=told.round_title or submission.round.id,
        period=f"{printed_date(period.first)}至{printed_date(period.last)}",
        level=library.vocabulary.label("levels", assessment.level),
        printed_on=told.printed_on,
        # Invented divisions are numbered 99xxxx; real ones never are.
        demo=DEMO if told.demo or submission.division.code.startswith("99") else "",
        code=f"校验码 {check_code(digest(submission, assessment))}",
        narrative=submission.form.narrative or "",
        conclusion=_conclusion(assessment),
        standards=tuple(_standards(submission, assessment, standards)),
        warnings=tuple(reason.text for reason in assessment.warnings),
        local=tuple(local_document(document, states) for document in profile.documents),
    )


def _conclusion(assessment: Assessment) -> str:
    told = eligibility(assessment.level, eligible=assessment.eligible)
    level = LEVEL_NAMES[assessment.level]
    if len(assessment.standards) > 1:
        return f"按{level}评估，须同时符合所列{len(assessment.standards)}个标准，结论为{told}。"
    return f"按{level}评估，结论为{told}。"


def _standards(
    submission: Submission, assessment: Assessment, standards: Sequence[Standard]
) -> Iterator[ReportStandard]:
    """The later standards beside the first."""
    first: Mapping[str, ReportRow] = {}
    for standard in standards:
        made = _standard(submission, standard, assessment.standards[standard.id], first, standards[0].short_name)
        first = first or {row.id: row for section in made.details for row in section.rows}
        yield made


def _standard(
    submission: Submission,
    standard: Standard,
    judged: StandardAssessment,
    former: Mapping[str, ReportRow],
    former_name: str,
) -> ReportStandard:
    vocabulary = standard.vocabulary
    made = _Rows(submission, standard, former)
    details = tuple(made.sections(judged))
    open_rows = [OpenRow.of(made.row(result)) for result in judged.results if result.outcome not in PASSED]
    same = [row for row in open_rows if row.id in former and row.says_as(OpenRow.of(former[row.id]))]
    counts = (f"{vocabulary.label('verdicts', verdict)}{count}项" for verdict, count in judged.counts.items() if count)
    return ReportStandard(
        standard=standard.title,
        short=standard.short_name,
        former=former_name,
        edition=f"{standard.issuer} {standard.date}",
        fingerprint=standard.fingerprint,
        conclusion=eligibility(judged.level, eligible=judged.eligible),
        counts="，".join(counts),
        veto_states="，".join(f"{veto.id} {verdict_name(veto, vocabulary)}" for veto in judged.vetoes),
        sections=details[: len(details) - bool(judged.vetoes)],
        details=details,
        open_rows=tuple(row for row in open_rows if row not in same),
        open_same="、".join(f"{row.id}（{row.verdict}）" for row in same),
    )


class _Rows:
    """The rows of one standard, beside those of the standard before."""

    def __init__(self, submission: Submission, standard: Standard, former: Mapping[str, ReportRow]) -> None:
        self.submission, self.standard, self.former = submission, standard, former
        self.topics = {
            row_id: topic.title
            for section in standard.sections
            for topic in section.topics
            for row_id in topic.indicators
        }

    def sections(self, judged: StandardAssessment) -> Iterator[ReportSection]:
        for section in self.standard.sections:
            results = [
                judged.indicators[row_id]
                for topic in section.topics
                for row_id in topic.indicators
                if row_id in judged.indicators
            ]
            if results:
                yield self._section(f"{section.id}　{section.title}", results)
        if judged.vetoes:
            yield self._section("一票否决", judged.vetoes)

    def _section(self, title: str, results: Sequence[IndicatorResult | VetoResult]) -> ReportSection:
        met = sum(result.outcome in PASSED for result in results)
        rows = [self.row(result) for result in results]
        same = "、".join(f"{row.id}（{row.verdict}）" for row in rows if self.former.get(row.id) == row)
        return ReportSection(title, met, len(rows), tuple(row for row in rows if self.former.get(row.id) != row), same)

    def row(self, result: IndicatorResult | VetoResult) -> ReportRow:
        """Everything about one row."""
        rule = self.standard.row(result.id)
        assert rule is not None  # noqa: S101 - it was judged by this standard
        answers = self.submission.vetoes if rule.consequence == "veto" else self.submission.answers
        answer = answers.get(rule.id) or Answer()
        return ReportRow(
            id=rule.id,
            topic=self.topics.get(rule.id, ""),
            statement=rule.statement,
            verdict=verdict_name(result, self.standard.vocabulary),
            note=answer.note or "",
            figures=tuple(_figure(measure, answer) for measure in result.measures if measure.state != "not_asked"),
            reasons=tuple(
                _reason(reason, rule)
                for reason in sorted(result.reasons, key=lambda reason: _FIRST[reason.effect])
                if _tells_more(reason)
            ),
            materials=tuple(_materials(rule, answer, self.submission.evidence)),
        )


def _figure(measure: MeasureResult, answer: Answer) -> FigureRow:
    judgement = answer.judgements.get(measure.id)
    reason = f"\n理由：{judgement.reason}" if judgement is not None and judgement.reason else ""
    figure = f"{measure.figure or '未填'}{reason}"
    return FigureRow(measure.measure.label, figure, measure.threshold or "", MEASURE_STATES[measure.state])


def _tells_more(reason: Reason) -> bool:
    """Why a figure holds stands in the table already."""
    return reason.effect != "holds" or reason.measure is None


def _reason(reason: Reason, rule: Indicator) -> str:
    """Without the row's name, which stands above it."""
    named = f"{where(rule)}（{rule.statement.strip().rstrip('。')}）" if rule.consequence == "veto" else where(rule)
    return reason.text.removeprefix(f"{named}：")


def _materials(rule: Indicator, answer: Answer, register: Mapping[str, EvidenceItem]) -> Iterator[str]:
    """建议材料 by their labels with the numbers and titles given for them, then what else was given."""
    labels = {requirement.id: requirement.label for requirement in rule.evidence}
    for requirement, items in answer.evidence.items():
        named = "、".join(_item(item, register) for item in items)
        yield f"{labels.get(requirement, '其他材料')}：{named}"
    if answer.nil_return:
        yield f"无此情形的证明：{_item(answer.nil_return, register)}"


def _item(item: str, register: Mapping[str, EvidenceItem]) -> str:
    entry = register.get(item)
    return f"{item}《{entry.title}》" if entry is not None and entry.title else item
