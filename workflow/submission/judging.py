"""Judging what a person has opened: once, as long as nothing moves."""

from __future__ import annotations

from scoring.assessment import Assessment
from scoring.judging.assess import Formerly
from scoring.submission import Level, Submission
from workflow.office import Office
from workflow.submission.snapshot import SubmissionSnapshot


def judged_at(office: Office, snapshot: SubmissionSnapshot, level: Level) -> Assessment:
    """The assessment of what the person sees; judged once for a snapshot, which stands as long as nothing moves."""
    assessment = snapshot.judged.get(level)
    if assessment is None:
        assessment = snapshot.judged[level] = office.judge(snapshot.content, snapshot.round, level)
    return assessment


def formerly(snapshot: SubmissionSnapshot) -> Formerly | None:
    """What is judged of the county's own already, so that another content is judged only where it differs."""
    assessment = snapshot.judged.get("county")
    return None if assessment is None else Formerly(snapshot.content, assessment)


def judged_as(office: Office, snapshot: SubmissionSnapshot, content: Submission, level: Level) -> Assessment:
    """The assessment another content of the snapshot would have; the last one tried is remembered."""
    for tried_level, tried, assessment in snapshot.tried:
        if tried_level == level and tried == content:
            return assessment
    assessment = office.judge(content, snapshot.round, level, formerly(snapshot))
    snapshot.tried[:] = [(level, content, assessment)]
    return assessment
