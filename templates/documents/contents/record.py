"""评审记录 of a review level: row by row the finding, by which methods, on what material, for what reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from indicators.model import Indicator, Library, Standard
from scoring.assessment import Assessment
from scoring.searched import SEARCHED_LABELS, Searched
from scoring.submission import OPINION_OF, EvidenceItem, Finding, ReviewLevel, Submission
from scoring.wording import eligibility
from templates.application_form.plan import printed_date
from templates.documents.contents.about import About
from templates.documents.contents.report import ReportHead

VETOES = "一票否决"


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A row as the level found it; methods and materials one a line. ``computed``: what the county's answer comes to by
    each standard."""

    id: str
    statement: str
    computed: str
    finding: str
    methods: str
    materials: str
    reason: str
    date: date | None


@dataclass(frozen=True, slots=True)
class RecordSection:
    """A section of the standard; vetoes are one of their own."""

    section: str
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True)
class RecordDoubt:
    """What the level doubted of a row. ``resolved``: why it does no more; empty while it does."""

    id: str
    doubted: str
    settles: str
    resolved: str


@dataclass(frozen=True, slots=True)
class RecordConclusion:
    """What a standard comes to at this level."""

    standard: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class RecordContents(About):
    """Everything the layout may name."""

    level: str
    office: str
    counts: str
    missing: str
    with_materials: bool
    conclusions: tuple[RecordConclusion, ...]
    sections: tuple[RecordSection, ...]
    doubts: tuple[RecordDoubt, ...]
    opinion: str
    opinion_by: str
    opinion_on: str


def record_contents(
    submission: Submission,
    assessment: Assessment,
    library: Library,
    level: ReviewLevel,
    head: ReportHead | None = None,
    *,
    doubts: tuple[RecordDoubt, ...] = (),
) -> RecordContents:
    """``assessment``: of this submission at this level. ``doubts``: which a file does not hold."""
    found = submission.findings.get(level, {})
    rows = _Rows(submission, assessment, library, found)
    sections = tuple(rows.sections())
    opinion = submission.opinions.get(OPINION_OF[level])
    counts = Counter(row.finding for section in sections for row in section.rows if row.finding)
    return RecordContents(
        **About.of(submission, head).names(),
        level=library.vocabulary.label("levels", level),
        office=opinion.by or "" if opinion is not None else "",
        counts="，".join(f"{finding} {count} 项" for finding, count in counts.items()),
        missing="\n".join(_missing(sections)),
        with_materials=any(row.materials for section in sections for row in section.rows),
        conclusions=tuple(
            RecordConclusion(library.standards[name].title, eligibility(level, eligible=judged.eligible))
            for name, judged in assessment.standards.items()
        ),
        sections=sections,
        doubts=doubts,
        opinion=opinion.text or "" if opinion is not None else "",
        opinion_by=opinion.by or "" if opinion is not None else "",
        opinion_on=printed_date(opinion.date) or "" if opinion is not None else "",
    )


def _missing(sections: Sequence[RecordSection]) -> Iterator[str]:
    """Which rows nobody has found anything of, a section a line."""
    open_rows = {one.section: [row.id for row in one.rows if not row.finding] for one in sections}
    count = sum(map(len, open_rows.values()))
    if count == sum(len(one.rows) for one in sections):
        yield f"全部 {count} 项尚未认定。"
    elif count:
        yield f"尚未认定 {count} 项："
        yield from (f"{section}：{'、'.join(rows)}" for section, rows in open_rows.items() if rows)


class _Rows:
    """The rows of a round's standards with what was found of them."""

    def __init__(
        self, submission: Submission, assessment: Assessment, library: Library, found: Mapping[str, Finding]
    ) -> None:
        self.submission, self.assessment, self.found = submission, assessment, found
        self.standards = [library.standards[name] for name in assessment.standards]
        self.words = library.vocabulary.lists
        self.searches: dict[str, str] = {}  # what a search record says, by the row that tells it first

    def sections(self) -> Iterator[RecordSection]:
        """Each row once, in the order the first standard prints it."""
        told: dict[str, list[RecordRow]] = {}
        seen: set[str] = set()
        for standard in self.standards:
            for section, row in _printed(standard):
                if row.id not in seen:
                    seen.add(row.id)
                    told.setdefault(section, []).append(self._row(row))
        vetoes = told.pop(VETOES, None)
        yield from (RecordSection(section, tuple(rows)) for section, rows in told.items())
        if vetoes:
            yield RecordSection(VETOES, tuple(vetoes))

    def _row(self, row: Indicator) -> RecordRow:
        finding = self.found.get(row.id)
        labels = self.words["veto_findings" if row.consequence == "veto" else "findings"]
        if finding is None:
            return RecordRow(row.id, row.statement, self._computed(row), "", "", "", "", None)
        return RecordRow(
            id=row.id,
            statement=row.statement,
            computed=self._computed(row),
            finding=labels.get(finding.finding, finding.finding),
            methods="\n".join(self.words["methods"].get(method, method) for method in finding.methods),
            materials="\n".join(_materials(finding, self.submission.evidence)),
            reason="\n".join(self._reason(row, finding, labels)),
            date=finding.date,
        )

    def _computed(self, row: Indicator) -> str:
        """One word where the standards agree."""
        told: dict[str, list[str]] = {}
        for standard in self.standards:
            judged = self.assessment.standards[standard.id]
            result = judged.indicators.get(row.id) or next((one for one in judged.vetoes if one.id == row.id), None)
            if result is not None:
                kind = "veto_states" if row.consequence == "veto" else "verdicts"
                word = standard.vocabulary.label(kind, result.computed)
                told.setdefault(word, []).append(standard.short_name)
        if len(told) == 1:
            return next(iter(told))
        return "；".join(f"{'、'.join(names)}：{word}" for word, names in told.items())

    def _reason(self, row: Indicator, finding: Finding, labels: Mapping[str, str]) -> Iterator[str]:
        if finding.reason:
            yield finding.reason
        names = {measure.id: measure.label for measure in row.measures}
        for measure, found in finding.measures.items():
            yield f"{names.get(measure, measure)}：{labels.get(found, found)}"
        if finding.searched is not None:
            told = "；".join(_searched(finding.searched))
            first = self.searches.setdefault(told, row.id)
            yield told if first == row.id else f"检索记录与 {first} 相同。"


def _printed(standard: Standard) -> Iterator[tuple[str, Indicator]]:
    """Each row with its section."""
    for section in standard.sections:
        for topic in section.topics:
            for row_id in topic.indicators:
                row = standard.row(row_id)
                if row is not None:
                    yield f"{section.id}　{section.title}", row
    yield from ((VETOES, row) for row in standard.rows() if row.consequence == "veto")


def _materials(finding: Finding, register: Mapping[str, EvidenceItem]) -> Iterator[str]:
    """Each piece looked at once, with its title."""
    for name in dict.fromkeys(name for names in finding.evidence.values() for name in names):
        item = register.get(name)
        yield f"{name}《{item.title}》" if item is not None and item.title else name


def _searched(searched: Searched) -> Iterator[str]:
    for field in fields(searched):
        value = getattr(searched, field.name)
        if value is not None and value != "":
            yield f"{SEARCHED_LABELS[field.name]}：{value}"
