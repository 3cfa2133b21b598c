"""缺口清单: by department, the rows that are not passed yet, with the blocking reasons of their verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from indicators.model import EvidenceRequirement, Indicator, Measure
from scoring.assessment import PASSED, Assessment, Reason
from scoring.entry.answer import asked_once
from scoring.entry.effort import Effort, effort
from scoring.submission import Answer
from scoring.yearly import touched_years
from workflow.assignment import Assignment
from workflow.office import Office
from workflow.people import Role
from workflow.procedure.reviewing import verdicts_of
from workflow.submission.assigning import proposals, row_assignments
from workflow.submission.handing_back import reason_words_for
from workflow.submission.judging import judged_at
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot

UNASSIGNED = "尚未分配"
_NONE = Effort(0, 0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that is not passed: its verdict by standard id, each blocking reason once, who holds the documents.

    ``due``: the county's own deadline; ``late``: it is over. ``part``: what a helper fills in of the row, in words;
    empty: the whole of it. ``lead``: who answers the row; empty where nobody is given it. ``effort``: what is still
    to be filled in of it, or of the helper's part.
    """

    row: Indicator
    verdicts: Mapping[str, str]
    reasons: tuple[str, ...]
    holders: tuple[str, ...]
    due: date | None = None
    late: bool = False
    part: tuple[str, ...] = ()
    lead: str = ""
    effort: Effort = _NONE

    @property
    def wanting(self) -> str:
        """What is missing, for beside the row's number, which is not said again."""
        veto = f"一票否决 {self.row.id}（{self.row.statement.rstrip('。')}）："
        return "".join(reason.removeprefix(f"指标 {self.row.id}：").removeprefix(veto) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class DepartmentGaps:
    """A department's list. ``suggested``: nobody assigned these rows; the unit is the standard's 责任单位."""

    unit: str
    suggested: bool
    gaps: tuple[Gap, ...]

    @property
    def late(self) -> int:
        """How many are past their day."""
        return sum(gap.late for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that is open, with every department it is open for."""

    gap: Gap
    units: tuple[str, ...]


def by_effort(lists: Iterable[DepartmentGaps]) -> tuple[OpenRow, ...]:
    """Every row of the lists once, that which is least work first; of a row of several its whole before a part."""
    found: dict[str, OpenRow] = {}
    for one in lists:
        for gap in one.gaps:
            known = found.get(gap.row.id)
            units = (*(known.units if known else ()), one.unit)
            kept = known.gap if known is not None and not known.gap.part else gap
            found[gap.row.id] = OpenRow(kept, units)
    return tuple(sorted(found.values(), key=lambda one: one.gap.effort.total))


def gap_list(office: Office, snapshot: SubmissionSnapshot, today: date) -> tuple[DepartmentGaps, ...]:
    """What is missing, department by department, what is due first first; a department's people see theirs alone.

    A row of several departments is in each one's list; in that of a helper with figures of its own, as far as they are
    concerned.
    """
    assessment = judged_at(office, snapshot, "county")
    assigned, suggested = row_assignments(snapshot), proposals(office, snapshot)
    lists: dict[tuple[str, bool], list[Gap]] = {}
    for row in printed_rows(snapshot.standards):
        if all(verdict in PASSED for verdict in verdicts_of(assessment, row.id).values()):
            continue
        given = assigned.get(row.id, Assignment())
        proposed = () if given.units or row.id not in suggested else suggested[row.id].units
        for unit in given.units or proposed or (UNASSIGNED,):
            gap = _gap(snapshot, row, assessment, given.part_of(unit))
            if gap is not None:
                late = given.due is not None and given.due < today
                lists.setdefault((unit, bool(proposed)), []).append(
                    replace(gap, due=given.due, late=late, lead=given.lead)
                )
    person = snapshot.person
    if person.role is Role.COUNTY_DEPARTMENT:
        own = snapshot.departments.name_of(person.unit or "")
        lists = {key: gaps for key, gaps in lists.items() if key == (own, False)}
    return tuple(
        DepartmentGaps(unit, is_suggested, tuple(sorted(gaps, key=lambda gap: gap.due or date.max)))
        for (unit, is_suggested), gaps in lists.items()
    )


def _gap(
    snapshot: SubmissionSnapshot, row: Indicator, assessment: Assessment, part: tuple[str, ...] | None
) -> Gap | None:
    """None where a helper's own figures stand in nobody's way."""
    blocking = [reason for reason in _reasons(row, assessment) if reason.effect == "blocks"]
    if part is not None:
        blocking = [reason for reason in blocking if _is_of(reason, part)]
    words = tuple(dict.fromkeys(reason_words_for(reason, snapshot.person.role) for reason in blocking))
    if part is not None and not words:
        words = _not_given(snapshot, row, part)
        if not words:
            return None
    labels = tuple(measure.label for measure in row.measures if measure.id in (part or ()))
    left = _effort(snapshot, row.id, assessment, part)
    return Gap(row, verdicts_of(assessment, row.id), words, _holders(snapshot, row), part=labels, effort=left)


def _effort(snapshot: SubmissionSnapshot, row_id: str, assessment: Assessment, part: tuple[str, ...] | None) -> Effort:
    """Of the measures some standard asks and the papers any of them wants, or of a helper's part of them."""
    rows = [row for standard in snapshot.standards if (row := standard.row(row_id)) is not None]
    results = (r for standard in assessment.standards.values() for r in standard.results if r.id == row_id)
    asked = {m.id for result in results for m in result.measures if m.state != "not_asked"}
    asked &= asked if part is None else set(part)
    measures = asked_once(measure for row in rows for measure in row.measures if measure.id in asked)
    papers = {need.id: need for row in reversed(rows) for need in row.evidence}
    wanted = (need for need in papers.values() if part is None or not asked.isdisjoint(need.supports))
    years = map(str, touched_years(snapshot.content.round.period))
    return effort(measures, wanted, _answer(snapshot, rows[0]), years, whole=part is None)


def _not_given(snapshot: SubmissionSnapshot, row: Indicator, part: tuple[str, ...]) -> tuple[str, ...]:
    """As long as the lead has claimed nothing, no reason speaks of a helper's figures."""
    answer = _answer(snapshot, row)
    given = {*answer.measures, *answer.judgements} if answer is not None else set()
    missing = [measure.label for measure in row.measures if measure.id in part and measure.id not in given]
    return (f"还没有填写：{'、'.join(missing)}。",) if missing else ()


def _answer(snapshot: SubmissionSnapshot, row: Indicator) -> Answer | None:
    return snapshot.content.answers.get(row.id) or snapshot.content.vetoes.get(row.id)


def _reasons(row: Indicator, assessment: Assessment) -> Iterator[Reason]:
    for result in assessment.standards.values():
        indicator = result.indicators.get(row.id)
        yield from indicator.reasons if indicator else ()
        for veto in result.vetoes:
            yield from veto.reasons if veto.id == row.id else ()


def _is_of(reason: Reason, part: tuple[str, ...]) -> bool:
    if isinstance(reason.subject, Measure):
        return reason.subject.id in part
    return isinstance(reason.subject, EvidenceRequirement) and not set(part).isdisjoint(reason.subject.supports)


def _holders(snapshot: SubmissionSnapshot, row: Indicator) -> tuple[str, ...]:
    """Who keeps the documents, each once: as registered for those cited, as suggested for those still wanted."""
    answer = _answer(snapshot, row)
    cited = answer.evidence if answer is not None else {}
    holders: list[str] = []
    for need in row.evidence:
        ids = cited.get(need.id, ())
        registered = [
            item.holder for item_id in ids if (item := snapshot.content.evidence.get(item_id)) and item.holder
        ]
        holders.extend(registered or ([need.holder] if need.holder else []))
    each = (holder.strip() for several in holders for holder in several.split("、"))
    return tuple(dict.fromkeys(map(snapshot.departments.name_of, each)))
