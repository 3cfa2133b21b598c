"""Whoever runs the command on the server: asks for a submission's papers as its county's coordinator would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.tables.asked import SUBMISSION, Asked


def asked_by_operator(office: Office, submission_id: str, now: datetime, query: Mapping[str, str]) -> Asked:
    """Raises Refused ``not_found``."""
    number = int(submission_id) if submission_id.isascii() and submission_id.isdecimal() else None
    with office.store.read() as tx:
        record = tx.submissions.get(number) if number is not None else None
    if record is None:
        raise Refused("not_found", f"没有编号为“{submission_id}”的申报；请照 storage submission list 的第一列写。")
    person = Person(0, "operator", "命令行", Role.COUNTY_COORDINATOR, record.division_code)
    asked = {SUBMISSION: submission_id, **query}
    return Asked(office, person, now, {key: (value,) for key, value in asked.items()})
