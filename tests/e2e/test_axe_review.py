"""axe-core on every page of those who review, read and administer."""

from __future__ import annotations

import pytest

from tests.e2e import axe
from workflow.people import COUNTY_ROLES, Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", sorted(set(Role) - COUNTY_ROLES))
def test_nothing_is_found_on_the_pages_of_a_role(browser, server, role):
    assert axe.of_role(browser, server, role) == []
