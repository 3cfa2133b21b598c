"""Judging what a person has opened: once, as long as nothing moves."""

from __future__ import annotations

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from workflow.office import Office
from workflow.submission.snapshot import SubmissionSnapshot


def judged_at(office: Office, snapshot: SubmissionSnapshot, level: Level) -> Assessment:
    """The assessment of what the person sees; judged once for a snapshot, which stands as long as nothing moves."""
    assessment = snapshot.judged.get(level)
    if assessment is None:
        assessment = snapshot.judged[level] = office.judge(snapshot.content, snapshot.round, level)
    return assessment


def judged_as(office: Office, snapshot: SubmissionSnapshot, content: Submission, level: Level) -> Assessment:
    """The assessment another content of the snapshot would have; the last one tried is remembered."""
    for tried_level, tried, assessment in snapshot.tried:
        if tried_level == level and tried == content:
            return assessment
    assessment = office.judge(content, snapshot.round, level)
    snapshot.tried[:] = [(level, content, assessment)]
    return assessment
