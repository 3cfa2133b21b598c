"""Who of a reviewing office has which county, or which sections of it: kept with the submission, so lists have it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from storage.acts import SUBMISSION_ASSIGN, ReviewersDetail
from storage.database.tables import submissions
from storage.records import SubmissionRecord
from storage.repositories.repository import Repository


class Reviewers(Repository):
    """Of each level its own; a level says all of its own at once."""

    def put(self, record: SubmissionRecord, level: str, assigned: Mapping[str, str], why: str | None = None) -> None:
        """Section (empty: the whole county) → username, as they stand from now on. ``record``: read in this write."""
        self._writer()
        every = {**record.reviewers, level: dict(assigned)}
        self._connection.execute(update(submissions).where(submissions.c.id == record.id).values(reviewers=every))
        before = dict(record.reviewers.get(level, {}))
        detail: ReviewersDetail = {"level": level, "from": before, "to": dict(assigned), "reason": why}
        self._record(SUBMISSION_ASSIGN, f"submission/{record.id}", detail, record.id)
