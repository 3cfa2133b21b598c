"""A submission of the workbench opened for the person at it."""

from __future__ import annotations

from storage.records import RoundRecord, SubmissionRecord
from ui.components.case.stored_forms import StoredForms
from workflow.office import Office
from workflow.people import REVIEWER_LEVELS, Person
from workflow.submission.snapshot import open_submission


def opened_for(office: Office, person: Person, record: SubmissionRecord, round_record: RoundRecord) -> StoredForms:
    """A submission's forms for the person. Raises Refused ``not_found``."""
    snapshot = open_submission(office, person, record.id, (record.stamp, round_record.stamp))
    return StoredForms(office, person, snapshot, REVIEWER_LEVELS.get(person.role, "county"))
