"""部门缺项清单: what each department still owes, until when. From a file, by the standards' own units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indicators.model import Indicator, Library, Standard
from scoring.assessment import PASSED, Assessment, IndicatorResult, VetoResult, where
from scoring.departments import departments
from scoring.submission import Submission
from templates.application_form.plan import printed_date
from templates.documents.contents.about import About
from templates.documents.contents.report import ReportHead

UNASSIGNED = "尚未分配"
_OFTEN = 3
SUGGESTED = "以下按标准所印的责任单位列出，尚未分配。"


@dataclass(frozen=True, slots=True)
class GapRow:
    """A row that is not passed. ``whose``: 牵头, or whom it helps; ``part``: what it fills in of the row."""

    department: str
    id: str
    statement: str
    whose: str
    part: str
    due: date | None
    late: str
    wanting: str
    holders: str


@dataclass(frozen=True, slots=True)
class GapSheet:
    """A department's page. ``told``: where to reach it, whether somebody can sign in for it.

    ``same``: the sentence that says of several rows, ``alike``, what they lack, empty where none does; ``others``: the
    rest of ``rows``.
    """

    department: str
    counted: str
    told: str
    rows: tuple[GapRow, ...]
    same: str
    alike: tuple[GapRow, ...]
    others: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class GapsContents(About):
    """Everything the layout may name. ``assigned``: rows are given to departments, with days of the county's own."""

    apply_by: str
    assigned: bool
    suggested: str
    sheets: tuple[GapSheet, ...]
    rows: tuple[GapRow, ...]


def gaps_of_file(
    submission: Submission, assessment: Assessment, library: Library, head: ReportHead | None = None
) -> GapsContents:
    """``assessment``: of this submission at the county's level. Nobody is given a row there."""
    by_unit: dict[str, list[GapRow]] = {}
    for row, results in _open_rows([library.standards[name] for name in assessment.standards], assessment):
        reasons = dict.fromkeys(
            reason.text.removeprefix(f"{where(row)}：")
            for result in results
            for reason in result.reasons
            if reason.effect == "blocks"
        )
        printed = (paper.holder for paper in row.evidence if paper.holder)  # several offices may stand in one
        holders = dict.fromkeys(name.strip() for several in printed for name in several.split("、"))
        for unit in _units(row, library) or (UNASSIGNED,):
            gap = GapRow(unit, row.id, row.statement, "", "", None, "", "".join(reasons), "、".join(holders))
            by_unit.setdefault(unit, []).append(gap)
    sheets = (gap_sheet(unit, rows, "") for unit, rows in by_unit.items())
    about = About.of(submission, head)
    return gaps_contents(about, submission.round.apply_by, sheets, assigned=False, suggested=True)


def gap_sheet(department: str, rows: Iterable[GapRow], told: str) -> GapSheet:
    """The page of these rows."""
    there = tuple(rows)
    late = sum(bool(row.late) for row in there)
    commonest = Counter(row.wanting for row in there).most_common(1)
    words, often = commonest[0] if commonest else ("", 0)
    alike = tuple(row for row in there if row.wanting == words) if often >= _OFTEN else ()
    return GapSheet(
        department,
        f"还缺 {len(there)} 项" + (f"，其中已过内部期限 {late} 项" if late else ""),
        told,
        there,
        f"以下 {often} 项：{words}" if alike else "",
        alike,
        tuple(row for row in there if row not in alike),
    )


def gaps_contents(
    about: About, apply_by: date | None, sheets: Iterable[GapSheet], *, assigned: bool, suggested: bool
) -> GapsContents:
    """``apply_by``: the last day the county may apply, where one is set. ``suggested``: no row has been given."""
    there = tuple(sheets)
    rows = tuple(row for sheet in there for row in sheet.rows)
    until = printed_date(apply_by) or ""
    return GapsContents(
        **about.names(),
        apply_by=until,
        assigned=assigned,
        suggested=SUGGESTED if suggested else "",
        sheets=there,
        rows=rows,
    )


def _open_rows(
    standards: Iterable[Standard], assessment: Assessment
) -> Iterator[tuple[Indicator, list[IndicatorResult | VetoResult]]]:
    """Each row once, in printed order, that some standard does not pass, with its results."""
    found: dict[str, tuple[Indicator, list[IndicatorResult | VetoResult]]] = {}
    for standard in standards:
        judged = assessment.standards[standard.id]
        results = {result.id: result for result in judged.results}
        for row in standard.rows():
            if row.id in results and results[row.id].outcome not in PASSED:
                found.setdefault(row.id, (row, []))[1].append(results[row.id])
    yield from found.values()


def _units(row: Indicator, library: Library) -> tuple[str, ...]:
    """The departments its own standard prints, else another installed one's; governments where it names only them."""
    others = (standard.row(row.id) for standard in library.standards.values())
    printed = (one.responsible_units for one in (row, *others) if one is not None and one.responsible_units)
    units = next(printed, ())
    return departments(units) or units
