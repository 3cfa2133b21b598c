"""催办清单: what each department still owes, whom to ask, and by when; as a table for page, paper and spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.spreadsheets.tables import CellValue, Table
from workflow.office import Office
from workflow.overview.departments import DepartmentStanding, department_standings
from workflow.overview.gaps import DepartmentGaps, Gap, gap_list
from workflow.submission.snapshot import SubmissionSnapshot

_COLUMNS = (
    "部门", "联系处", "账号", "指标", "指标原文", "牵头", "只填其中", "内部期限", "逾期", "申报截止", "还缺什么",
    "材料一般在",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chased:
    """A department's list with whom to ask. ``account``: in words, empty where somebody can and did sign in."""

    gaps: DepartmentGaps
    contact: str
    account: str


def chasing(office: Office, snapshot: SubmissionSnapshot, today: date) -> tuple[Chased, ...]:
    """By department, those with the most that is late first. Suggestions nobody has taken are nobody's to be chased."""
    standings = {one.department.name: one for one in department_standings(office, snapshot)}
    lists = (one for one in gap_list(office, snapshot, today) if not one.suggested)
    found = [_chased(one, standings.get(one.unit)) for one in lists]
    return tuple(sorted(found, key=lambda one: (-one.gaps.late, one.gaps.gaps[0].due or date.max)))


def chasing_table(found: Sequence[Chased], apply_by: date | None = None) -> Table:
    """A line for each department and row."""
    return Table("催办清单", _COLUMNS, [line for one in found for line in _lines(one, apply_by)])


def rows_chased(found: Sequence[Chased]) -> tuple[int, int]:
    """How many rows are owed, and how many of them are late: one of several departments counts once."""
    gaps = {gap.row.id: gap for one in found for gap in one.gaps.gaps}
    return len(gaps), sum(gap.late for gap in gaps.values())


def whose_words(unit: str, gap: Gap) -> str:
    """牵头, or whom the department helps; empty where nobody is given the row."""
    return "" if not gap.lead else "牵头" if gap.lead == unit else f"协办（{gap.lead}牵头）"


def _chased(gaps: DepartmentGaps, standing: DepartmentStanding | None) -> Chased:
    if standing is None:
        return Chased(gaps, "", "")
    account = "没有账号" if not standing.accounts else ""
    if standing.absent:
        everybody = len(standing.absent) == len(standing.accounts)
        account = f"{'' if everybody else '、'.join(standing.absent)}尚未登录"
    return Chased(gaps, standing.department.contact, account)


def _lines(one: Chased, apply_by: date | None) -> Iterator[tuple[CellValue, ...]]:
    for gap in one.gaps.gaps:
        yield (
            one.gaps.unit,
            one.contact,
            one.account,
            gap.row.id,
            gap.row.statement,
            whose_words(one.gaps.unit, gap),
            "、".join(gap.part),
            gap.due,
            "已过" if gap.late else "",
            apply_by,
            gap.wanting,
            "、".join(gap.holders),
        )
