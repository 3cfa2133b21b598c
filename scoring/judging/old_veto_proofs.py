"""Whether what clears a veto is fresh on a given day: whoever signs is told which proof says nothing of the last month.

It decides nothing: a proof counts by the county's cut-off, whenever it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from indicators.model import EvidenceRequirement, Indicator, Standard
from scoring.assessment import where
from scoring.days import DocumentDate, last_day
from scoring.submission import Submission


class OldProof(NamedTuple):
    """The newest document a veto's requirement cites, with how many days ago it was made."""

    row: Indicator
    requirement: EvidenceRequirement
    title: str
    dated: DocumentDate
    days: int

    def __str__(self) -> str:
        return f"{where(self.row)}“{self.requirement.label}”所附“{self.title}”日期为{self.dated}，至今{self.days}天。"


def old_veto_proofs(submission: Submission, standards: Sequence[Standard], today: date) -> Iterator[OldProof]:
    """Proof required for a veto declared absent that is older than the days its standard allows; each row once."""
    told: set[tuple[str, str]] = set()
    for standard in standards:
        limit = None if standard.at_end_days is None else standard.at_end_days.vetoes
        for row in standard.vetoes:
            for proof in _newest(submission, standard, row, today):
                place = (row.id, proof.requirement.id)
                if limit is not None and proof.days > limit and place not in told:
                    told.add(place)
                    yield proof


def _newest(submission: Submission, standard: Standard, row: Indicator, today: date) -> Iterator[OldProof]:
    """Of each requirement the newest document that is dated, where the veto is declared absent."""
    answer = submission.vetoes.get(row.id)
    if answer is None or answer.claim_for(standard.id) != "clear":
        return
    for requirement in row.evidence:
        cited = [submission.evidence.get(document) for document in answer.evidence.get(requirement.id, ())]
        dated = [(item.date, item.title) for item in cited if item is not None and item.date is not None]
        if requirement.required and dated:
            day, title = max(dated, key=lambda of: last_day(of[0]))
            yield OldProof(row, requirement, title or "无题名", day, (today - last_day(day)).days)
