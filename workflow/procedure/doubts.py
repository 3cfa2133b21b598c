"""The doubts of a review level: what stands in the way of its recommendation, feeds its site visit and its returns."""

from __future__ import annotations

from scoring.submission import ReviewLevel
from workflow.remarks.doubts import Doubt, read_doubt
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Target


def doubts(snapshot: SubmissionSnapshot, level: ReviewLevel) -> tuple[Doubt, ...]:
    """Every doubt of a level, open or resolved, in printed order; those about rows no standard asks any more are none.

    Of another level's the person sees what `workflow.visibility` shows them.
    """
    targets = (Target.doubt(level, row.id) for row in printed_rows(snapshot.standards))
    return tuple(
        read_doubt(target.key, entry.body) for target in targets if (entry := snapshot.entries.get(target)) is not None
    )


def open_doubts(snapshot: SubmissionSnapshot, level: ReviewLevel) -> tuple[Doubt, ...]:
    """The doubts not resolved yet, in printed order."""
    return tuple(doubt for doubt in doubts(snapshot, level) if doubt.is_open)
