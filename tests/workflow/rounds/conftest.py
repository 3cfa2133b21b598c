"""An office whose round has kept its rules."""

from __future__ import annotations

import pytest

from indicators.building.pinned import kept_text
from tests.workflow.office_room import (
    EARLIER,
    LIBRARY,
    STANDARDS,
)


@pytest.fixture
def kept(office):
    """The round has kept what it pins, as every round opened through the use case has."""
    with office.store.write("system", EARLIER) as tx:
        for one in STANDARDS:
            standard = LIBRARY.standards[one]
            tx.pinned_standards.keep(one, standard.fingerprint, kept_text(standard))
    return office
