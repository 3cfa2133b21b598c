"""Test support: a round whose rules have changed since it was opened."""

from __future__ import annotations

from tests.workflow.office_room import (
    COUNTY,
    EARLIER,
    put_submission,
    whole_content,
)
from tests.workflow.upgraded import (
    stricter,
    with_standards,
)
from workflow.states import State

STRICTER = with_standards(stricter())
REASON = "部里更正了医疗救助的比例"


def put(office, state: State, bodies=None, division: str = COUNTY) -> int:
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, division, state, whole_content() | (bodies or {})).id
