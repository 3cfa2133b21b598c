"""缺口清单: by department, the rows that are not passed yet, with the blocking reasons of their verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.model import Indicator
from scoring.assessment import PASSED, Assessment
from workflow.office import Office
from workflow.procedure.reviewing import verdicts_of
from workflow.submission.assigning import assigned_units, proposals
from workflow.submission.handing_back import reason_words_for
from workflow.submission.judging import judged_at
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot

UNASSIGNED = "尚未分配"


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that is not passed: its verdict by standard id, each blocking reason once, who holds the documents."""

    row: Indicator
    verdicts: Mapping[str, str]
    reasons: tuple[str, ...]
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentGaps:
    """A department's list. ``suggested``: nobody assigned these rows; the unit is the standard's 责任单位."""

    unit: str
    suggested: bool
    gaps: tuple[Gap, ...]


def gap_list(office: Office, snapshot: SubmissionSnapshot) -> tuple[DepartmentGaps, ...]:
    """What is missing, department by department; a row of several departments is in each one's list."""
    assessment = judged_at(office, snapshot, "county")
    assigned, suggested = assigned_units(snapshot), proposals(office, snapshot)
    lists: dict[tuple[str, bool], list[Gap]] = {}
    for row in printed_rows(snapshot.standards):
        gap = _gap(snapshot, row, assessment)
        if gap is None:
            continue
        if assigned.get(row.id):
            units = [(unit, False) for unit in assigned[row.id]]
        elif row.id in suggested:
            units = [(unit, True) for unit in suggested[row.id].units]
        else:
            units = [(UNASSIGNED, False)]
        for key in units:
            lists.setdefault(key, []).append(gap)
    return tuple(DepartmentGaps(unit, is_suggested, tuple(gaps)) for (unit, is_suggested), gaps in lists.items())


def _gap(snapshot: SubmissionSnapshot, row: Indicator, assessment: Assessment) -> Gap | None:
    verdicts = verdicts_of(assessment, row.id)
    if all(verdict in PASSED for verdict in verdicts.values()):
        return None
    reasons: dict[str, None] = {}
    role = snapshot.person.role
    for result in assessment.standards.values():
        indicator = result.indicators.get(row.id)
        row_reasons = (
            *(indicator.reasons if indicator else ()),
            *(reason for veto in result.vetoes if veto.id == row.id for reason in veto.reasons),
        )
        blocking = (reason for reason in row_reasons if reason.effect == "blocks")
        reasons.update(dict.fromkeys(reason_words_for(reason, role) for reason in blocking))
    return Gap(row, verdicts, tuple(reasons), _holders(snapshot, row))


def _holders(snapshot: SubmissionSnapshot, row: Indicator) -> tuple[str, ...]:
    """Who keeps the documents: as registered for those cited, as suggested for those still wanted."""
    answer = snapshot.content.answers.get(row.id) or snapshot.content.vetoes.get(row.id)
    cited = answer.evidence if answer is not None else {}
    holders: list[str] = []
    for need in row.evidence:
        ids = cited.get(need.id, ())
        registered = [
            item.holder for item_id in ids if (item := snapshot.content.evidence.get(item_id)) and item.holder
        ]
        holders.extend(registered or ([need.holder] if need.holder else []))
    return tuple(dict.fromkeys(holders))
