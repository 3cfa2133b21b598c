"""Test support: a round whose rules have changed since it was opened."""

from __future__ import annotations

from indicators.building.pinned import kept_text
from tests.workflow.office_room import (
    COUNTY,
    EARLIER,
    LIBRARY,
    STANDARDS,
    put_submission,
    whole_content,
)
from tests.workflow.upgraded import (
    stricter,
    with_standards,
)
from workflow.office import Office
from workflow.states import State

STRICTER = with_standards(stricter())
REASON = "部里更正了医疗救助的比例"


def keep_rules(office: Office) -> None:
    """As the use case that opens a round does."""
    with office.store.write("system", EARLIER) as tx:
        for one in STANDARDS:
            standard = LIBRARY.standards[one]
            tx.pinned_standards.keep(one, standard.fingerprint, kept_text(standard))


def put(office, state: State, bodies=None, division: str = COUNTY) -> int:
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, division, state, whole_content() | (bodies or {})).id
