"""What of a county's workbook is one department's: its rows, of some of them only figures, and its documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from indicators.model import Indicator
from scoring.departments import DepartmentList, departments, named_units
from scoring.entry.editing import rows_using
from scoring.submission import Form, Local, Submission

Key = tuple[str, ...]


class NoRowsError(ValueError):
    """No row is that department's."""


@dataclass(frozen=True, slots=True)
class Part:
    """``rows``: the department's; the measures it fills in where it only helps, None where the whole row is its own.

    ``documents``: those of the register it may change; the others its rows name are shown.
    """

    department: str
    rows: Mapping[str, tuple[str, ...] | None]
    documents: frozenset[str] = frozenset()

    def opens(self, row_id: str, under: Iterable[Indicator], path: Key) -> bool:
        """Whether a field of an answer is its to fill in. ``under``: the row as each standard has it."""
        measures = self.rows.get(row_id)
        return measures is None or is_of_part(under, measures, path)

    def of(self, submission: Submission) -> Submission:
        """Its rows, the documents they use or it may change, and the facts that decide what is asked."""
        return replace(
            submission,
            shows=None,
            form=Form(),
            answers={row: answer for row, answer in submission.answers.items() if row in self.rows},
            vetoes={row: answer for row, answer in submission.vetoes.items() if row in self.rows},
            evidence={
                name: item
                for name, item in submission.evidence.items()
                if name in self.documents or not self.rows.keys().isdisjoint(rows_using(submission, name))
            },
            findings={},
            site_visits=(),
            opinions={},
            local=Local(),
        )


def is_of_part(rows: Iterable[Indicator], part: Collection[str], path: Key) -> bool:
    """Whether a field of an answer is a helper's to fill in: a figure of its part, or what proves one.

    ``rows``: the row as each standard has it.
    """
    group, name = (*path, "", "")[:2]
    if group == "evidence":
        needs = (need for row in rows for need in row.evidence if need.id == name)
        return any(not set(part).isdisjoint(need.supports) for need in needs)
    return group in {"measures", "judgements"} and name in part


def printed_part(
    submission: Submission, rows: Mapping[str, tuple[Indicator, ...]], listed: DepartmentList, called: str
) -> Part:
    """What the rules print as a department's, by any of its names: where it answers, or usually holds the papers.

    ``rows``: by id, each as every standard has it. Raises `NoRowsError`.
    """
    department = listed.find(called)
    named = {row_id: named_units(listed, departments(_printed(under))) for row_id, under in rows.items()}
    if department is None or not any(department.name in names for names in named.values()):
        known = dict.fromkeys(name for names in named.values() for name in names)
        raise NoRowsError(f"标准里没有由“{called}”负责或保管材料的项；写到的单位有：{'、'.join(known)}")
    own: dict[str, tuple[str, ...] | None] = {
        row_id: None for row_id, names in named.items() if department.name in names
    }
    held = {name for name, item in submission.evidence.items() if listed.find(item.holder or "") == department}
    used = {name for name in submission.evidence if not own.keys().isdisjoint(rows_using(submission, name))}
    return Part(department.name, own, frozenset(held | used))


def _printed(under: Iterable[Indicator]) -> list[str]:
    return [
        printed
        for indicator in under
        for printed in (*indicator.responsible_units, *(paper.holder or "" for paper in indicator.evidence))
    ]
