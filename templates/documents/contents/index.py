"""The index of a package: its materials by number, where each stands in it, or in a word why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.submission import Submission
from templates.binding.bound import Placed


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One material."""

    number: str
    title: str
    issuer: str
    date: str
    pages: str
    place: str


@dataclass(frozen=True, slots=True)
class IndexContents:
    """Everything the index's layout may name."""

    division: str
    division_code: str
    round: str
    demo: str
    bound: int
    left_out: int
    materials: tuple[IndexRow, ...]


def index_contents(
    placed: Sequence[Placed], submission: Submission, round_title: str | None, demo: str
) -> IndexContents:
    """``placed``: what became of each material. ``round_title`` None = the id."""
    rows = tuple(
        IndexRow(
            at.material.number,
            at.material.title,
            at.material.issuer,
            at.material.date,
            str(at.pages) if at.pages else "",
            f"未附：{at.word}" if at.word else f"总第{at.first}页",
        )
        for at in placed
    )
    left_out = sum(bool(at.word) for at in placed)
    return IndexContents(
        division=submission.division.name,
        division_code=submission.division.code,
        round=round_title or submission.round.id,
        demo=demo,
        bound=len(placed) - left_out,
        left_out=left_out,
        materials=rows,
    )
