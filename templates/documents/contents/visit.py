"""实地评估记录 of a review level: who went where and when, what was seen of which row, the sheet taken along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.model import Indicator, Library
from scoring.submission import ReviewLevel, SiteVisit, Submission
from scoring.wording import LEVEL_NAMES
from templates.application_form.plan import printed_date
from templates.documents.contents.about import About
from templates.documents.contents.report import ReportHead


@dataclass(frozen=True, slots=True)
class SeenRow:
    """What a visit saw of a row."""

    id: str
    statement: str
    seen: str


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit. ``at``: its number."""

    at: int
    day: str
    places: str
    methods: str
    people: str
    notes: str
    rows: tuple[SeenRow, ...]
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row to be looked at on the spot, and why."""

    id: str
    statement: str
    why: str
    look: str
    methods: str


@dataclass(frozen=True, slots=True)
class VisitContents(About):
    """Everything the layout may name. ``sheet``: of the plan, which a file does not hold."""

    level: str
    planned_on: str
    planned_places: str
    planned_people: str
    planned_note: str
    sheet: tuple[SheetLine, ...]
    visits: tuple[VisitRecord, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """现场核查表: what is planned, and its lines."""

    day: str = ""
    places: str = ""
    people: str = ""
    note: str = ""
    lines: tuple[SheetLine, ...] = ()


_NO_SHEET = Sheet()


def visit_contents(
    submission: Submission,
    library: Library,
    level: ReviewLevel,
    head: ReportHead | None = None,
    sheet: Sheet = _NO_SHEET,
) -> VisitContents:
    """The level's visits in the order they were recorded."""
    standards = [library.standards[name] for name in submission.round.standards]
    rows = {row.id: row for standard in reversed(standards) for row in standard.rows()}
    methods = library.vocabulary.lists["methods"]
    own = (visit for visit in submission.site_visits if visit.level == level)
    return VisitContents(
        **About.of(submission, head).names(),
        level=LEVEL_NAMES[level],
        planned_on=sheet.day,
        planned_places=sheet.places,
        planned_people=sheet.people,
        planned_note=sheet.note,
        sheet=sheet.lines,
        visits=tuple(_record(at, visit, rows, methods) for at, visit in enumerate(own, 1)),
    )


def _record(at: int, visit: SiteVisit, rows: Mapping[str, Indicator], methods: Mapping[str, str]) -> VisitRecord:
    return VisitRecord(
        at=at,
        day=printed_date(visit.date) or "",
        places="、".join(visit.places),
        methods="、".join(methods.get(method, method) for method in visit.methods),
        people="、".join(visit.people),
        notes=visit.notes or "",
        rows=tuple(_seen(visit, rows)),
        photos=tuple(photo.file for photo in visit.photos),
    )


def _seen(visit: SiteVisit, rows: Mapping[str, Indicator]) -> Iterator[SeenRow]:
    for row_id, seen in visit.rows.items():
        row = rows.get(row_id)
        yield SeenRow(row_id, row.statement if row is not None else "", seen)
