from __future__ import annotations

import pytest

from tests.workflow.office_room import COUNTY, NOW, put_submission, whole_content
from workflow.office import Office
from workflow.states import State


@pytest.fixture
def county(office: Office) -> int:
    """A whole submission that waits for the prefecture."""
    with office.store.write("scene", NOW) as tx:
        return put_submission(tx, COUNTY, State.SUBMITTED, whole_content()).id
